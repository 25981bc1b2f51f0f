// storage/postgres_sql.hpp: turns the house's SQL into PostgreSQL's. Pure.
#pragma once

#include "storage/storage.hpp"

#include <span>
#include <string>
#include <vector>

namespace adal::storage {

struct PostgresSql {
    std::string text{};           // $1 … in order of first use
    std::vector<std::size_t> used{}; // $n is values[used[n-1]]
};

// ?N outside of quotes and comments becomes $M. A null value becomes the word NULL, because PostgreSQL
// must know the type of a parameter and a null has none. Throws Error if numbers and values do not match.
PostgresSql to_postgres(std::string_view sql, std::span<const Value> values);

} // namespace adal::storage
