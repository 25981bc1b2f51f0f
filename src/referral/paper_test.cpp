// The printed document: the same blocks as HTML and PDF, in three languages.
#include "referral/paper.hpp"
#include "referral/fix_act.hpp"
#include "referral/law.hpp"
#include "referral/office_paper.hpp"
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

TEST_P(EachLanguage, prints_each_part_of_the_document_by_its_name)
{
    const Printed printed;
    const auto titles_of = [&](Part part) {
        const auto paper = paper_of({.document = printed.document, .dispatches = printed.dispatches, .authorities = printed.authorities, .rules = printed.law.rules,
                                     .origin = ""}, GetParam(), Copy::full, part);
        std::vector<std::string> headings{paper.title};
        for (const auto& block : paper.blocks)
            if (const auto* heading = std::get_if<Heading>(&block)) headings.push_back(heading->text);
        return headings;
    };
    const auto say = [](std::string_view key) { return i18n::text(GetParam(), "referral.paper." + std::string(key)); };
    EXPECT_THAT(titles_of(Part::protocol), ::testing::ElementsAre(say("part.protocol"), say("tasks"), say("subjects"), say("facts")));
    EXPECT_THAT(titles_of(Part::conclusion), ::testing::ElementsAre(say("part.conclusion"), say("facts")));
    EXPECT_THAT(titles_of(Part::recommendations), ::testing::ElementsAre(say("part.recommendations"), say("recommendations")));
    EXPECT_THAT(titles_of(Part::whole), ::testing::ElementsAre(say("title"), say("tasks"), say("subjects"), say("facts"), say("recommendations")));
}

TEST_P(EachLanguage, prints_the_act_of_a_check_with_what_was_said_and_what_was_seen)
{
    const Printed printed;
    const oversight::FixClaim claim{.claimant = oversight::Claimant::contractor, .text = "Жамап қойдық", .at = Instant{1'775'000'000'000}};
    const oversight::FixCheck check{.is_fixed = false, .photos = {oversight::Photo{}}, .text = "Шұңқыр орнында", .at = Instant{1'775'200'000'000}, .distance_m = 12.4};
    const auto paper = fix_act({.document = printed.document, .fact = printed.document.facts.front(), .claim = claim, .check = check, .checker = "Айгүл Серікқызы",
                                .origin = "https://adal.example"}, GetParam());
    const adal::test::TempDir folder;
    const auto file = folder / "act.pdf";
    adal::test::write_file(file, to_pdf(paper));
    EXPECT_THAT(run("qpdf --check " + file + " 2>&1"), HasSubstr("exit 0"));
    const auto text = run("pdftotext -layout " + file + " -");
    for (const auto* words : {"Жамап қойдық", "Шұңқыр орнында", "Айгүл Серікқызы", "12 "}) EXPECT_THAT(text, HasSubstr(words));
    EXPECT_THAT(text, HasSubstr(i18n::text(GetParam(), "referral.act.not_fixed")));
}

// The first recommendation was sent and refused, late; the second waits, for longer than it may.
struct Office {
    Printed printed{};
    std::map<RecommendationId, std::vector<Reply>> replies{};
    static constexpr auto kSecret = "Ақау норма шегінде";

    Office()
    {
        printed.dispatches.front() = {.id = DispatchId::make(Instant{7}), .authority = printed.document.recommendations.front().authority,
                                      .out_number = "АД-17", .sent_at = Instant{1'773'133'200'000}};
        for (auto& recommendation : printed.document.recommendations) {
            recommendation.dispatch = printed.dispatches.front().id;
            recommendation.state = RecommendationState::waiting;
            recommendation.deadline = Deadline{.due = make_date(2026, 3, 25)};
        }
        auto& first = printed.document.recommendations.front();
        first.state = RecommendationState::answered;
        replies[first.id] = {{.received_on = make_date(2026, 3, 27), .number = "03-12/404", .reply_class = ReplyClass::refused, .text = kSecret, .late = true}};
    }
    [[nodiscard]] OfficePaperSource source() const
    {
        return {printed.document, printed.dispatches, printed.authorities, replies, "https://adal.example"};
    }
    [[nodiscard]] std::string printed_text(const Paper& paper) const
    {
        const adal::test::TempDir folder;
        const auto file = folder / "paper.pdf";
        adal::test::write_file(file, to_pdf(paper));
        EXPECT_THAT(run("qpdf --check " + file + " 2>&1"), HasSubstr("exit 0"));
        return run("pdftotext -layout " + file + " -");
    }
};

TEST_P(EachLanguage, prints_the_cover_letter_with_its_number_day_and_addressee)
{
    const Office office;
    const auto text = office.printed_text(cover_letter(office.source(), office.printed.dispatches.front(), GetParam()));
    EXPECT_THAT(text, HasSubstr("АД-17"));
    EXPECT_THAT(text, HasSubstr(office.printed.authorities.front().names.in(GetParam())));
    EXPECT_THAT(text, HasSubstr(i18n::long_date(GetParam(), make_date(2026, 3, 10))));
}

TEST_P(EachLanguage, prints_the_register_and_in_the_open_no_words_of_a_letter)
{
    const Office office;
    const auto full = office.printed_text(reply_register(office.source(), GetParam(), Copy::full, make_date(2026, 4, 2)));
    EXPECT_THAT(full, HasSubstr("03-12/404"));
    EXPECT_THAT(full, HasSubstr("норма"));
    EXPECT_THAT(full, HasSubstr(i18n::date(GetParam(), make_date(2026, 3, 25))));
    const auto open = office.printed_text(reply_register(office.source(), GetParam(), Copy::open, make_date(2026, 4, 2)));
    EXPECT_THAT(open, HasSubstr("03-12/404"));
    EXPECT_THAT(open, Not(HasSubstr("норма")));
}

TEST(Paper, says_of_each_recommendation_how_it_stands)
{
    const Office office;
    const auto register_on = [&](LocalDate today) {
        return std::get<Grid>(reply_register(office.source(), i18n::Language::en, Copy::full, today).blocks.front());
    };
    const auto grid = register_on(make_date(2026, 4, 2));
    ASSERT_EQ(grid.rows.size(), office.printed.document.recommendations.size());
    EXPECT_EQ(grid.rows.front().back(), i18n::text(i18n::Language::en, "referral.reply_class.refused") + " (late)");
    for (std::size_t i = 1; i < grid.rows.size(); ++i) {
        EXPECT_EQ(grid.rows[i].back(), "overdue");
        EXPECT_EQ(register_on(make_date(2026, 3, 20)).rows[i].back(), "reply awaited");
    }
}

TEST(Paper, begins_each_page_of_a_long_grid_with_its_header)
{
    Office office;
    const auto first = office.printed.document.recommendations.front();
    for (int i = 0; i < 80; ++i) office.printed.document.recommendations.push_back(first);
    const auto text = office.printed_text(reply_register(office.source(), i18n::Language::en, Copy::full, make_date(2026, 4, 2)));
    std::size_t headers = 0, pages = 1;
    for (auto at = text.find("Recommendation"); at != std::string::npos; at = text.find("Recommendation", at + 1)) ++headers;
    for (const char c : text) pages += c == '\f' ? 1 : 0;
    EXPECT_GT(pages, 2U);
    EXPECT_GE(headers + 1, pages - 1);
    EXPECT_EQ(to_pdf(reply_register(office.source(), i18n::Language::kk, Copy::full, make_date(2026, 4, 2))),
              to_pdf(reply_register(office.source(), i18n::Language::kk, Copy::full, make_date(2026, 4, 2))));
}

TEST(QrCode, is_square_and_has_its_three_corners)
{
    const auto code = qr_code("https://adal.example/kk/documents/01/public");
    for (const auto& row : code) EXPECT_EQ(row.size(), code.size());
    EXPECT_TRUE(code[0][0] && code[0][code.size() - 1] && code[code.size() - 1][0]);
}

} // namespace
} // namespace adal::referral
