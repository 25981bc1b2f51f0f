// make_feeds DIR: every feed for the programs that read such files: DIR/some, a few verified resources; DIR/none; DIR/hostile, hosts
// and paths that a format could take for orders, and a casino; DIR/withdrawn, what the database lists of some when the casino
// was withdrawn.
#include "cyber/feed.hpp"
#include "cyber/resource_store.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace adal::cyber;

const adal::Instant kDay = *adal::parse_instant("2026-11-27T10:11:12.345Z");

Resource verified(std::string key, std::string host, std::string registrable, Scope scope, Kind kind = Kind::url)
{
    Resource out{.id = adal::ResourceId::make(kDay), .identity = {.kind = kind, .key = std::move(key)}, .host = std::move(host), .registrable = std::move(registrable), .scope = scope, .category = "FRD-SHOP", .severity = 3, .state = State::accepted};
    out.first_reported_at = out.changed_at = kDay;
    out.verified_at = out.changed_at;
    return out;
}

void write_all(const std::filesystem::path& folder, const std::vector<Resource>& resources)
{
    std::filesystem::create_directories(folder);
    for (const auto feed : all_feeds) std::ofstream{folder / file_name(feed), std::ios::binary} << write_feed(feed, resources);
}

std::vector<Resource> some()
{
    return {verified("url:whole-casino.kz", "whole-casino.kz", "whole-casino.kz", Scope::domain), verified("url:shop.shared-host.kz", "shop.shared-host.kz", "shared-host.kz", Scope::host),
            verified("url:busy-site.kz/pay/now?to=1", "busy-site.kz", "busy-site.kz", Scope::path), verified("url:xn--80aswg.xn--80ao21a", "xn--80aswg.xn--80ao21a", "xn--80aswg.xn--80ao21a", Scope::domain),
            verified("url:203.0.113.9", "203.0.113.9", "", Scope::host), verified("telegram:casinokz", "", "", Scope::path, Kind::telegram)};
}

// The URL Standard lets all of them be hosts.
std::vector<Resource> hostile()
{
    std::vector<Resource> out{verified("url:whole-casino.kz", "whole-casino.kz", "whole-casino.kz", Scope::domain), verified("url:bank.kz/*", "bank.kz", "bank.kz", Scope::path)};
    for (const auto& host : std::vector<std::string>{"*.kz", "a(b.kz", "a;b.kz", "a\"b.kz", "$include.kz", "a..kz", std::string(64, 'a') + ".kz"})
        for (const auto scope : {Scope::domain, Scope::host}) out.push_back(verified("url:" + host, host, host, scope));
    return out;
}

// By way of a database, as the server gives it.
std::vector<Resource> without_casino()
{
    adal::test::TestDatabase database;
    auto listed = some();
    const auto saved = database.db().write([&](adal::storage::Transaction& tx) {
        for (const auto& one : listed) add(tx, one);
        auto casino = *withdraw(listed.front(), "the owner has a licence", kDay.plus(std::chrono::hours{1}));
        ++casino.version;
        return save(tx, casino);
    });
    if (!saved) throw std::runtime_error("the withdrawal was not saved");
    return database.db().read([](adal::storage::Snapshot& s) { return listed_resources(s); });
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_feeds DIR\n";
        return 2;
    }
    const std::filesystem::path folder{argv[1]};
    write_all(folder / "some", some());
    write_all(folder / "none", {});
    write_all(folder / "hostile", hostile());
    write_all(folder / "withdrawn", without_casino());
}
