#include "oversight/district.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::oversight {

const District* district_of(const std::vector<District>& districts, Point point)
{
    const auto found = std::find_if(districts.begin(), districts.end(),
                                    [&](const District& d) { return contains(d.outline, point); });
    return found == districts.end() ? nullptr : &*found;
}

const District* district_named(const std::vector<District>& districts, std::string_view name)
{
    const std::string wanted = adal::fold(name);
    if (wanted.empty()) return nullptr;
    const auto found = std::find_if(districts.begin(), districts.end(), [&](const District& d) {
        return d.code == name || adal::fold(d.name.kk) == wanted || adal::fold(d.name.ru) == wanted || adal::fold(d.name.en) == wanted;
    });
    return found == districts.end() ? nullptr : &*found;
}

} // namespace adal::oversight
