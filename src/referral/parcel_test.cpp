#include "referral/parcel.hpp"

#include "base/text.hpp"
#include "referral/test_document.hpp"
#include "support/support.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace adal::referral {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Channel limited(std::optional<std::int64_t> letters, std::optional<std::int64_t> files = {}, std::optional<std::int64_t> bytes = {})
{
    return {.kind = ChannelKind::eotinish, .max_letters = letters, .max_files = files, .max_file_bytes = bytes};
}

TEST(Parcel, Keeps_whole_paragraphs_and_files_that_fit)
{
    const auto channel = limited(20, 1, 5);
    const auto package = pack("Бірінші.\n\nЕкінші.\n\nҮшінші сөйлем.", {{"a.pdf", "12345"}, {"b.pdf", "1"}, {"c.pdf", "123456"}}, &channel);
    EXPECT_EQ(package.text, "Бірінші.\n\nЕкінші.");
    EXPECT_EQ(package.letters, 17);
    EXPECT_TRUE(package.text_cut);
    ASSERT_THAT(package.files, SizeIs(1));
    EXPECT_EQ(package.files[0].name, "a.pdf");
    EXPECT_THAT(package.left_out, ElementsAre("b.pdf", "c.pdf"));
}

TEST(Parcel, Without_known_limits_takes_all)
{
    const auto package = pack("Бір.\n\nЕкі.", {{"a.pdf", std::string(1000, 'x')}}, nullptr);
    EXPECT_EQ(package.text, "Бір.\n\nЕкі.");
    EXPECT_FALSE(package.text_cut);
    EXPECT_THAT(package.left_out, SizeIs(0));
}

TEST(Parcel, A_first_paragraph_that_is_too_long_is_cut_at_a_word)
{
    const auto channel = limited(10);
    EXPECT_EQ(pack("Аула абат емес", {}, &channel).text, "Аула абат");
    EXPECT_EQ(pack("Қоғамдықбақылау", {}, &channel).text, "Қоғамдықба");
}

RC_GTEST_PROP(Parcel, Never_goes_over_the_limit_nor_breaks_a_letter, ())
{
    std::string text;
    for (const auto c : *rc::gen::container<std::vector<char32_t>>(rc::gen::elementOf(std::u32string{U"aәқ₸ \n\n."}))) append_utf8(text, c);
    const auto most = *rc::gen::inRange<std::int64_t>(1, 40);
    const auto channel = limited(most);
    const auto package = pack(text, {}, &channel);
    RC_ASSERT(is_utf8(package.text));
    RC_ASSERT(package.letters == static_cast<std::int64_t>(length_in_letters(package.text)));
    RC_ASSERT(package.letters <= most);
}

TEST(Parcel, The_appeal_has_the_recommendations_of_that_authority_only)
{
    auto document = test::complete_document();
    const auto first = document.recommendations.front();
    auto other = first;
    other.text = "Басқа органға";
    other.authority = AuthorityId::make(Instant{77});
    document.recommendations.push_back(other);
    const AuthorityVersion authority{.authority = first.authority, .names = {.kk = "Әкімдік", .ru = "Акимат", .en = "Akimat"}};
    for (const auto language : i18n::all_languages) {
        const auto text = appeal_text(document, authority, 10, "https://adal.example/x", language);
        EXPECT_THAT(text, HasSubstr("1. " + first.text));
        EXPECT_THAT(text, HasSubstr("10"));
        EXPECT_THAT(text, HasSubstr("https://adal.example/x"));
        EXPECT_THAT(text, ::testing::Not(HasSubstr("Басқа органға")));
    }
}

TEST(Parcel, Is_a_sound_zip_of_the_same_bytes)
{
    const auto package = pack("Мәтін", {{"a.pdf", "%PDF"}}, nullptr);
    const auto zip = zip_of(package, Instant{1'773'046'800'000});
    EXPECT_EQ(zip, zip_of(package, Instant{1'773'046'800'000}));
    const adal::test::TempDir folder;
    const auto file = folder / "package.zip";
    adal::test::write_file(file, zip);
    EXPECT_EQ(std::system(("python3 -c \"import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
                           "assert z.namelist() == ['text.txt', 'a.pdf']; assert z.read('a.pdf') == b'%PDF'\" " + file).c_str()), 0);
}

} // namespace
} // namespace adal::referral
