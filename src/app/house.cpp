#include "app/house.hpp"

#include "cyber/page_copier.hpp"
#include "ledger/ledger.hpp"

#include <filesystem>

namespace adal::app {

namespace fs = std::filesystem;

namespace {

// "adal.kz" of "https://adal.kz": never reported, never listed.
std::vector<std::string> own_names(std::string_view origin)
{
    const auto at = origin.find("://");
    if (at == std::string_view::npos) return {};
    auto host = origin.substr(at + 3);
    host = host.substr(0, host.find_first_of(":/"));
    return host.empty() ? std::vector<std::string>{} : std::vector{std::string{host}};
}

Result<std::unique_ptr<const cyber::Rulebook>> rules_of(const Settings& settings)
{
    const auto way = cyber::read_copy_way(settings.page_copies);
    if (!way) return pass(way);
    return cyber::Rulebook::open(settings.suffix_list, own_names(settings.origin), settings.link_index, settings.link_model, way->is_on());
}

std::unique_ptr<House> build(const Settings& settings, storage::Database database, ledger::Keys keys, std::unique_ptr<const cyber::Rulebook> rules)
{
    ledger::open_vault(keys.master_file.string());
    auto house = std::make_unique<House>(House{.settings = settings, .database = std::move(database), .keys = std::move(keys),
                                               .files = files::Store{settings.files_directory(), settings.program},
                                               .law = referral::embedded_law(), .cyber = std::move(rules), .publisher = nullptr, .imports = nullptr});
    house->settings.log_name = house->keys.log.vkey().name;
    house->publisher = std::make_unique<ledger::Publisher>(house->database, settings.log_directory(), house->keys.log);
    house->imports = std::make_unique<procurement::ImportDesk>(house->database, settings.imports_directory());
    return house;
}

} // namespace

Result<Done> House::publish_now()
{
    const auto round = publisher->publish(now());
    if (!round) return pass(round);
    return done();
}

Result<std::unique_ptr<House>> make_house(const Settings& settings, Instant at)
{
    if (fs::exists(settings.data) && !fs::is_empty(settings.data)) return fail(data_not_empty, {{"directory", settings.data}});
    for (const auto& directory : {settings.data, settings.files_directory(), settings.log_directory(), settings.spool_directory()}) fs::create_directories(directory);
    fs::permissions(settings.data, fs::perms::owner_all);
    auto rules = rules_of(settings);
    if (!rules) return pass(rules);
    auto keys = ledger::make_keys(settings.keys_directory(), settings.log_name);
    auto database = storage::Database::open(settings.database_address());
    database.migrate();
    auto house = build(settings, std::move(database), std::move(keys), std::move(*rules));
    const auto begun = house->database.write([&](storage::Transaction& tx) -> Result<Done> {
        const auto leaf = ledger::begin_log(tx, settings.log_name, house->keys.log.vkey().text(), at);
        if (!leaf) return pass(leaf);
        const auto seeded = referral::import_seed_authorities(tx, at);
        if (!seeded) return pass(seeded);
        return done();
    });
    if (!begun) return pass(begun);
    return house;
}

Result<std::unique_ptr<House>> open_house(const Settings& settings)
{
    if (!fs::exists(settings.keys_directory())) return fail(data_missing, {{"directory", settings.data}});
    auto rules = rules_of(settings);
    if (!rules) return pass(rules);
    auto keys = ledger::read_keys(settings.keys_directory());
    auto database = storage::Database::open(settings.database_address());
    database.migrate();
    fs::create_directories(settings.spool_directory());
    return build(settings, std::move(database), std::move(keys), std::move(*rules));
}

} // namespace adal::app
