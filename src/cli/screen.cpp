#include "cli/command.hpp"

#include "procurement/procurement.hpp"

#include <fmt/format.h>

namespace adal::cli {

namespace {

struct Options {
    std::vector<std::string> files{};
    std::string format = "jsonl";
};

int screen_files(const Options& options, i18n::Language language)
{
    std::vector<procurement::Process> processes;
    for (const auto& file : options.files) {
        auto facts = procurement::read_ocds_file(file);
        if (!facts) return report(language, facts.error());
        for (const auto& note : facts->notes)
            fmt::print(stderr, "{}:{}: {} {} {} {}\n", note.file, note.line, procurement::text(note.verdict), note.ocid, note.field, note.reason);
        fmt::print(stderr, "{}: rows {} used {} skipped {} refused {} duplicates {}\n", facts->file, facts->rows, facts->used(), facts->skipped, facts->refused, facts->duplicates);
        std::ranges::move(facts->processes, std::back_inserter(processes));
    }
    const auto screened = procurement::screen(processes, procurement::Thresholds::standard());
    fmt::print("{}", procurement::screen_report(processes, screened, *procurement::report_format_from(options.format), language));
    return kGood;
}

} // namespace

void add_screen(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "screen");
    command->add_option("files", options->files, "OCDS files, - for standard input")->required();
    command->add_option("--format", options->format, "json, jsonl or csv")->check(CLI::IsMember({"json", "jsonl", "csv"}));
    command->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return screen_files(*options, language); }; });
}

} // namespace adal::cli
