#include "procurement/portal_link.hpp"

#include "base/json.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace adal::procurement {

namespace {

struct Portal {
    std::string prefix{}, address{};
};

std::vector<Portal> read_portals()
{
    const auto* file = embedded::find(embedded::data(), "procurement/portals.json");
    if (!file) throw std::runtime_error("not built in: procurement/portals.json");
    const auto document = parse_json(file->bytes);
    if (!document) throw std::runtime_error("procurement/portals.json is malformed");
    std::vector<Portal> out;
    for (const auto& entry : *array_at(*document, "portals"))
        out.push_back({std::string{text_at(entry, "ocid_prefix").value_or("")}, std::string{text_at(entry, "address").value_or("")}});
    return out;
}

} // namespace

std::string portal_address(std::string_view ocid)
{
    static const auto portals = read_portals();
    for (const auto& portal : portals) {
        if (portal.prefix.empty() || !ocid.starts_with(portal.prefix)) continue;
        const auto rest = ocid.substr(portal.prefix.size());
        const auto number = rest.substr(0, rest.find('-'));
        const bool is_number = !number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
        if (!is_number) return {};
        std::string address = portal.address;
        if (const auto at = address.find("{id}"); at != std::string::npos) address.replace(at, 4, number);
        return address;
    }
    return {};
}

} // namespace adal::procurement
