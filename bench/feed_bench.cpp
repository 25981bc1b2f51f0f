// The feeds of verified resources: every format over many resources, and the prefixes for phones.
//
//   feed_bench [RESOURCES]        default 1,000,000
//
// Resources are made up: two of three are names, one of three is an address with a path. Prints seconds, seconds of CPU
// (what counts where others work on the machine) and megabytes.
#include "cyber/exchange.hpp"
#include "cyber/feed.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

using namespace adal;
using namespace adal::cyber;

namespace {

std::vector<Resource> made(int count)
{
    const auto now = *parse_instant("2026-11-02T10:00:00+05:00");
    std::vector<Resource> out;
    out.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const auto host = "shop-" + std::to_string(i) + ".example-" + std::to_string(i % 977) + ".kz";
        const bool is_path = i % 3 == 0;
        Resource resource{.id = ResourceId::make(now), .identity = {.kind = Kind::url, .key = "url:" + host + (is_path ? "/pay/" + std::to_string(i) : "")}, .host = host, .registrable = host,
                          .scope = is_path ? Scope::path : i % 3 == 1 ? Scope::host : Scope::domain, .category = "FRD-SHOP", .severity = 3, .state = State::accepted};
        resource.first_reported_at = resource.changed_at = now;
        resource.verified_at = now;
        out.push_back(std::move(resource));
    }
    return out;
}

template <typename F> void measured(const char* name, F work)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto cpu = std::clock();
    const auto bytes = work();
    const auto used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%-14s %7.3f s  CPU %7.3f s  %8.1f MB\n", name, took.count(), used, static_cast<double>(bytes) / 1e6);
}

} // namespace

int main(int argc, char** argv)
{
    const auto resources = made(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    std::printf("%zu resources\n", resources.size());
    for (const auto feed : all_feeds) measured(std::string{name(feed)}.c_str(), [&] { return write_feed(feed, resources).size(); });
    measured("taxii page", [&] { return taxii_objects(resources, {}).text.size(); });
    measured("misp", [&] { return misp_event(resources, "https://adal.test").size() + misp_hashes(resources, "https://adal.test").size(); });
    measured("prefixes", [&] { return hash_prefixes(resources).size() * 4; });
    measured("one prefix", [&] { return hashes_under(resources, 0x3b1f0c9a).size() * 32; });
}
