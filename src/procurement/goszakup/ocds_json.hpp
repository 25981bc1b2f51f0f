// procurement/goszakup/ocds_json.hpp: parts of an OCDS release as JSON; empty parts are left out. Pure.
#pragma once

#include "base/json.hpp"
#include "procurement/goszakup/records.hpp"

#include <string>
#include <string_view>

namespace adal::procurement::goszakup {

void put(json::object& object, std::string_view key, std::string_view text);
void put(json::object& object, std::string_view key, const When& when);      // RFC 3339 with zone
void put(json::object& object, std::string_view key, json::array list);      // not when empty
void put(json::object& object, std::string_view key, json::object part);     // not when empty
void put_money(json::object& object, std::string_view key, const Sum& sum, std::string_view currency);
void put_period(json::object& object, std::string_view key, const When& start, const When& end);
json::array texts(const std::vector<std::string>& list);
json::value number(std::int64_t hundredths); // 2150, 9268965.52

// One line; numbers in decimals, never as "9.2E6".
std::string json_line(const json::value& value);

} // namespace adal::procurement::goszakup
