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
    const std::string wanted = fold(name);
    if (wanted.empty()) return nullptr;
    const auto found = std::find_if(districts.begin(), districts.end(), [&](const District& d) {
        return d.code == name || fold(d.name.kk) == wanted || fold(d.name.ru) == wanted || fold(d.name.en) == wanted;
    });
    return found == districts.end() ? nullptr : &*found;
}

} // namespace adal::oversight
