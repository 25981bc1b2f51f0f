#include "cyber/cyber.hpp"

#include "support/support.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>
#include <thread>
#include <atomic>

namespace adal::cyber {

namespace match_tests {

const SuffixList& suffixes()
{
    static const auto list = SuffixList::read("kz\ncom.kz\ncom\nme\ndog\nnet\n// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n// ===END PRIVATE DOMAINS===\n", "test");
    return *list;
}

std::string spelled(std::string_view line, const std::vector<std::string>& own = {})
{
    const auto read = read_list_line(line, suffixes(), own);
    std::string out{read.refused};
    for (const auto& entry : read.entries)
        out += std::string{out.empty() ? "" : " "} + std::string{text(entry.scope)} + ":" + entry.key;
    return out;
}

MatchIndex index_of(const std::vector<std::string>& lists)
{
    MatchIndexBuilder builder{suffixes()};
    for (std::size_t i = 0; i < lists.size(); ++i)
        builder.add_list("list" + std::to_string(i), lists[i]);
    return *builder.index();
}

// "key scope@list scope@list; key …"
std::string matches(const MatchIndex& index, std::string_view written)
{
    std::string out;
    for (const auto& match : index.match(written, suffixes())) {
        out += (out.empty() ? "" : "; ") + match.key;
        for (const auto& hit : match.hits)
            out += " " + std::string{text(hit.scope)} + "@" + std::to_string(hit.list);
    }
    return out;
}

} // namespace match_tests

using namespace match_tests;

TEST(ListLine, is_read_in_every_usual_spelling)
{
    EXPECT_EQ(spelled("casino.kz"), "domain:casino.kz");
    EXPECT_EQ(spelled(" .Casino.KZ  # why"), "domain:casino.kz");
    EXPECT_EQ(spelled("*.casino.kz"), "domain:casino.kz");
    EXPECT_EQ(spelled("0.0.0.0 casino.kz www.casino.kz"), "host:casino.kz host:www.casino.kz");
    EXPECT_EQ(spelled(":: casino.kz"), "host:casino.kz");
    EXPECT_EQ(spelled("127.0.0.1 localhost"), "");
    EXPECT_EQ(spelled("||casino.kz^"), "domain:casino.kz");
    EXPECT_EQ(spelled("||casino.kz^$document,popup"), "domain:casino.kz");
    EXPECT_EQ(spelled("||casino.kz/play^"), "path:url:casino.kz/play");
    EXPECT_EQ(spelled("address=/casino.kz/0.0.0.0"), "domain:casino.kz");
    EXPECT_EQ(spelled("https://www.casino.kz/play/?id=5"), "path:url:casino.kz/play?id=5");
    EXPECT_EQ(spelled("https://casino.kz/"), "host:casino.kz");
    EXPECT_EQ(spelled("casino.kz/play"), "path:url:casino.kz/play");
    EXPECT_EQ(spelled("t.me/s/CasinoKZ"), "path:telegram:casinokz");
    EXPECT_EQ(spelled("@casinokz"), "path:telegram:casinokz");
    EXPECT_EQ(spelled("казино.kz"), "domain:xn--80aodfsg.kz");
    EXPECT_EQ(spelled("http://8.8.8.8:8080/x"), "path:url:8.8.8.8:8080/x");
    EXPECT_EQ(spelled("8.8.8.8"), "host:8.8.8.8");
    for (const auto* comment : {"", "# x", "! x", "; x", "// x", "[Adblock Plus 2.0]", "\xEF\xBB\xBF# x"})
        EXPECT_EQ(spelled(comment), "") << comment;
}

TEST(ListLine, is_refused_when_it_would_block_more_than_is_meant)
{
    EXPECT_EQ(spelled("com.kz"), "cyber.public_suffix");
    EXPECT_EQ(spelled("||github.io^"), "cyber.public_suffix");
    EXPECT_EQ(spelled("kz"), "cyber.local_address");
    EXPECT_EQ(spelled("casino.adal.kz", {"adal.kz"}), "cyber.own_domain");
    EXPECT_EQ(spelled("adal.kz/x", {"adal.kz"}), "cyber.own_domain");
    EXPECT_EQ(spelled("adal.kz", {"log.adal.kz"}), "cyber.own_domain") << "what lies above covers it, too";
    EXPECT_EQ(spelled("0.0.0.0 adal.kz", {"log.adal.kz"}), "host:adal.kz");
    EXPECT_EQ(spelled("notadal.kz", {"adal.kz"}), "domain:notadal.kz");
    for (const auto* local : {"192.168.1.1", "http://127.0.0.1/x", "http://[::1]/x", "http://0x7f.1/", "printer.local", "http://169.254.169.254/latest"})
        EXPECT_EQ(spelled(local), "cyber.local_address") << local;
    EXPECT_EQ(spelled("@@||casino.kz^"), "cyber.exception_rule");
    EXPECT_EQ(spelled("||casino.kz^$third-party"), "cyber.rule_option");
    EXPECT_EQ(spelled("||cas*no.kz^"), "cyber.rule_pattern");
    EXPECT_EQ(spelled("example.kz##.banner"), "cyber.rule_pattern");
    EXPECT_EQ(spelled("two words"), "cyber.not_an_address");
    EXPECT_EQ(spelled("javascript:alert(1)"), "cyber.not_an_address");
    EXPECT_EQ(spelled("a_b c.kz^"), "cyber.not_an_address");
    EXPECT_EQ(spelled("casino.kz?x"), "cyber.not_a_name");
}

TEST(MatchIndex, covers_what_an_entry_says_and_nothing_else)
{
    const auto index = index_of({"casino.kz\n0.0.0.0 one.kz\nhttps://shop.kz/drugs\nt.me/casinokz\nhttps://bet.kz/?r=1\n", "||casino.kz^\nsub.casino.kz\n"});
    EXPECT_EQ(matches(index, "https://casino.kz/play"), "casino.kz domain@0 domain@1");
    EXPECT_EQ(matches(index, "http://a.sub.casino.kz"), "sub.casino.kz domain@1; casino.kz domain@0 domain@1");
    EXPECT_EQ(matches(index, "notcasino.kz"), "");
    EXPECT_EQ(matches(index, "https://casino.kz.example.com/"), "");
    EXPECT_EQ(matches(index, "one.kz/x"), "one.kz host@0");
    EXPECT_EQ(matches(index, "https://www.one.kz/"), "") << "a hosts file names one host";
    EXPECT_EQ(matches(index, "https://www.shop.kz/drugs/5?x=1"), "url:shop.kz/drugs path@0");
    EXPECT_EQ(matches(index, "https://shop.kz/drugs#x"), "url:shop.kz/drugs path@0");
    EXPECT_EQ(matches(index, "https://shop.kz/drugstore"), "");
    EXPECT_EQ(matches(index, "https://shop.kz/"), "");
    EXPECT_EQ(matches(index, "https://a.shop.kz/drugs"), "") << "an address is of one host";
    EXPECT_EQ(matches(index, "https://bet.kz/?utm_source=x&r=1"), "url:bet.kz?r=1 path@0");
    EXPECT_EQ(matches(index, "https://bet.kz/?r=2"), "");
    for (const auto* same : {"https://telegram.me/CasinoKZ/5", "@casinokz", "tg://resolve?domain=casinokz", "casinokz.t.me", "t[.]me/casinokz"})
        EXPECT_EQ(matches(index, same), "telegram:casinokz path@0") << same;
    EXPECT_EQ(matches(index, "hxxps://CASINO[.]kz."), "casino.kz domain@0 domain@1");
    EXPECT_EQ(matches(index, "not an address"), "");
    EXPECT_EQ(matches(index, ""), "");
}

TEST(MatchIndex, tells_every_line_it_did_not_take)
{
    MatchIndexBuilder builder{suffixes(), {"adal.kz"}};
    builder.add_list("l", "casino.kz\n\ncom.kz\nadal.kz\n");
    ASSERT_EQ(builder.refused().size(), 2U);
    EXPECT_EQ(builder.refused()[0].line, 3U);
    EXPECT_EQ(builder.refused()[0].reason, "cyber.public_suffix");
    EXPECT_EQ(builder.refused()[1].reason, "cyber.own_domain");
    EXPECT_EQ(builder.lists()[0].entries, 1U);
    EXPECT_EQ(builder.lists()[0].refused, 2U);
}

TEST(MatchIndex, comes_back_from_its_file)
{
    test::TempDir folder;
    MatchIndexBuilder builder{suffixes()};
    builder.add_list("gambling", "casino.kz\n");
    test::write_file(folder / "x.index", *builder.file());
    const auto index = MatchIndex::open(folder / "x.index");
    ASSERT_TRUE(index);
    EXPECT_EQ(index->entries(), 1U);
    EXPECT_EQ(index->lists()[0].name, "gambling");
    EXPECT_EQ(matches(*index, "casino.kz"), "casino.kz domain@0");
}

TEST(MatchIndex, refuses_a_file_with_any_byte_changed_or_missing)
{
    test::TempDir folder;
    MatchIndexBuilder builder{suffixes()};
    builder.add_list("gambling", "casino.kz\n");
    const auto good = *builder.file();
    const auto path = folder / "x.index";
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto changed = good;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        test::write_file(path, changed);
        EXPECT_FALSE(MatchIndex::open(path)) << at;
    }
    for (std::size_t size = 0; size < good.size(); size += 7) {
        test::write_file(path, good.substr(0, size));
        EXPECT_FALSE(MatchIndex::open(path)) << size;
    }
    EXPECT_FALSE(MatchIndex::open(folder.path()));
    EXPECT_FALSE(MatchIndex::open(folder / "none"));
}

TEST(MatchIndex, finds_all_of_many_and_only_those)
{
    std::string list;
    const auto name = [](int i) { return "n" + std::to_string(i * 7919) + ".kz"; };
    for (int i = 0; i < 50'000; ++i)
        list += name(i) + "\n";
    const auto index = index_of({list});
    EXPECT_EQ(index.entries(), 50'000U);
    EXPECT_LE(index.bytes(), 50'000U * 16 + 1000);
    Matcher matcher{index, suffixes()};
    std::vector<std::string> written;
    for (int i = 0; i < 50'000; ++i)
        written.push_back("https://www." + name(i) + (i % 2 ? "/" : ".com/"));
    std::size_t found_all = 0;
    std::vector<std::vector<Match>> found(Matcher::kBatch);
    for (std::size_t at = 0; at < written.size(); at += Matcher::kBatch) {
        std::vector<std::string_view> batch{written.begin() + static_cast<std::ptrdiff_t>(at), written.begin() + static_cast<std::ptrdiff_t>(std::min(at + Matcher::kBatch, written.size()))};
        matcher.match(batch, std::span{found}.first(batch.size()));
        for (std::size_t i = 0; i < batch.size(); ++i) {
            EXPECT_EQ(found[i].empty(), (at + i) % 2 == 0) << batch[i];
            found_all += found[i].size();
        }
    }
    EXPECT_EQ(found_all, 25'000U);
}

TEST(LiveIndex, takes_a_new_file_while_it_is_asked_and_keeps_the_old_one_before_a_broken_one)
{
    test::TempDir folder;
    const auto path = folder / "x.index";
    const auto written = [&](const char* list) {
        MatchIndexBuilder builder{suffixes()};
        builder.add_list("l", list);
        return write_whole_file(path, *builder.file()).has_value();
    };
    ASSERT_TRUE(written("casino.kz\nold.kz\n"));
    const auto live = *LiveIndex::open(path);
    std::atomic<bool> stop = false;
    std::atomic<int> missed = 0, asked = 0;
    std::thread reader{[&] {
        for (; !stop; ++asked)
            missed += live->now()->match("https://casino.kz/", suffixes()).empty();
    }};
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(written(i % 2 ? "casino.kz\nold.kz\n" : "casino.kz\nnew.kz\n"));
        EXPECT_TRUE(*live->refresh());
    }
    stop = true;
    reader.join();
    EXPECT_GT(asked, 0);
    EXPECT_EQ(missed, 0);
    EXPECT_FALSE(*live->refresh()) << "the same file";
    ASSERT_TRUE(write_whole_file(path, "broken"));
    EXPECT_FALSE(live->refresh());
    EXPECT_FALSE(live->now()->match("casino.kz", suffixes()).empty());
}

RC_GTEST_PROP(MatchIndex, agrees_with_a_set_of_names, ())
{
    const auto label = rc::gen::element<std::string>("a", "b", "ab", "kz", "com", "x1");
    const auto names = *rc::gen::container<std::set<std::vector<std::string>>>(rc::gen::suchThat(rc::gen::container<std::vector<std::string>>(label), [](const auto& labels) { return labels.size() < 4; }));
    const auto host = [](const std::vector<std::string>& labels) {
        std::string out;
        for (const auto& one : labels)
            out += one + ".";
        return out + "example.kz";
    };
    std::string list;
    for (const auto& one : names)
        list += host(one) + "\n";
    const auto index = index_of({list});
    const auto asked = host(*rc::gen::container<std::vector<std::string>>(label));
    const bool listed = std::ranges::any_of(names, [&](const auto& one) { return asked == host(one) || asked.ends_with("." + host(one)); });
    RC_ASSERT(!index.match("http://" + asked + "/x", suffixes()).empty() == listed);
}

} // namespace adal::cyber
