#include "cli/command.hpp"

#include "base/hash.hpp"
#include "base/time.hpp"
#include "cyber/cyber.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <unistd.h>

namespace adal::cli {

namespace url_command {

struct Options {
    std::string file = "-", suffixes = cyber::kSystemSuffixList;
    bool jsonl = false;
    std::vector<std::string> lists{}, own{};
    std::string index{};
    bool hits_only = false;
    std::vector<std::string> protect{}, bad{}, good{};
    std::string model{};
};

Result<std::string> bytes_of(const std::string& path)
{
    std::ifstream in{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (!in.is_open() || in.bad()) return fail(unreadable, {{"file", path}});
    return bytes;
}

Result<cyber::SuffixList> suffixes_of(const Options& options)
{
    const auto bytes = bytes_of(options.suffixes);
    if (!bytes) return pass(bytes);
    return cyber::SuffixList::read(*bytes, options.suffixes);
}

// Lines of a file or of standard input, without their ends.
class Lines
{
public:
    static Result<Lines> open(const std::string& path)
    {
        Lines lines;
        if (path == "-") return lines;
        lines.m_file = std::make_unique<std::ifstream>(path, std::ios::binary);
        // A folder opens, and only reading it fails.
        if (!lines.m_file->is_open() || (lines.m_file->peek(), lines.m_file->bad())) return fail(unreadable, {{"file", path}});
        lines.m_file->clear();
        return lines;
    }
    bool next(std::string& line)
    {
        auto& in = m_file ? *m_file : std::cin;
        if (!std::getline(in, line)) return false;
        if (line.ends_with('\r')) line.pop_back();
        ++m_number;
        return true;
    }
    [[nodiscard]] std::uint64_t number() const { return m_number; }

private:
    std::unique_ptr<std::ifstream> m_file{};
    std::uint64_t m_number = 0;
};

// Answers, written in large pieces.
class Answers
{
public:
    std::string& line() { return m_pending; }
    bool end_line()
    {
        m_pending += '\n';
        return m_pending.size() < (1U << 16) || flush();
    }
    bool flush()
    {
        const bool written = std::fwrite(m_pending.data(), 1, m_pending.size(), stdout) == m_pending.size() && std::fflush(stdout) == 0;
        m_pending.clear();
        return written;
    }

private:
    std::string m_pending{};
};

int tell_line(i18n::Language language, const Lines& lines, const Problem& problem)
{
    fmt::print(stderr, "line {}: ", lines.number());
    return report(language, problem);
}

int canon(const Options& options, i18n::Language language)
{
    const auto suffixes = suffixes_of(options);
    if (!suffixes) return report(language, suffixes.error());
    auto lines = Lines::open(options.file);
    if (!lines) return report(language, lines.error());
    Answers answers;
    int code = kGood;
    for (std::string line; lines->next(line);) {
        cyber::CanonInput asked{.input = line};
        if (options.jsonl) {
            auto read = cyber::read_canon_input(line);
            if (!read) {
                code = tell_line(language, *lines, read.error());
                continue;
            }
            asked = std::move(*read);
        }
        cyber::append_canon(answers.line(), asked.input, asked.base, *suffixes);
        if (!answers.end_line()) return kUnexpected;
    }
    return answers.flush() ? code : kUnexpected;
}

// "FILE:LINE: problem", for every line of a list that was not taken.
void tell_refused(i18n::Language language, const cyber::MatchIndexBuilder& builder)
{
    for (const auto& line : builder.refused())
        fmt::print(stderr, "{}:{}: {}\n", builder.lists()[line.list].name, line.line, i18n::text(language, "reason." + std::string{line.reason}));
    for (const auto& list : builder.lists())
        fmt::print(stderr, "{}: lines {} entries {} refused {}\n", list.name, list.lines, list.entries, list.refused);
}

// What was kept is used while it was made of the very same lists.
bool is_of(const cyber::MatchIndex& index, const std::vector<std::string>& names, const std::vector<std::string>& texts)
{
    if (index.lists().size() != names.size()) return false;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (index.lists()[i].name != names[i] || index.lists()[i].sha256 != hex(view(sha256(texts[i])))) return false;
    return true;
}

Result<cyber::MatchIndex> index_of(const Options& options, const cyber::SuffixList& suffixes, i18n::Language language)
{
    if (options.lists.empty()) return cyber::MatchIndex::open(options.index);
    std::vector<std::string> texts;
    for (const auto& file : options.lists) {
        auto bytes = bytes_of(file);
        if (!bytes) return pass(bytes);
        texts.push_back(std::move(*bytes));
    }
    if (!options.index.empty() && ::access(options.index.c_str(), F_OK) == 0) {
        auto kept = cyber::MatchIndex::open(options.index);
        if (!kept) return pass(kept);
        if (is_of(*kept, options.lists, texts)) return kept;
    }
    cyber::MatchIndexBuilder builder{suffixes, options.own};
    for (std::size_t i = 0; i < texts.size(); ++i)
        builder.add_list(options.lists[i], texts[i]);
    tell_refused(language, builder);
    if (options.index.empty()) return builder.index();
    const auto made = builder.file();
    if (!made) return pass(made);
    if (const auto written = cyber::write_whole_file(options.index, *made); !written) return pass(written);
    return cyber::MatchIndex::open(options.index);
}

// Reads up to a batch of lines; how many.
std::size_t next_batch(Lines& lines, std::vector<std::string>& batch)
{
    std::size_t count = 0;
    while (count < batch.size() && lines.next(batch[count]))
        ++count;
    return count;
}

int match(const Options& options, i18n::Language language)
{
    const auto suffixes = suffixes_of(options);
    if (!suffixes) return report(language, suffixes.error());
    const auto index = index_of(options, *suffixes, language);
    if (!index) return report(language, index.error());
    auto lines = Lines::open(options.file);
    if (!lines) return report(language, lines.error());
    Answers answers;
    cyber::Matcher matcher{*index, *suffixes};
    std::vector<std::string> batch(cyber::Matcher::kBatch);
    std::vector<std::string_view> written(batch.size());
    std::vector<std::vector<cyber::Match>> found(batch.size());
    for (std::size_t count = 0; (count = next_batch(*lines, batch)) > 0;) {
        for (std::size_t i = 0; i < count; ++i)
            written[i] = batch[i];
        matcher.match(std::span{written}.first(count), std::span{found}.first(count));
        for (std::size_t i = 0; i < count; ++i) {
            if (options.hits_only && found[i].empty()) continue;
            cyber::append_matches(answers.line(), written[i], found[i], *index);
            if (!answers.end_line()) return kUnexpected;
        }
    }
    return answers.flush() ? kGood : kUnexpected;
}

Result<cyber::Guard> guard_of(const Options& options, const cyber::SuffixList& suffixes)
{
    cyber::Guard guard{suffixes};
    for (const auto& one : options.protect) {
        const auto equals = one.find('=');
        const auto bytes = bytes_of(one.substr(equals + 1));
        if (!bytes) return pass(bytes);
        guard.add_list(*cyber::protection_from(one.substr(0, equals)), *bytes);
    }
    return guard;
}

Result<cyber::TextModel> model_of(const Options& options)
{
    const auto bytes = bytes_of(options.model);
    if (!bytes) return pass(bytes);
    return cyber::TextModel::read(*bytes, options.model);
}

// What a line is held against; index and model only when they were asked for.
struct Judges {
    cyber::SuffixList suffixes;
    std::optional<cyber::MatchIndex> index{};
    std::optional<cyber::TextModel> model{};
};

Result<Done> open_judges(Judges& judges, const Options& options, i18n::Language language)
{
    if (!options.lists.empty() || !options.index.empty()) {
        auto index = index_of(options, judges.suffixes, language);
        if (!index) return pass(index);
        judges.index = std::move(*index);
    }
    if (!options.model.empty()) {
        auto model = model_of(options);
        if (!model) return pass(model);
        judges.model = std::move(*model);
    }
    return done();
}

int score(const Options& options, i18n::Language language)
{
    auto suffixes = suffixes_of(options);
    if (!suffixes) return report(language, suffixes.error());
    Judges judges{.suffixes = std::move(*suffixes)};
    if (const auto opened = open_judges(judges, options, language); !opened) return report(language, opened.error());
    const auto guard = guard_of(options, judges.suffixes);
    if (!guard) return report(language, guard.error());
    auto lines = Lines::open(options.file);
    if (!lines) return report(language, lines.error());
    const cyber::TriageRules rules;
    const auto feature_text = [language](const std::string& feature) { return i18n::text(language, "cyber.feature." + feature); };
    Answers answers;
    for (std::string line; lines->next(line);) {
        const auto link = cyber::read_link(line, judges.suffixes);
        const auto matches = judges.index ? judges.index->match(line, judges.suffixes) : std::vector<cyber::Match>{};
        const auto triage = rules.triage(line, link, matches, judges.model ? judges.model->opinion(link, judges.suffixes) : cyber::TextOpinion{}, judges.suffixes, *guard);
        cyber::append_triage(answers.line(), line, link, triage, *guard, feature_text);
        if (!answers.end_line()) return kUnexpected;
    }
    return answers.flush() ? kGood : kUnexpected;
}

int train(const Options& options, i18n::Language language)
{
    const auto suffixes = suffixes_of(options);
    if (!suffixes) return report(language, suffixes.error());
    cyber::TextModelTrainer trainer{*suffixes};
    for (const auto& [files, bad] : {std::pair{&options.bad, true}, std::pair{&options.good, false}})
        for (const auto& file : *files) {
            const auto bytes = bytes_of(file);
            if (!bytes) return report(language, bytes.error());
            trainer.add(file, *bytes, bad);
        }
    const auto model = trainer.train(iso(local_date(now())));
    if (!model) return report(language, model.error());
    if (const auto written = cyber::write_whole_file(options.model, model->file()); !written) return report(language, written.error());
    const auto& sheet = model->sheet();
    fmt::print("{{\"trained_bad\":{},\"trained_good\":{},\"held_out_bad\":{},\"held_out_good\":{},\"auc\":{:.4f},\"found_at_1_percent\":{:.3f},\"found_at_1_permille\":{:.3f}}}\n", sheet.trained_bad, sheet.trained_good, sheet.measure.bad, sheet.measure.good, sheet.measure.auc, sheet.measure.found_at_1_percent, sheet.measure.found_at_1_permille);
    return kGood;
}

std::string protection_problem(const std::string& written)
{
    const auto equals = written.find('=');
    const bool good = equals != std::string::npos && cyber::protection_from(written.substr(0, equals));
    return good ? "" : "it is written CATEGORY=FILE; categories: government education press bank popular civic hosting shortener";
}

void add_lists(CLI::App& command, Options& options)
{
    command.add_option("--list", options.lists, "list of names or addresses; may be given again")->allow_extra_args(false);
    command.add_option("--index", options.index, "keep what was made of the lists in this file, and use it");
    command.add_option("--own", options.own, "name that may be on no list; may be given again")->allow_extra_args(false);
}

void add_common(CLI::App& command, Options& options, Invocation& invocation)
{
    command.add_option("file", options.file, "file of lines, - for standard input");
    command.add_option("--psl", options.suffixes, "public suffix list");
    command.add_option("--lang", invocation.language_code, "kk, ru or en")->check(CLI::IsMember({"kk", "ru", "en"}));
}

} // namespace url_command

void add_url(CLI::App& app, Invocation& invocation)
{
    using namespace url_command;
    auto* command = add_command(app, invocation, "url");
    command->require_subcommand(1);
    auto options = std::make_shared<Options>();
    auto* canonical = command->add_subcommand("canon", "canonical identity per line");
    add_common(*canonical, *options, invocation);
    canonical->add_flag("--jsonl", options->jsonl, "lines are JSON: {\"input\":…, \"base\":…}");
    auto* matching = command->add_subcommand("match", "which lists a line is on");
    add_common(*matching, *options, invocation);
    add_lists(*matching, *options);
    matching->add_flag("--hits-only", options->hits_only, "only lines that are on a list");
    matching->callback([options, &invocation] {
        if (options->lists.empty() && options->index.empty()) throw CLI::RequiredError("--list");
        invocation.run = [options](i18n::Language language) { return match(*options, language); };
    });
    auto* scoring = command->add_subcommand("score", "what to look at first, and why");
    add_common(*scoring, *options, invocation);
    add_lists(*scoring, *options);
    scoring->add_option("--model", options->model, "model made by adal url train");
    scoring->add_option("--protect", options->protect, "CATEGORY=FILE: names never referred as a whole; may be given again")->allow_extra_args(false)->check(protection_problem);
    scoring->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return score(*options, language); }; });
    auto* training = command->add_subcommand("train", "make a text model of known addresses");
    training->add_option("--bad", options->bad, "file of bad addresses; may be given again")->required()->allow_extra_args(false);
    training->add_option("--good", options->good, "file of harmless addresses; may be given again")->required()->allow_extra_args(false);
    training->add_option("--model", options->model, "file to write")->required();
    training->add_option("--psl", options->suffixes, "public suffix list");
    training->add_option("--lang", invocation.language_code, "kk, ru or en")->check(CLI::IsMember({"kk", "ru", "en"}));
    training->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return train(*options, language); }; });
    canonical->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return canon(*options, language); }; });
}

} // namespace adal::cli
