// What the text model of links is worth on addresses of a later time, of domains it has never seen, against harmless
// addresses of another source (docs/models/links.md).
//
//   links_bench [--validate] [--svg FILE] FEED GOOD OTHER [NAMES…]
//
// FEED: bad addresses, a line "seconds since 1970<TAB>address" each. The first seven tenths by time are learnt from, with GOOD
// (harmless addresses, one a line) and NAMES (harmless names); the rest of the feed and OTHER measure. --validate: the same
// inside those seven tenths, the rest is not looked at; what is tried out is chosen by this alone. A domain that is measured is in nothing that
// is learnt from: learnt addresses push it out of the measure, a name of NAMES gives way. --svg: how odds came true, as a picture.
#include "cyber/cyber.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <unordered_set>

using namespace adal::cyber;

namespace {

struct Options {
    bool validate = false;
    std::string svg{};
    std::vector<std::string> files{};
};

struct Dated {
    long time = 0;
    std::string address{};
};

std::vector<std::string> lines_of(const std::string& path)
{
    std::ifstream in{path};
    if (!in) {
        fmt::print(stderr, "links_bench: cannot read {}\n", path);
        std::exit(1);
    }
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::vector<Dated> feed_of(const std::string& path)
{
    std::vector<Dated> feed;
    for (const auto& line : lines_of(path))
        if (const auto tab = line.find('\t'); tab != line.npos && line[0] >= '0' && line[0] <= '9') feed.push_back({std::atol(line.c_str()), line.substr(tab + 1)});
    std::ranges::stable_sort(feed, {}, &Dated::time);
    return feed;
}

std::string domain_of(const Link& link)
{
    return link.registrable.empty() ? link.identity.key : link.registrable;
}

// Addresses to measure with: each once, none of a domain in `learnt`.
std::vector<Link> unseen(const std::vector<std::string>& lines, const std::unordered_set<std::string>& learnt, const SuffixList& suffixes)
{
    std::vector<Link> out;
    std::unordered_set<std::string> keys;
    for (const auto& line : lines)
        if (auto link = read_link(line, suffixes); link.identity.kind == Kind::url && !learnt.contains(domain_of(link)) && keys.insert(link.identity.key).second) out.push_back(std::move(link));
    return out;
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    return all;
}

struct Split {
    std::vector<std::string> bad{}, later{}; // to learn from, to measure with
};

Split split_of(const std::vector<Dated>& feed, bool validate)
{
    const auto end = validate ? feed.size() * 7 / 10 : feed.size();
    const auto cut = feed[end * 7 / 10].time;
    Split out;
    for (std::size_t i = 0; i < end; ++i) (feed[i].time <= cut ? out.bad : out.later).push_back(feed[i].address);
    fmt::print("learnt until {}, measured until {} (seconds since 1970)\n", cut, feed[end - 1].time);
    return out;
}

// Share of bad ones among those said to be bad with 0–10 %, 10–20 %, …, as if there were as many bad as good ones.
struct Reliability {
    std::array<double, 10> bad{}, good{};
    [[nodiscard]] double share(std::size_t i) const { return bad[i] + good[i] == 0 ? 0 : bad[i] / (bad[i] + good[i]); }
};

Reliability reliability(const std::vector<double>& bad, const std::vector<double>& good)
{
    Reliability out;
    const auto count = [](const std::vector<double>& odds, std::array<double, 10>& bins) {
        for (const double one : odds) bins[std::min<std::size_t>(9, static_cast<std::size_t>(10 / (1 + std::exp(-one))))] += 1 / static_cast<double>(odds.size());
    };
    count(bad, out.bad);
    count(good, out.good);
    return out;
}

void tell(const Reliability& table)
{
    fmt::print("\n| said | came true | of the bad | of the good |\n| --- | --- | --- | --- |\n");
    for (std::size_t i = 0; i < 10; ++i)
        fmt::print("| {}–{} % | {:.0f} % | {:.1f} % | {:.1f} % |\n", 10 * i, 10 * i + 10, 100 * table.share(i), 100 * table.bad[i], 100 * table.good[i]);
}

void draw(const Reliability& table, const std::string& path)
{
    std::ofstream out{path};
    out << R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" font-family="sans-serif" font-size="9"><title>Said and came true</title>)"
        << R"(<path d="M30 210H230M30 210V10" stroke="#555" fill="none"/><path d="M30 210L230 10" stroke="#999" stroke-dasharray="3"/><polyline fill="none" stroke="#06c" stroke-width="2" points=")";
    for (std::size_t i = 0; i < 10; ++i) out << fmt::format("{:.0f},{:.1f} ", 40 + 20 * static_cast<double>(i), 210 - 200 * table.share(i));
    out << R"("/><text x="30" y="225">0 %</text><text x="232" y="225" text-anchor="end">said 100 %</text><text x="2" y="16">100 %</text><text x="34" y="16">came true</text></svg>)" << "\n";
}

void measure(const TextModel& model, const std::vector<Link>& bad, const std::vector<Link>& good, const SuffixList& suffixes, const std::string& svg)
{
    std::vector<double> bad_odds, good_odds;
    for (const auto& link : bad) bad_odds.push_back(model.log_odds(text_features(link, suffixes)));
    for (const auto& link : good) good_odds.push_back(model.log_odds(text_features(link, suffixes)));
    const auto table = reliability(bad_odds, good_odds);
    const auto m = measured(std::move(bad_odds), std::move(good_odds));
    fmt::print("measured on {} bad, {} good: AUC {:.4f}, found at 1 % {:.3f}, at 0.1 % {:.3f}\n", m.bad, m.good, m.auc, m.found_at_1_percent, m.found_at_1_permille);
    tell(table);
    if (!svg.empty()) draw(table, svg);
}

Options options_of(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--validate") options.validate = true;
        else if (word == "--svg" && i + 1 < argc) options.svg = argv[++i];
        else options.files.emplace_back(word);
    }
    return options;
}

} // namespace

int main(int argc, char** argv)
{
    const auto options = options_of(argc, argv);
    if (options.files.size() < 3) {
        fmt::print(stderr, "usage: links_bench [--validate] [--svg FILE] FEED GOOD OTHER [NAMES…]\n");
        return 2;
    }
    const char* psl = std::getenv("ADAL_PSL");
    const std::string psl_file = psl != nullptr ? psl : kSystemSuffixList;
    const auto suffixes = SuffixList::read(joined(lines_of(psl_file)), psl_file).value();
    const auto split = split_of(feed_of(options.files[0]), options.validate);
    const auto good = lines_of(options.files[1]);
    std::unordered_set<std::string> learnt, held;
    for (const auto* lines : {&split.bad, &good})
        for (const auto& line : *lines) learnt.insert(domain_of(read_link(line, suffixes)));
    const auto later = unseen(split.later, learnt, suffixes), other = unseen(lines_of(options.files[2]), learnt, suffixes);
    for (const auto* links : {&later, &other})
        for (const auto& link : *links) held.insert(domain_of(link));
    TextModelTrainer trainer{suffixes};
    trainer.add(options.files[0], joined(split.bad), true);
    trainer.add(options.files[1], joined(good), false);
    for (std::size_t i = 3; i < options.files.size(); ++i) {
        auto names = lines_of(options.files[i]);
        std::erase_if(names, [&](const std::string& line) { return held.contains(domain_of(read_link(line, suffixes))); });
        trainer.add(options.files[i], joined(names), false);
    }
    const auto model = trainer.train("2026-01-01");
    if (!model) {
        fmt::print(stderr, "links_bench: too few examples\n");
        return 1;
    }
    fmt::print("learnt from {} bad and {} good examples\n", model->sheet().trained_bad, model->sheet().trained_good);
    measure(*model, later, other, suffixes, options.svg);
}
