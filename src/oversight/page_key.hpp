// oversight/page_key.hpp: one page of a list, and the key that the next one starts after.
#pragma once

#include <string>
#include <vector>

namespace adal::oversight {

template <typename T> struct PageOf {
    std::vector<T> rows{};
    std::string next{}; // for ?after=…; empty on the last page
};

inline constexpr int kPageSize = 50;

} // namespace adal::oversight
