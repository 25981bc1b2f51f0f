// The printed document: the same blocks as HTML and PDF, in three languages.
#include "referral/paper.hpp"
#include "referral/law.hpp"
#include "referral/paper_view.hpp"
#include "referral/test_document.hpp"
#include "support/support.hpp"

#include <cstdlib>
#include <gmock/gmock.h>

namespace adal::referral {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Printed {
    Document document = *sign(test::complete_document(), PersonId::make(Instant{5}), "Ерлан Тілеуов", Instant{1'773'046'800'000});
    std::vector<Dispatch> dispatches{{.out_number = "АД-17", .sent_at = Instant{1'773'133'200'000}}};
    std::vector<AuthorityVersion> authorities{
        {.authority = document.recommendations.front().authority,
         .names = {.kk = "Алматы қаласының әкімдігі", .ru = "Акимат города Алматы", .en = "Akimat of Almaty city"}}};
    Law law = embedded_law();

    [[nodiscard]] Paper paper(i18n::Language language, Copy copy) const
    {
        return paper_of({.document = document, .dispatches = dispatches, .authorities = authorities, .rules = law.rules,
                         .origin = "https://adal.example"},
                        language, copy);
    }
};

std::string run(const std::string& command)
{
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> bytes;
    while (const auto count = fread(bytes.data(), 1, bytes.size(), pipe)) out.append(bytes.data(), count);
    out += "exit " + std::to_string(pclose(pipe));
    return out;
}

class EachLanguage : public ::testing::TestWithParam<i18n::Language> {};
INSTANTIATE_TEST_SUITE_P(On, EachLanguage, ::testing::ValuesIn(i18n::all_languages),
                         [](const auto& language) { return std::string(i18n::code(language.param)); });

TEST_P(EachLanguage, gives_a_sound_pdf_whose_text_can_be_read)
{
    const Printed printed;
    const adal::test::TempDir folder;
    const auto file = folder / "document.pdf";
    adal::test::write_file(file, to_pdf(printed.paper(GetParam(), Copy::full)));
    EXPECT_THAT(run("qpdf --check " + file + " 2>&1"), HasSubstr("exit 0"));
    const auto text = run("pdftotext -layout " + file + " -");
    EXPECT_THAT(text, HasSubstr("Қожахметов"));
    EXPECT_THAT(text, HasSubstr("АД-17"));
    EXPECT_THAT(text, HasSubstr(printed.authorities.front().names.in(GetParam())));
    if (const char* keep = std::getenv("ADAL_KEEP_PDF"))
        adal::test::write_file(std::string(keep) + "/" + std::string(i18n::code(GetParam())) + ".pdf",
                               to_pdf(printed.paper(GetParam(), Copy::full)));
}

TEST_P(EachLanguage, names_nobody_in_the_open_copy)
{
    const Printed printed;
    const auto paper = printed.paper(GetParam(), Copy::open);
    const auto html = paper_html(paper).markup();
    for (const auto* private_words : {"Айгүл", "Қожахметов", "Тілеуов", "аялдаманың алдында"})
        EXPECT_THAT(html, Not(HasSubstr(private_words)));
    EXPECT_THAT(html, HasSubstr(printed.document.recommendations.front().text));
    EXPECT_THAT(paper.link, HasSubstr("/" + std::string(i18n::code(GetParam())) + "/documents/"));
}

TEST(Paper, has_the_official_date_form_in_kazakh)
{
    const Printed printed;
    EXPECT_THAT(printed.paper(i18n::Language::kk, Copy::full).line, HasSubstr("2026 жылғы 9 наурыз"));
}

TEST(Paper, is_the_same_bytes_for_the_same_document)
{
    const Printed printed;
    const auto paper = printed.paper(i18n::Language::kk, Copy::full);
    EXPECT_EQ(to_pdf(paper), to_pdf(paper));
}

TEST(Paper, runs_over_many_pages_and_counts_them)
{
    Printed printed;
    const auto recommendation = printed.document.recommendations.front();
    const auto fact = printed.document.facts.front();
    for (int n = 2; n <= 40; ++n) {
        printed.document.recommendations.push_back(recommendation);
        printed.document.facts.push_back(fact);
    }
    const adal::test::TempDir folder;
    const auto file = folder / "long.pdf";
    adal::test::write_file(file, to_pdf(printed.paper(i18n::Language::ru, Copy::full)));
    if (const char* keep = std::getenv("ADAL_KEEP_PDF"))
        adal::test::write_file(std::string(keep) + "/long.pdf", adal::test::read_file(file));
    const auto text = run("pdftotext " + file + " -");
    EXPECT_THAT(text, HasSubstr("Страница 2 из "));
    EXPECT_THAT(run("qpdf --check " + file + " 2>&1"), HasSubstr("exit 0"));
}

TEST(QrCode, is_square_and_has_its_three_corners)
{
    const auto code = qr_code("https://adal.example/kk/documents/01/public");
    for (const auto& row : code) EXPECT_EQ(row.size(), code.size());
    EXPECT_TRUE(code[0][0] && code[0][code.size() - 1] && code[code.size() - 1][0]);
}

} // namespace
} // namespace adal::referral
