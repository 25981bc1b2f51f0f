#include "cli/command.hpp"

#include "procurement/block_threads.hpp"
#include "procurement/cardinal/indicators.hpp"
#include "procurement/coverage.hpp"
#include "procurement/facts_file.hpp"
#include "procurement/facts_process.hpp"
#include "procurement/procurement.hpp"
#include "procurement/screen_page_view.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace adal::cli {

namespace {

namespace columns = procurement::columns;
namespace cardinal = procurement::cardinal;

struct Options {
    std::vector<std::string> files{};
    std::string profile = "kz", format{}, settings{}, facts{}, rnu{};
    unsigned threads = 0;
    bool explain = false, no_map = false;
};

// A line that rewrites itself, on a terminal only and not for what is over at once.
class Bar {
public:
    columns::Progress progress()
    {
        if (!::isatty(STDERR_FILENO)) return {};
        return [this](std::uint64_t done, std::uint64_t total) { show(done, total); };
    }
    ~Bar()
    {
        if (m_shown) fmt::print(stderr, "\r\033[K");
    }

private:
    void show(std::uint64_t done, std::uint64_t total)
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_last < std::chrono::milliseconds{100}) return;
        m_last = now;
        m_shown = true;
        if (total == 0) return fmt::print(stderr, "\r{:>10.1f} MB\033[K", static_cast<double>(done) / 1e6);
        const auto filled = static_cast<int>(40 * std::min(done, total) / total);
        fmt::print(stderr, "\r[{:#<{}}{:<{}}] {:>3} %\033[K", "", filled, "", 40 - filled, 100 * std::min(done, total) / total);
    }
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
    bool m_shown = false;
};

// What was not simply used: "FILE:LINE: verdict ocid field reason".
void print_notes(const std::vector<columns::RowNote>& notes, const std::vector<std::string>& files, bool all)
{
    constexpr int kSome = 20;
    int noted = 0;
    for (const auto& note : notes) {
        if (!all && note.verdict == columns::RowVerdict::noted && ++noted > kSome) continue;
        fmt::print(stderr, "{}:{}: {} {} {} {}\n", files[note.source], note.line, columns::text(note.verdict), note.ocid, note.field, note.reason);
    }
}

void print_summary(const columns::FactsRead& read, bool explain)
{
    std::vector<std::string> files;
    for (const auto& source : read.facts.sources) files.push_back(source.path);
    print_notes(read.notes, files, explain);
    fmt::print(stderr, "rows {} used {} skipped {} refused {} duplicates {} noted {}\n", read.counts.rows, read.used(), read.counts.skipped, read.counts.refused, read.duplicates, read.counts.noted);
    const auto told = read.notes.size();
    const auto all = read.counts.skipped + read.counts.refused + read.duplicates + read.counts.noted;
    if (told < all) fmt::print(stderr, "notes kept {} of {}\n", told, all);
}

Result<cardinal::Settings> settings_of(const Options& options)
{
    if (options.settings.empty()) return cardinal::Settings::standard();
    std::ifstream in{options.settings, std::ios::binary};
    std::string ini{std::istreambuf_iterator<char>{in}, {}};
    if (!in.good() && !in.eof()) return fail(procurement::unreadable_file, {{"file", options.settings}, {"reason", std::strerror(errno)}});
    return cardinal::read_settings(ini, options.settings);
}

Result<columns::KeptFacts> facts_of(const Options& options, columns::Depth depth)
{
    Bar bar;
    const columns::ReadOptions how{.depth = depth, .threads = options.threads, .progress = bar.progress(), .hash_rows = false};
    if (!options.facts.empty()) return columns::kept_facts(options.files, options.facts, how);
    auto read = columns::read_facts(options.files, how);
    if (!read) return pass(read);
    return columns::KeptFacts{std::move(*read), false};
}

// The answer may be large; a closed pipe or a full disk is no good answer.
int put_out(std::string_view text)
{
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return written ? kGood : kUnexpected;
}

int screen_cardinal(const Options& options, i18n::Language language)
{
    const auto settings = settings_of(options);
    if (!settings) return report(language, settings.error());
    const auto kept = facts_of(options, columns::Depth::flags);
    if (!kept) return report(language, kept.error());
    const auto& facts = kept->read.facts;
    const auto maps = options.no_map ? cardinal::WithMaps::no : cardinal::WithMaps::yes;
    const auto answer = cardinal::indicators(facts, *settings, maps);
    print_summary(kept->read, options.explain);
    fmt::print(stderr, "excluded cancelled {} methods {} currency {} other-currency {}\n", answer.excluded_cancelled, answer.excluded_details, facts.name(answer.currency), answer.other_currency);
    return put_out(cardinal::to_json(answer, facts, maps));
}

// What the page says about its sources.
procurement::ScreenRun run_of(const columns::FactsRead& read, const procurement::Register& unscrupulous)
{
    constexpr std::size_t kMostNotes = 100;
    const auto count = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
    procurement::ScreenRun run{.rows = count(read.counts.rows),
                               .used = count(read.used()),
                               .skipped = count(read.counts.skipped),
                               .refused = count(read.counts.refused),
                               .duplicates = count(read.duplicates),
                               .noted = count(read.counts.noted)};
    for (const auto& source : read.facts.sources) run.files.push_back(source.path);
    for (const auto& note : read.notes)
        if (run.notes.size() < kMostNotes)
            run.notes.push_back(fmt::format("{}:{}: {} {} {} {}", run.files[note.source], note.line, columns::text(note.verdict), note.ocid, note.field, note.reason));
    run.register_entries = static_cast<std::int64_t>(unscrupulous.entries().size());
    return run;
}

int screen_kz(const Options& options, i18n::Language language)
{
    procurement::Register unscrupulous;
    if (!options.rnu.empty()) {
        auto read = procurement::read_register_file(options.rnu);
        if (!read) return report(language, read.error());
        unscrupulous = std::move(*read);
    }
    const auto kept = facts_of(options, columns::Depth::full);
    if (!kept) return report(language, kept.error());
    const columns::FactsProcesses processes{kept->read.facts};
    std::vector<procurement::Screened> screened;
    {
        Bar bar;
        screened = procurement::screen(processes, procurement::Thresholds::standard(),
                                       {.threads = columns::threads_for(options.threads), .failed_only = !options.explain, .progress = bar.progress(), .unscrupulous = &unscrupulous});
    }
    print_summary(kept->read, options.explain);
    if (options.format == "html") return put_out(procurement::screen_page(processes, screened, run_of(kept->read, unscrupulous), language));
    const auto format = procurement::report_format_from(options.format.empty() ? "jsonl" : options.format);
    const auto answers = options.explain ? procurement::Answers::all : procurement::Answers::failed;
    return put_out(procurement::screen_report(processes, screened, *format, language, answers));
}

int screen_files(const Options& options, i18n::Language language)
{
    if (options.profile == "cardinal") return screen_cardinal(options, language);
    return screen_kz(options, language);
}

int count_coverage(const Options& options, i18n::Language language)
{
    Bar bar;
    const auto found = columns::coverage(options.files, {.threads = options.threads, .progress = bar.progress()});
    if (!found) return report(language, found.error());
    print_notes(found->notes, found->files, true);
    fmt::print(stderr, "rows {} refused {}\n", found->rows, found->refused);
    return put_out(columns::to_json(*found));
}

// Which options go together is not the parser's business.
void check_usage(const Options& options)
{
    const bool is_cardinal = options.profile == "cardinal";
    if (options.files.empty() && options.facts.empty()) throw CLI::RequiredError("FILE");
    if (is_cardinal && !options.format.empty() && options.format != "json") throw CLI::ValidationError("--format", "the profile cardinal answers in json");
    if (is_cardinal && !options.rnu.empty()) throw CLI::ValidationError("--rnu", "--rnu belongs to the profile kz");
    if (!is_cardinal && (!options.settings.empty() || options.no_map)) throw CLI::ValidationError("--profile", "--settings and --no-map belong to the profile cardinal");
}

} // namespace

void add_screen(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "screen");
    command->add_option("files", options->files, "OCDS files, - for standard input");
    command->add_option("--profile", options->profile, "kz or cardinal")->check(CLI::IsMember({"kz", "cardinal"}));
    command->add_option("--settings", options->settings, "settings file of OCDS Cardinal");
    command->add_option("--format", options->format, "json, jsonl, csv or html")->check(CLI::IsMember({"json", "jsonl", "csv", "html"}));
    command->add_option("--rnu", options->rnu, "register of unscrupulous suppliers, JSON or CSV");
    command->add_option("--facts", options->facts, "keep what was read in this file, and use it");
    command->add_option("--threads", options->threads, "how many threads read, 0 for all")->check(CLI::Range(0U, 256U));
    command->add_flag("--explain", options->explain, "every flag of every process, and every row that was not simply used");
    command->add_flag("--no-map", options->no_map, "without the maps from processes to organisations");

    auto* coverage = command->add_subcommand("coverage", "how often each field is filled");
    auto paths = std::make_shared<Options>();
    coverage->add_option("files", paths->files, "OCDS files, - for standard input")->required();
    coverage->add_option("--threads", paths->threads, "how many threads read, 0 for all")->check(CLI::Range(0U, 256U));
    coverage->add_option("--lang", invocation.language_code, "kk, ru or en")->check(CLI::IsMember({"kk", "ru", "en"}));
    coverage->callback([paths, &invocation] { invocation.run = [paths](i18n::Language language) { return count_coverage(*paths, language); }; });

    command->callback([options, command, &invocation] {
        if (!command->get_subcommands().empty()) return;
        check_usage(*options);
        invocation.run = [options](i18n::Language language) { return screen_files(*options, language); };
    });
}

} // namespace adal::cli
