#include "cyber/cyber.hpp"

#include "base/text.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

namespace adal::cyber {

namespace triage_tests {

const SuffixList& suffixes()
{
    static const auto list = [] {
        const auto path = test::shared_path("cyber/psl/public_suffix_list.dat");
        return *SuffixList::read(test::read_file(path.value_or(kSystemSuffixList)), "psl");
    }();
    return list;
}

const TriageRules& rules()
{
    static const TriageRules kRules;
    return kRules;
}

std::string imitation(std::string_view written)
{
    const auto found = rules().imitation(read_link(written, suffixes()));
    return found.feature.empty() ? "" : std::string{found.feature} + ":" + found.brand;
}

Triage triage(std::string_view written, double log_odds = 0)
{
    static const Guard kGuard{suffixes()};
    return rules().triage(written, read_link(written, suffixes()), {}, {.log_odds = log_odds}, suffixes(), kGuard);
}

bool has(const Triage& triage, std::string_view feature)
{
    return std::ranges::any_of(triage.reasons, [&](const Reason& reason) { return reason.feature == feature; });
}

std::vector<std::string> lines_of(const std::string& path, std::size_t column = 0)
{
    std::vector<std::string> all;
    std::istringstream in{test::read_file(path)};
    for (std::string line; std::getline(in, line);) {
        const auto cells = split(line, '\t');
        if (column < cells.size() && !line.starts_with('#')) all.emplace_back(cells[column]);
    }
    return all;
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string out;
    for (const auto& line : lines)
        out += line + "\n";
    return out;
}

// Names of a list in the spellings they would be referred in: as they are, with "www.", as a part of an address.
std::size_t unguarded(const Guard& guard, const std::vector<std::string>& names, std::size_t& asked)
{
    std::size_t missed = 0;
    for (auto name : names) {
        if (name.starts_with("*.")) name = name.substr(2);
        if (name.starts_with('.')) name = name.substr(1);
        const auto link = read_link(name.find("://") == std::string::npos ? "http://" + name : name, suffixes());
        if (!link.meant) continue;
        ++asked;
        const std::string host{link.meant->host()};
        const bool held = !guard.hits(host, Scope::domain).empty() && !guard.hits(host, Scope::host).empty() && (host.starts_with("www.") || !guard.hits("www." + host, Scope::domain).empty());
        if (!held && ++missed <= 5) ADD_FAILURE() << "not guarded: " << host;
    }
    return missed;
}

} // namespace triage_tests

using namespace triage_tests;

TEST(Guard, keeps_whole_names_from_being_referred)
{
    const Guard guard{suffixes()};
    const auto held = [&](std::string_view host, Scope scope) { return !guard.hits(host, scope).empty(); };
    EXPECT_TRUE(held("egov.kz", Scope::domain));
    EXPECT_TRUE(held("idp.egov.kz", Scope::host)) << "below a name of the state";
    EXPECT_TRUE(held("almaty.gov.kz", Scope::host)) << "by its public suffix";
    EXPECT_TRUE(held("nu.edu.kz", Scope::domain));
    EXPECT_TRUE(held("com.kz", Scope::domain));
    EXPECT_TRUE(held("sites.google.com", Scope::host));
    EXPECT_TRUE(held("google.com", Scope::domain));
    EXPECT_TRUE(held("192.168.1.1", Scope::path)) << "nobody's resource at any scope";
    EXPECT_FALSE(held("casino.kz", Scope::domain));
    EXPECT_FALSE(held("phish.github.io", Scope::host)) << "one person's, on shared hosting";
    EXPECT_TRUE(held("github.io", Scope::domain));
    EXPECT_FALSE(held("sites.google.com", Scope::path)) << "one page can be referred";
    EXPECT_FALSE(held("notegov.kz", Scope::domain));
    EXPECT_EQ(guard.smallest_scope("sites.google.com"), Scope::path);
    EXPECT_EQ(guard.smallest_scope("casino.kz"), Scope::host);
}

TEST(Guard, does_not_let_a_wide_scope_take_a_protected_name_below_it)
{
    Guard guard{suffixes()};
    EXPECT_EQ(guard.add_list(Protection::press, "# ours\nnews.example.kz\n"), 1U);
    EXPECT_FALSE(guard.hits("example.kz", Scope::domain).empty());
    EXPECT_TRUE(guard.hits("example.kz", Scope::host).empty());
    EXPECT_TRUE(guard.hits("shop.example.kz", Scope::domain).empty());
}

TEST(Guard, holds_every_name_of_the_protected_lists)
{
    if (!test::shared_path("cyber/warninglists/moz-top500.txt")) GTEST_SKIP() << test::kNoSharedData;
    const std::pair<Protection, const char*> lists[] = {
        {Protection::popular, "warninglists/moz-top500.txt"}, {Protection::popular, "warninglists/tranco10k.txt"}, {Protection::popular, "benign_cloudflare_top100k_half.txt"},
        {Protection::education, "warninglists/university_domains.txt"}, {Protection::press, "warninglists/ut1_press.txt"}, {Protection::bank, "warninglists/ut1_bank.txt"},
        {Protection::bank, "warninglists/bank-website.txt"}, {Protection::hosting, "warninglists/lots-project.txt"}, {Protection::shortener, "warninglists/url-shortener.txt"},
        {Protection::shortener, "warninglists/ut1_shortener.txt"}, {Protection::hosting, "warninglists/link-in-bio.txt"}};
    for (const auto& [protection, name] : lists) {
        const auto names = lines_of(*test::shared_path("cyber/" + std::string{name}));
        Guard guard{suffixes()};
        guard.add_list(protection, joined(names));
        std::size_t asked = 0;
        EXPECT_EQ(unguarded(guard, names, asked), 0U) << name;
        EXPECT_GE(asked * 100, names.size() * 99) << name << ": names that could be asked about";
    }
}

TEST(Guard, leaves_phishing_pages_to_be_referred_at_their_own_address)
{
    const auto feed = test::shared_path("cyber/phishing_openphish_2024-10_2026-02.tsv");
    if (!feed) GTEST_SKIP() << test::kNoSharedData;
    const Guard guard{suffixes()};
    std::size_t asked = 0, held = 0;
    for (const auto& written : lines_of(*feed, 1)) {
        const auto link = read_link(written, suffixes());
        if (!link.meant) continue;
        ++asked;
        held += !guard.hits(link.meant->host(), Scope::path).empty();
    }
    EXPECT_GT(asked, 90'000U);
    EXPECT_LE(held, 5U) << "only addresses of local networks";
}

TEST(Triage, sees_who_passes_for_whom)
{
    EXPECT_EQ(imitation("https://kaspi.top/"), "brand_copied:kaspi");
    EXPECT_EQ(imitation("https://каѕрі.com/"), "brand_copied:kaspi") << "by sight";
    EXPECT_EQ(imitation("https://халык.kz/"), "brand_copied:halyk") << "by sound";
    EXPECT_EQ(imitation("https://ka5pi.net/"), "brand_copied:kaspi");
    EXPECT_EQ(imitation("https://kaspi-bonus.top/"), "brand_combined:kaspi");
    EXPECT_EQ(imitation("https://mykaspigift.top/"), "brand_combined:kaspi");
    EXPECT_EQ(imitation("https://kasppi.kz/"), "brand_misspelled:kaspi");
    EXPECT_EQ(imitation("https://egov.kz.login-page.com/"), "brand_elsewhere:egov");
    EXPECT_EQ(imitation("https://example.com/kazpost/track"), "brand_elsewhere:kazpost");
    for (const auto* own : {"https://kaspi.kz/shop", "https://idp.egov.kz/", "https://halykbank.kz/", "https://kazpost.kz/", "https://www.instagram.com/kaspi.kz/", "https://caspian.kz/", "https://example.kz/"})
        EXPECT_EQ(imitation(own), "") << own;
}

TEST(Triage, explains_every_point)
{
    const auto found = triage("hxxp://kaspi-bonus[.]top:8080/login.apk");
    for (const auto* feature : {"brand_combined", "hidden_spelling", "cheap_zone", "odd_port", "program_file", "words_account", "words_easy_money"})
        EXPECT_TRUE(has(found, feature)) << feature;
    int sum = 0;
    for (const auto& reason : found.reasons)
        sum += reason.points;
    EXPECT_EQ(found.score, std::clamp(sum, 0, 100));
    EXPECT_TRUE(std::ranges::is_sorted(found.reasons, std::ranges::greater{}, &Reason::points));
    EXPECT_EQ(triage("https://egov.kz/").score, 0);
    EXPECT_EQ(triage("javascript:alert(1)").reasons.size(), 0U);
    EXPECT_TRUE(has(triage("http://kaspi.kz@evil.com/"), "user_in_address"));
    EXPECT_TRUE(has(triage("https://t.me/+AbCdEfGhIjK1"), "closed_invitation"));
    EXPECT_TRUE(has(triage("https://8.8.8.8/"), "number_host"));
    EXPECT_TRUE(has(triage("https://kаspi.com/"), "mixed_letters")) << "one letter is Cyrillic";
    EXPECT_FALSE(has(triage("https://халык.com/"), "mixed_letters")) << "a label of one alphabet, whatever its zone";
}

TEST(TextModel, learns_what_it_is_given_and_comes_back_from_its_file)
{
    TextModelTrainer trainer{suffixes()};
    std::string bad, good;
    for (int i = 0; i < 600; ++i) {
        bad += "https://casino" + std::to_string(i) + "-slots.com/bonus\n";
        good += "https://school" + std::to_string(i) + "-library.org/books\n";
    }
    trainer.add("bad", bad, true);
    trainer.add("good", good, false);
    const auto model = trainer.train("2026-11-26");
    ASSERT_TRUE(model);
    EXPECT_GT(model->sheet().measure.auc, 0.99);
    const auto opinion = [&](const char* link) { return model->opinion(read_link(link, suffixes()), suffixes()); };
    EXPECT_GT(opinion("https://best-casino-slots.net/").log_odds, 1);
    EXPECT_NE(std::string_view{"best-casino-slots"}.find(opinion("https://best-casino-slots.net/").seen), std::string_view::npos);
    EXPECT_LT(opinion("https://school-library.kz/books").log_odds, -1);
    EXPECT_EQ(opinion("@casino_slots").log_odds, 0) << "it has learnt web addresses only";
    const auto bytes = model->file();
    const auto again = TextModel::read(bytes, "m");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->sheet().sources.at(1).name, "good");
    EXPECT_EQ(again->file(), bytes);
    auto changed = bytes;
    changed[bytes.size() / 2] = static_cast<char>(changed[bytes.size() / 2] ^ 1);
    EXPECT_EQ(TextModel::read(changed, "m").error().params.at("reason"), "damaged");
    EXPECT_FALSE(TextModel::read(std::string_view{bytes}.substr(0, 1000), "m"));
    EXPECT_FALSE(TextModel::read("", "m"));
}

TEST(TextModel, needs_enough_to_learn_from)
{
    TextModelTrainer trainer{suffixes()};
    trainer.add("bad", "https://casino.com\n", true);
    EXPECT_EQ(trainer.train("2026-11-26").error().params.at("reason"), "cyber.too_few_examples");
}

TEST(TextModel, is_measured_as_ranks)
{
    const auto perfect = measured({3, 4}, {1, 2});
    EXPECT_DOUBLE_EQ(perfect.auc, 1);
    EXPECT_DOUBLE_EQ(measured({1, 1}, {1, 1}).auc, 0.5);
    EXPECT_DOUBLE_EQ(measured({1, 3}, {2, 2}).auc, 0.5);
    EXPECT_DOUBLE_EQ(measured({1, 3}, {2, 2}).found_at_1_permille, 0.5);
}

} // namespace adal::cyber
