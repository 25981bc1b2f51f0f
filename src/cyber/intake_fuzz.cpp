// What strangers paste: links are found or nothing is, each once, and what is shown of them can be followed by nobody.
#include "cyber/intake.hpp"
#include "cyber/resource.hpp"

#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

namespace {

const adal::cyber::SuffixList& suffixes()
{
    static const auto kList = *adal::cyber::SuffixList::read("kz\ncom\norg\nru\ngov.kz\n// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n", "fuzz");
    return kList;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::cyber;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto found = find_links(text, suffixes(), {"adal.kz"});
    if (!found) return 0;
    if (found->empty() || found->size() > kMostLinks) std::abort();
    std::set<std::string> seen;
    for (const auto& one : *found) {
        if (one.link.identity.key.empty() || !seen.insert(one.link.identity.key).second) std::abort();
        // Nothing that is shown has a host that a browser would find in it.
        if (one.link.meant && defanged(one.link.identity).find(std::string{one.link.meant->host()} + "/") != std::string::npos && one.link.meant->host().find('.') != std::string_view::npos) std::abort();
        if (one.refused.empty() && (one.link.identity.key == "url:adal.kz" || one.link.identity.key.starts_with("url:adal.kz/"))) std::abort();
        static_cast<void>(cluster_of(one.link.identity, one.link.registrable));
    }
    return 0;
}
