#include "procurement/goszakup/ocds_json.hpp"

#include "procurement/goszakup/portal_text.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace adal::procurement::goszakup {

void put(json::object& object, std::string_view key, std::string_view text)
{
    if (!text.empty()) object[key] = text;
}

void put(json::object& object, std::string_view key, const When& when)
{
    if (when) object[key] = with_zone(*when);
}

void put(json::object& object, std::string_view key, json::array list)
{
    if (!list.empty()) object[key] = std::move(list);
}

void put(json::object& object, std::string_view key, json::object part)
{
    if (!part.empty()) object[key] = std::move(part);
}

json::value number(std::int64_t hundredths)
{
    if (hundredths % 100 == 0) return hundredths / 100;
    return static_cast<double>(hundredths) / 100;
}

void put_money(json::object& object, std::string_view key, const Sum& sum, std::string_view currency)
{
    if (sum) object[key] = json::object{{"amount", number(*sum)}, {"currency", currency}};
}

void put_period(json::object& object, std::string_view key, const When& start, const When& end)
{
    json::object period;
    put(period, "startDate", start);
    put(period, "endDate", end);
    put(object, key, std::move(period));
}

json::array texts(const std::vector<std::string>& list)
{
    return json::array(list.begin(), list.end());
}

namespace ocds_json {

void write(const json::value& value, std::string& out)
{
    if (value.is_double()) {
        out += fmt::format("{}", value.get_double());
    } else if (value.is_object()) {
        char before = '{';
        for (const auto& [key, member] : value.get_object()) {
            out += before;
            out += json::serialize(json::value(key));
            out += ':';
            write(member, out);
            before = ',';
        }
        out += value.get_object().empty() ? "{}" : "}";
    } else if (value.is_array()) {
        char before = '[';
        for (const auto& element : value.get_array()) {
            out += before;
            write(element, out);
            before = ',';
        }
        out += value.get_array().empty() ? "[]" : "]";
    } else {
        out += json::serialize(value);
    }
}

} // namespace ocds_json

std::string json_line(const json::value& value)
{
    std::string out;
    ocds_json::write(value, out);
    return out;
}

} // namespace adal::procurement::goszakup
