// base/order_key.hpp: the order of the Kazakh alphabet for databases that compare bytes.
#pragma once

#include <string>
#include <string_view>

namespace adal {

// Bytes that compare as compare_kk (base/text.hpp) orders the texts, but for case: capital and small letters
// give the same key. For a column that a list is ordered by.
std::string order_key_kk(std::string_view text);

} // namespace adal
