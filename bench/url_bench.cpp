// Addresses: canonicalisation and list matching, beside an SQLite index and absl::flat_hash_set in the same run.
//
//   url_bench FEED [ENTRIES [FOLDER]]
//
// FEED: a file of addresses, one a line (of tab-separated columns the last counts). ENTRIES: size of the list, default
// 1000000; made up beside names of the feed, so that one question in a hundred is a hit. FOLDER: where the index
// file and the SQLite database are put (default url_bench.tmp, which must not exist). Best of five rounds each; CPU time of this thread.
#include "cyber/cyber.hpp"
#include "cyber/url_plain.hpp"

#include <absl/container/flat_hash_set.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sqlite3.h>

namespace fs = std::filesystem;
using namespace adal::cyber;

namespace {

double cpu_seconds()
{
    timespec at{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

double wall_seconds()
{
    timespec at{};
    ::clock_gettime(CLOCK_MONOTONIC, &at);
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

// Nanoseconds for each of `count`, the best of five.
double best(std::size_t count, const std::function<std::size_t()>& round, std::size_t& answer)
{
    double least = 1e30;
    for (int i = 0; i < 5; ++i) {
        const double from = cpu_seconds();
        answer = round();
        least = std::min(least, cpu_seconds() - from);
    }
    return least * 1e9 / static_cast<double>(count);
}

// `answer` is read after the rounds that made it.
void tell(const char* what, double nanoseconds, const std::size_t& answer)
{
    std::printf("%-58s %9.1f ns   (%zu)\n", what, nanoseconds, answer);
    std::fflush(stdout);
}

std::vector<std::string> read_feed(const std::string& path)
{
    std::vector<std::string> lines;
    std::ifstream in{path};
    for (std::string line; std::getline(in, line);) {
        if (const auto tab = line.rfind('\t'); tab != line.npos) line = line.substr(tab + 1);
        if (line.find("://") != line.npos) lines.push_back(std::move(line));
    }
    return lines;
}

SuffixList read_suffixes()
{
    std::ifstream in{kSystemSuffixList, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    return SuffixList::read(text, kSystemSuffixList).value();
}

std::string made_up_name(std::size_t i)
{
    char name[96];
    std::snprintf(name, sizeof name, "n%zx-%zu.example%zu.net", i * 2654435761U % 0xFFFFFF, i, i % 977);
    return name;
}

void measure_canonical(const std::vector<std::string>& feed, const SuffixList& suffixes)
{
    std::vector<std::string> canonical;
    for (const auto& line : feed)
        if (const auto url = parse_url(line)) canonical.push_back(url->href);
    std::size_t answer = 0, bytes = 0;
    for (const auto& line : canonical)
        bytes += line.size();
    std::printf("%zu addresses, %zu bytes each\n", feed.size(), bytes / std::max<std::size_t>(canonical.size(), 1));
    auto all_of = [&](const std::vector<std::string>& lines, auto ask) {
        return [&lines, ask] {
            std::size_t sum = 0;
            for (const auto& line : lines)
                sum += ask(line);
            return sum;
        };
    };
    tell("is it canonical already", best(canonical.size(), all_of(canonical, [](const std::string& line) { return std::size_t{is_plainly_canonical(line)}; }), answer), answer);
    Url url;
    tell("parse_url, as in the feed", best(feed.size(), all_of(feed, [&](const std::string& line) { return parse_url_into(url, line) ? url.href.size() : 0; }), answer), answer);
    std::vector<std::string> loud; // not plain: a default port, a capital, a dot segment
    for (const auto& line : canonical)
        if (PlainPlaces places; find_plain_places(line, places)) loud.push_back("HTTPS" + line.substr(places.scheme_end, places.host_end - places.scheme_end) + ":443/./" + line.substr(places.host_end));
    tell("parse_url, all written differently", best(loud.size(), all_of(loud, [&](const std::string& line) { return parse_url_into(url, line) ? url.href.size() : 0; }), answer), answer);
    tell("registrable domain", best(canonical.size(), all_of(canonical, [&](const std::string& line) { PlainPlaces places; return find_plain_places(line, places) ? suffixes.registrable(std::string_view{line}.substr(places.scheme_end + 3U, places.host_end - places.scheme_end - 3U)).size() : 0; }), answer), answer);
    tell("read_link: identity and registrable domain", best(feed.size(), all_of(feed, [&](const std::string& line) { return read_link(line, suffixes).identity.key.size(); }), answer), answer);
}

std::string_view host_of(std::string_view line)
{
    const auto from = line.find("://") + 3;
    return line.substr(from, std::min(line.find_first_of("/?#:", from), line.size()) - from);
}

// The obvious rivals are asked the same: the host, then each name above it with two labels at least.
template <typename Has> std::size_t hits(const std::vector<std::string>& feed, Has has)
{
    std::size_t found = 0;
    for (const auto& line : feed) {
        auto host = host_of(line);
        for (;;) {
            if (has(host)) {
                ++found;
                break;
            }
            const auto dot = host.find('.');
            if (dot == host.npos || host.find('.', dot + 1) == host.npos) break;
            host.remove_prefix(dot + 1);
        }
    }
    return found;
}

void measure_matching(const std::vector<std::string>& feed, const std::vector<std::string>& names, const std::string& index_file, const SuffixList& suffixes)
{
    double from = wall_seconds();
    {
        std::string list;
        for (const auto& name : names)
            list += name + "\n";
        MatchIndexBuilder builder{suffixes};
        builder.add_list("bench", list);
        if (!write_whole_file(index_file, builder.file().value())) std::exit(1);
    }
    std::printf("index: read the list and write the file %.2f s\n", wall_seconds() - from);
    from = wall_seconds();
    const auto index = MatchIndex::open(index_file).value();
    std::printf("index: open and check %.3f s, %.2f bytes an entry\n", wall_seconds() - from, static_cast<double>(index.bytes()) / static_cast<double>(index.entries()));
    std::size_t answer = 0;
    Matcher matcher{index, suffixes};
    std::vector<std::string_view> batch(Matcher::kBatch);
    std::vector<std::vector<Match>> found(Matcher::kBatch);
    const auto round = [&] {
        std::size_t sum = 0;
        for (std::size_t at = 0; at < feed.size(); at += Matcher::kBatch) {
            const auto count = std::min(Matcher::kBatch, feed.size() - at);
            std::copy_n(feed.begin() + static_cast<std::ptrdiff_t>(at), count, batch.begin());
            matcher.match(std::span{batch}.first(count), std::span{found}.first(count));
            for (std::size_t i = 0; i < count; ++i)
                sum += !found[i].empty();
        }
        return sum;
    };
    tell("index: text to answer", best(feed.size(), round, answer), answer);
}

void measure_absl(const std::vector<std::string>& feed, const std::vector<std::string>& names)
{
    absl::flat_hash_set<std::string> set(names.begin(), names.end());
    std::size_t answer = 0;
    std::string key;
    tell("absl::flat_hash_set, host cut out by hand", best(feed.size(), [&] { return hits(feed, [&](std::string_view host) { key.assign(host); return set.contains(key); }); }, answer), answer);
}

void check(int code, int wanted, sqlite3* db)
{
    if (code == wanted) return;
    std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
    std::exit(1);
}

void measure_sqlite(const std::vector<std::string>& feed, const std::vector<std::string>& names, const std::string& path)
{
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_open(path.c_str(), &db), SQLITE_OK, db);
    check(sqlite3_exec(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; CREATE TABLE n(name TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN", nullptr, nullptr, nullptr), SQLITE_OK, db);
    check(sqlite3_prepare_v2(db, "INSERT OR IGNORE INTO n VALUES(?1)", -1, &statement, nullptr), SQLITE_OK, db);
    auto sorted = names;
    std::ranges::sort(sorted);
    for (const auto& name : sorted) {
        sqlite3_bind_text(statement, 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
        check(sqlite3_step(statement), SQLITE_DONE, db);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    check(sqlite3_exec(db, "COMMIT; BEGIN", nullptr, nullptr, nullptr), SQLITE_OK, db);
    check(sqlite3_prepare_v2(db, "SELECT 1 FROM n WHERE name=?1", -1, &statement, nullptr), SQLITE_OK, db);
    const auto has = [&](std::string_view host) {
        sqlite3_bind_text(statement, 1, host.data(), static_cast<int>(host.size()), SQLITE_STATIC);
        const bool found = sqlite3_step(statement) == SQLITE_ROW;
        sqlite3_reset(statement);
        return found;
    };
    std::size_t answer = 0;
    tell("SQLite, one open transaction, host cut out by hand", best(feed.size(), [&] { return hits(feed, has); }, answer), answer);
    std::printf("SQLite: %.1f bytes an entry\n", static_cast<double>(fs::file_size(path)) / static_cast<double>(names.size()));
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: url_bench FEED [ENTRIES [FOLDER]]\n");
        return 2;
    }
    const auto feed = read_feed(argv[1]);
    const std::size_t entries = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    const std::string folder = argc > 3 ? argv[3] : "url_bench.tmp";
    if (feed.empty() || !fs::create_directories(folder)) {
        std::fprintf(stderr, "the feed is empty, or %s exists\n", folder.c_str());
        return 1;
    }
    const auto suffixes = read_suffixes();
    measure_canonical(feed, suffixes);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < feed.size() && names.size() < entries; i += 100)
        if (const auto domain = suffixes.registrable(host_of(feed[i])); !domain.empty()) names.emplace_back(domain);
    while (names.size() < entries)
        names.push_back(made_up_name(names.size()));
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::printf("%zu entries\n", names.size());
    measure_matching(feed, names, folder + "/bench.index", suffixes);
    measure_absl(feed, names);
    measure_sqlite(feed, names, folder + "/bench.db");
    fs::remove_all(folder);
}
