// oversight/named.hpp: enumerators are stored by name; this looks them up both ways.
#pragma once

#include "base/result.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace adal::oversight {

template <typename E> struct Named {
    E value;
    std::string_view name;
};

template <typename E, std::size_t N>
std::string_view name_in(const std::array<Named<E>, N>& table, E value)
{
    for (const auto& row : table)
        if (row.value == value) return row.name;
    check_failed("enumerator has a name", __FILE__, __LINE__);
}

template <typename E, std::size_t N>
std::optional<E> value_in(const std::array<Named<E>, N>& table, std::string_view name)
{
    for (const auto& row : table)
        if (row.name == name) return row.value;
    return std::nullopt;
}

} // namespace adal::oversight
