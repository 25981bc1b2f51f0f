// referral/column_store.hpp: how this room's days, names and JSON stand in a column.
#pragma once

#include "base/json.hpp"
#include "base/time.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>

namespace adal::referral {

// What a name in a column says; a name nobody knows is a broken store.
template <typename T> T stored(const std::optional<T>& value)
{
    if (!value) throw storage::Error(storage::ErrorKind::other, "a stored name or day is unknown");
    return *value;
}

inline LocalDate day(const storage::Row& row, int column)
{
    return stored(parse_date(row.text(column)));
}

inline std::optional<LocalDate> optional_day(const storage::Row& row, int column)
{
    if (row.is_null(column)) return std::nullopt;
    return day(row, column);
}

inline std::optional<std::string> text_of(const std::optional<LocalDate>& date)
{
    if (!date) return std::nullopt;
    return iso(*date);
}

} // namespace adal::referral
