#include "http/limits.hpp"

#include "base/text.hpp"

#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace adal::http {
namespace {

void set(Limits& limits, std::string_view name, std::uint32_t value)
{
    const std::chrono::milliseconds time{value};
    if (name == "header_bytes") limits.header_bytes = value;
    else if (name == "header") limits.header_time = time;
    else if (name == "idle") limits.idle_time = time;
    else if (name == "body") limits.body_time = time;
    else if (name == "body_total") limits.body_total = time;
    else if (name == "write") limits.write_time = time;
    else if (name == "drain") limits.drain_time = time;
    else if (name == "connections") limits.connections = value;
    else if (name == "per_address") limits.connections_per_address = value;
    else if (name == "queue") limits.queue = value;
    else throw std::invalid_argument("unknown limit: " + std::string{name});
}

} // namespace

Limits limits_from(std::string_view text)
{
    Limits limits;
    if (text.empty()) return limits;
    for (const auto part : split(text, ',')) {
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) throw std::invalid_argument("a limit needs a value: " + std::string{part});
        const auto digits = part.substr(equals + 1);
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size())
            throw std::invalid_argument("not a number: " + std::string{part});
        set(limits, part.substr(0, equals), value);
    }
    return limits;
}

Limits limits_from_environment()
{
    const char* text = std::getenv("ADAL_HTTP_LIMITS");
    return limits_from(text == nullptr ? "" : text);
}

} // namespace adal::http
