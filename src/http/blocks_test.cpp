#include "http/page.hpp"

#include <gtest/gtest.h>

namespace adal::http {
namespace {

TEST(Blocks, a_field_that_two_forms_have_keeps_its_name_and_gets_an_id_of_its_own)
{
    const auto markup = area_field("text#reject", "Why", "", {}, "In short").markup();
    for (const auto* part : {"for=\"f-text-reject\"", "name=\"text\"", "id=\"f-text-reject\"", "aria-describedby=\"f-text-reject-hint\"", "id=\"f-text-reject-hint\""})
        EXPECT_NE(markup.find(part), std::string::npos) << part << " in " << markup;
    EXPECT_EQ(markup.find('#'), std::string::npos) << markup;
}

TEST(Blocks, the_choices_of_a_question_have_one_name_and_different_ids)
{
    const auto markup = radio_field("result#fix", "Mended?", {{"yes", "Yes"}, {"no", "No"}}).markup();
    EXPECT_NE(markup.find("id=\"f-result-fix\""), std::string::npos) << markup;
    EXPECT_NE(markup.find("id=\"f-result-fix-1\""), std::string::npos) << markup;
    EXPECT_EQ(markup.find("name=\"result#fix\""), std::string::npos) << markup;
}

} // namespace
} // namespace adal::http
