#include "cli/command.hpp"

#include "app/house.hpp"
#include "ledger/durable_file.hpp"
#include "oversight/oversight.hpp"
#include "procurement/goszakup/goszakup_import.hpp"
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
    std::string ocds{}, ocid_prefix{}; // of goszakup
    bool replace = false;
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

// FILE:LINE: verdict ocid field reason, and how many more there were of what is kept up to a number.
void print_notes(const procurement::OcdsRead& read)
{
    for (const auto& note : read.notes)
        fmt::print(stderr, "{}:{}: {} {} {} {}\n", note.file, note.line, procurement::text(note.verdict), note.ocid, note.field, note.reason);
    const auto all = read.skipped + read.refused + read.duplicates + read.noted;
    if (static_cast<std::int64_t>(read.notes.size()) < all) fmt::print(stderr, "notes kept {} of {}\n", read.notes.size(), all);
}

int print_and_screen(app::House& house, const procurement::ImportReport& done, i18n::Language language)
{
    fmt::print("{}: rows {} added {} changed {} unchanged {} skipped {} duplicates {}\n", done.file, done.rows, done.added, done.changed, done.unchanged, done.skipped, done.duplicates);
    const auto screened = house.database.write([&](storage::Transaction& tx) -> Result<procurement::ScreenReport> { return procurement::screen_all(tx, now()); });
    if (!screened) return report(language, screened.error());
    fmt::print("flagged {} of {}\n", screened->flagged, screened->processes);
    return kGood;
}

int import_ocds(app::House& house, const std::string& path, i18n::Language language)
{
    const auto facts = procurement::read_ocds_file(path);
    if (!facts) return report(language, facts.error());
    print_notes(*facts);
    const auto done = house.database.write([&](storage::Transaction& tx) { return procurement::import_ocds(tx, *facts, now()); });
    if (!done) return report(language, done.error());
    return print_and_screen(house, *done, language);
}

// All files together: an announcement in one, its contracts in another.
int import_goszakup(app::House& house, const Options& options, i18n::Language language)
{
    namespace goszakup = procurement::goszakup;
    auto sources = goszakup::read_sources(options.files);
    if (!sources) return report(language, sources.error());
    const auto less = options.replace ? goszakup::Less::replace : goszakup::Less::refuse;
    const auto key = goszakup::open_person_key(house.settings.keys_directory());
    const auto mapped = goszakup::map_payloads(std::move(*sources), key, options.ocid_prefix);
    print_notes(mapped.read);
    const auto done = house.database.write([&](storage::Transaction& tx) { return goszakup::import_mapped(tx, mapped, now(), less); });
    if (!done) return report(language, done.error());
    if (!options.ocds.empty()) ledger::write_durably(std::filesystem::absolute(options.ocds), mapped.lines);
    if (const auto& entries = done->register_entries; !mapped.register_entries.empty())
        fmt::print("register of unscrupulous suppliers: added {} changed {} unchanged {}\n", entries.added, entries.changed, entries.unchanged);
    return print_and_screen(house, done->purchases, language);
}

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

int import_authorities(app::House& house, const std::string& path, i18n::Language language)
{
    const auto bytes = read_file(path);
    if (!bytes) return report(language, {&unreadable, {{"file", path}}});
    const auto added = house.database.write([&](storage::Transaction& tx) { return referral::import_authorities(tx, *bytes, now()); });
    if (!added) return report(language, added.error());
    fmt::print("{}: versions added {}\n", std::filesystem::path(path).filename().string(), *added);
    return kGood;
}

int import_calendar(app::House& house, const std::string& path, i18n::Language language)
{
    const auto bytes = read_file(path);
    if (!bytes) return report(language, {&unreadable, {{"file", path}}});
    const auto change = house.database.write([&](storage::Transaction& tx) { return referral::import_calendar(tx, house.law, *bytes, now()); });
    if (!change) return report(language, change.error());
    fmt::print("{}: read {} added {} deadlines moved {}\n", std::filesystem::path(path).filename().string(), change->read, change->added, change->moved);
    return kGood;
}

int import_one(app::House& house, std::string_view kind, const std::string& path, i18n::Language language)
{
    if (kind == "districts") return import_geojson(house, path, oversight::import_districts, language);
    if (kind == "places") return import_geojson(house, path, oversight::import_places, language);
    if (kind == "authorities") return import_authorities(house, path, language);
    if (kind == "calendar") return import_calendar(house, path, language);
    return import_ocds(house, path, language);
}

std::string description_of(std::string_view kind)
{
    if (kind == "ocds") return "OCDS JSON lines";
    if (kind == "authorities") return "register of authorities, as data/authorities/kz.json";
    if (kind == "calendar") return "days off and moved working days, as data/calendar/kz.json";
    if (kind == "goszakup") return "answers of the web services of goszakup.gov.kz, joined";
    return "GeoJSON feature collection";
}

void add_goszakup_options(CLI::App& command, Options& options)
{
    command.add_option("--ocds", options.ocds, "also write the OCDS releases to this file, as JSON lines");
    command.add_flag("--replace", options.replace, "also when the files hold less of a purchase than is stored");
    command.add_option("--ocid-prefix", options.ocid_prefix, "prefix of the OCIDs, ocds-kzadal without it")->check([](const std::string& prefix) {
        const bool fits = prefix.size() == 11 && prefix.starts_with("ocds-") && prefix.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789", 5) == std::string::npos;
        return fits ? "" : "an OCID prefix is ocds- and six letters or digits";
    });
}

} // namespace

void add_import(CLI::App& app, Invocation& invocation)
{
    auto* command = add_command(app, invocation, "import");
    command->require_subcommand(1);
    for (const std::string kind : {"districts", "places", "ocds", "goszakup", "authorities", "calendar"}) {
        auto options = std::make_shared<Options>();
        auto* one = command->add_subcommand(kind, description_of(kind));
        add_data_options(*one, options->settings);
        one->add_option("files", options->files, "files")->required();
        one->add_option("--lang", invocation.language_code, "kk, ru or en")->check(CLI::IsMember({"kk", "ru", "en"}));
        if (kind == "goszakup") add_goszakup_options(*one, *options);
        one->callback([options, kind, &invocation] {
            invocation.run = [options, kind, &invocation](i18n::Language language) {
                options->settings.program = invocation.program;
                const auto house = app::open_house(options->settings);
                if (!house) return report(language, house.error());
                if (kind == "goszakup") return import_goszakup(**house, *options, language);
                int worst = kGood;
                for (const auto& file : options->files) worst = std::max(worst, import_one(**house, kind, file, language));
                return worst;
            };
        });
    }
}

} // namespace adal::cli
