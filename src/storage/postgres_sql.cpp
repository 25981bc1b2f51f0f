#include "storage/postgres_sql.hpp"

#include <algorithm>

namespace adal::storage {
namespace {

// The end of a quoted piece or comment that starts at `at`, or `at` if none does.
std::size_t skip_quoted(std::string_view sql, std::size_t at)
{
    const auto past = [&](std::string_view mark, std::size_t from) {
        const auto end = sql.find(mark, from);
        return end == std::string_view::npos ? sql.size() : end + mark.size();
    };
    // A doubled quote ends one piece and begins the next: no special case.
    if (sql[at] == '\'' || sql[at] == '"') return past(sql.substr(at, 1), at + 1);
    if (sql.substr(at).starts_with("--")) return past("\n", at);
    if (sql.substr(at).starts_with("/*")) return past("*/", at + 2);
    return at;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void append_value(PostgresSql& out, std::size_t index, std::span<const Value> values)
{
    if (std::holds_alternative<std::monostate>(values[index])) {
        out.text += "NULL";
        return;
    }
    auto found = std::find(out.used.begin(), out.used.end(), index);
    if (found == out.used.end()) found = out.used.insert(found, index);
    out.text += '$' + std::to_string(found - out.used.begin() + 1);
}

} // namespace

PostgresSql to_postgres(std::string_view sql, std::span<const Value> values)
{
    PostgresSql out;
    std::size_t highest = 0;
    for (std::size_t at = 0; at < sql.size();) {
        const auto end = skip_quoted(sql, at);
        if (end > at || sql[at] != '?') {
            out.text.append(sql.substr(at, std::max<std::size_t>(end - at, 1)));
            at = std::max(end, at + 1);
            continue;
        }
        std::size_t number = 0;
        for (++at; at < sql.size() && is_digit(sql[at]) && number < 100'000; ++at)
            number = number * 10 + static_cast<std::size_t>(sql[at] - '0');
        highest = std::max(highest, number);
        if (number == 0) throw Error(ErrorKind::other, "parameters are numbered from ?1: " + std::string(sql));
        if (number > values.size()) break;
        append_value(out, number - 1, values);
    }
    if (highest != values.size())
        throw Error(ErrorKind::other, "wrong number of values for: " + std::string(sql));
    return out;
}

} // namespace adal::storage
