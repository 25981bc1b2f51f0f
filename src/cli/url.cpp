#include "cli/command.hpp"

#include "cyber/cyber.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>

namespace adal::cli {

namespace url_command {

struct Options {
    std::string file = "-", suffixes = cyber::kSystemSuffixList;
    bool jsonl = false;
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
    canonical->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return canon(*options, language); }; });
}

} // namespace adal::cli
