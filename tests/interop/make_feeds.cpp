// make_feeds DIR: every feed of a few verified resources, and of none, for the programs that read such files.
#include "cyber/exchange.hpp"
#include "cyber/feed.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace adal::cyber;

Resource verified(std::string key, std::string host, std::string registrable, Scope scope, Kind kind = Kind::url)
{
    Resource out{.identity = {.kind = kind, .key = std::move(key)}, .host = std::move(host), .registrable = std::move(registrable), .scope = scope, .category = "FRD-SHOP", .state = State::accepted};
    out.first_reported_at = out.changed_at = *adal::parse_instant("2026-11-27T10:11:12.345Z");
    out.verified_at = out.changed_at;
    return out;
}

void write_all(const std::filesystem::path& folder, const std::vector<Resource>& resources)
{
    std::filesystem::create_directories(folder);
    for (const auto feed : all_feeds) std::ofstream{folder / file_name(feed), std::ios::binary} << write_feed(feed, resources);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_feeds DIR\n";
        return 2;
    }
    const std::filesystem::path folder{argv[1]};
    write_all(folder / "some", {verified("url:whole-casino.kz", "whole-casino.kz", "whole-casino.kz", Scope::domain), verified("url:shop.shared-host.kz", "shop.shared-host.kz", "shared-host.kz", Scope::host),
                                verified("url:busy-site.kz/pay/now?to=1", "busy-site.kz", "busy-site.kz", Scope::path), verified("url:xn--80aswg.xn--80ao21a", "xn--80aswg.xn--80ao21a", "xn--80aswg.xn--80ao21a", Scope::domain),
                                verified("url:203.0.113.9", "203.0.113.9", "", Scope::host), verified("telegram:casinokz", "", "", Scope::path, Kind::telegram)});
    write_all(folder / "none", {});
}
