#include "cli/command.hpp"

#include "app/house.hpp"
#include "oversight/oversight.hpp"
#include "procurement/procurement.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace adal::cli {

namespace {

struct Options {
    app::Settings settings{};
    std::vector<std::string> files{};
};

using GeoImport = Result<oversight::ImportReport> (*)(storage::Transaction&, std::string_view, std::string_view, Instant, oversight::ImportReport*);

// Each rejected or mended row on stderr: file:line: feature, field, reason, value.
void print_rows(i18n::Language language, const std::string& file, const std::vector<oversight::RowProblem>& rows)
{
    for (const auto& row : rows) {
        const auto key = "reason." + row.reason;
        fmt::print(stderr, "{}:{}: #{} {}: {} {}\n", file, row.line, row.row, row.field, i18n::has(key) ? i18n::text(language, key) : row.reason, row.value);
    }
}

int import_geojson(app::House& house, const std::string& path, GeoImport work, i18n::Language language)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return report(language, {&unreadable, {{"file", path}}});
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto name = std::filesystem::path(path).filename().string();
    oversight::ImportReport rows;
    const auto done = house.database.write([&](storage::Transaction& tx) { return work(tx, name, bytes, now(), &rows); });
    print_rows(language, name, done ? done->notes : rows.rejected);
    if (!done) return report(language, done.error());
    fmt::print("{}: read {} added {} changed {} same {}\n", name, done->read, done->added, done->changed, done->same);
    return kGood;
}

int import_ocds(app::House& house, const std::string& path, i18n::Language language)
{
    const auto facts = procurement::read_ocds_file(path);
    if (!facts) return report(language, facts.error());
    for (const auto& note : facts->notes)
        fmt::print(stderr, "{}:{}: {} {} {} {}\n", note.file, note.line, procurement::text(note.verdict), note.ocid, note.field, note.reason);
    const auto done = house.database.write([&](storage::Transaction& tx) { return procurement::import_ocds(tx, *facts, now()); });
    if (!done) return report(language, done.error());
    fmt::print("{}: rows {} added {} changed {} unchanged {} skipped {} duplicates {}\n", done->file, done->rows, done->added, done->changed, done->unchanged, done->skipped, done->duplicates);
    const auto screened = house.database.write([&](storage::Transaction& tx) -> Result<procurement::ScreenReport> { return procurement::screen_all(tx, now()); });
    if (!screened) return report(language, screened.error());
    fmt::print("flagged {} of {}\n", screened->flagged, screened->processes);
    return kGood;
}

int import_one(app::House& house, std::string_view kind, const std::string& path, i18n::Language language)
{
    if (kind == "districts") return import_geojson(house, path, oversight::import_districts, language);
    if (kind == "places") return import_geojson(house, path, oversight::import_places, language);
    return import_ocds(house, path, language);
}

} // namespace

void add_import(CLI::App& app, Invocation& invocation)
{
    auto* command = add_command(app, invocation, "import");
    command->require_subcommand(1);
    for (const std::string kind : {"districts", "places", "ocds"}) {
        auto options = std::make_shared<Options>();
        auto* one = command->add_subcommand(kind, kind == "ocds" ? "OCDS JSON lines" : "GeoJSON feature collection");
        add_data_options(*one, options->settings);
        one->add_option("files", options->files, "files")->required();
        one->callback([options, kind, &invocation] {
            invocation.run = [options, kind, &invocation](i18n::Language language) {
                options->settings.program = invocation.program;
                const auto house = app::open_house(options->settings);
                if (!house) return report(language, house.error());
                int worst = kGood;
                for (const auto& file : options->files) worst = std::max(worst, import_one(**house, kind, file, language));
                return worst;
            };
        });
    }
}

} // namespace adal::cli
