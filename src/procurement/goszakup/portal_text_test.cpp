#include "procurement/goszakup/identifier.hpp"
#include "procurement/goszakup/person_key.hpp"
#include "procurement/goszakup/portal_text.hpp"

#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement::goszakup {
namespace {

TEST(GoszakupIdentifier, Fifth_digit_tells_persons_from_organisations_and_the_last_one_is_checked)
{
    EXPECT_EQ(judge_identifier("970140002674").holder, Holder::organisation);
    EXPECT_TRUE(judge_identifier("970140002674").is_sound);
    EXPECT_FALSE(judge_identifier("970140002675").is_sound);
    EXPECT_EQ(judge_identifier("800101376284").holder, Holder::person);
    EXPECT_TRUE(judge_identifier("800101376284").is_sound);
    for (const char* number : {"", "97014000267", "9701400026745", "97014000267a", "970190002674"})
        EXPECT_EQ(judge_identifier(number).holder, Holder::unknown) << number;
}

TEST(GoszakupIdentifier, Zeros_that_a_number_lost_come_back)
{
    EXPECT_EQ(with_leading_zeros("540002866"), "000540002866");
    EXPECT_TRUE(judge_identifier(with_leading_zeros("540002866")).is_sound);
    EXPECT_EQ(with_leading_zeros("970140002674"), "970140002674");
    EXPECT_EQ(with_leading_zeros("AB1"), "AB1");
}

TEST(GoszakupText, Entities_are_letters_again_however_often_they_were_escaped)
{
    EXPECT_EQ(without_entities("ТОО &quot;Жол&quot; &amp; К"), "ТОО \"Жол\" & К");
    EXPECT_EQ(without_entities("&amp;quot;А&amp;quot;"), "\"А\"");
    EXPECT_EQ(without_entities("&#171;Б&#xBB;"), "«Б»");
    for (const char* same : {"a & b", "AT&T; x", "&unknown;", "&#0;", "&#xD800;", "&", "&;"})
        EXPECT_EQ(without_entities(same), same);
}

TEST(GoszakupText, Wall_clock_is_that_of_Almaty_six_hours_east_until_March_2024)
{
    EXPECT_EQ(iso(wall_moment("2026-07-24 15:30:24.884000")->at), "2026-07-24T10:30:24.884Z");
    EXPECT_EQ(with_zone(*wall_moment("2026-07-24 15:30:24")), "2026-07-24T15:30:24+05:00");
    EXPECT_EQ(with_zone(*wall_moment("2024-02-29 12:00:00")), "2024-02-29T12:00:00+06:00");
    EXPECT_EQ(with_zone(*wall_moment("2024-03-01 12:00:00")), "2024-03-01T12:00:00+05:00");
    EXPECT_EQ(with_zone(*wall_moment("2026-07-24")), "2026-07-24");
    EXPECT_EQ(iso(wall_moment("2026-07-24T10:00:00Z")->at), "2026-07-24T10:00:00.000Z");
    EXPECT_FALSE(wall_moment("24.07.2026"));
}

TEST(GoszakupText, Codes_with_a_Cyrillic_letter_are_the_same_codes)
{
    EXPECT_EQ(code_key("Documentation\u0421hanged"), code_key("DocumentationChanged"));
    EXPECT_NE(code_key("Published"), code_key("Project"));
    EXPECT_EQ(plain_key("trd_buy_number_anno"), plain_key("trdBuyNumberAnno"));
}

TEST(GoszakupText, Number_of_a_lot_is_root_sign_and_attempt)
{
    const auto number = parse_lot_number("83685322-ОИ4");
    ASSERT_TRUE(number);
    EXPECT_EQ(number->root, "83685322");
    EXPECT_EQ(number->sign, "ОИ");
    EXPECT_EQ(number->attempt, 4);
    for (const char* bad : {"", "83685322", "-ОИ4", "83685322-ОИ", "83685322-4", "A-ОИ4"})
        EXPECT_FALSE(parse_lot_number(bad)) << bad;
}

TEST(GoszakupText, Number_of_a_contract_is_customer_base_and_version)
{
    const auto number = parse_contract_number("021140004001/260032/01");
    EXPECT_EQ(number.base, "021140004001/260032");
    EXPECT_EQ(number.customer, "021140004001");
    EXPECT_EQ(number.version, 1);
    EXPECT_EQ(parse_contract_number("021140004001/260032").version, 0);
    EXPECT_EQ(parse_contract_number("17").base, "17");
}

TEST(GoszakupPersonKey, Marks_compare_and_are_never_digits)
{
    const PersonKey key{sha256("a")}, other{sha256("b")};
    const auto mark = key.mark("number", "800101376284");
    EXPECT_EQ(mark.size(), 32U);
    EXPECT_EQ(mark.find_first_of("0123456789"), std::string::npos);
    EXPECT_EQ(key.mark("number", "800101376284"), mark);
    EXPECT_EQ(key.mark("person", "ИВАНОВ И"), key.mark("person", "Иванов  И"));
    EXPECT_NE(key.mark("account", "800101376284"), mark);
    EXPECT_NE(other.mark("number", "800101376284"), mark);
    EXPECT_EQ(key.mark("number", ""), "");
}

TEST(GoszakupPersonKey, The_file_is_made_once_and_refused_when_others_may_read_it)
{
    const test::TempDir folder;
    const auto first = open_person_key(folder / "keys");
    EXPECT_EQ(open_person_key(folder / "keys").mark("number", "1"), first.mark("number", "1"));
    std::filesystem::permissions(folder / "keys/person.key", std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    EXPECT_THROW(open_person_key(folder / "keys"), std::runtime_error);
}

} // namespace
} // namespace adal::procurement::goszakup
