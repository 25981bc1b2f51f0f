#include "procurement/export.hpp"

#include "procurement/party.hpp"

#include <array>
#include <fmt/format.h>

namespace adal::procurement {

namespace {

constexpr std::array<std::string_view, 23> kColumns{
    "id",       "ocid",              "title",    "buyer_id",          "buyer",  "supplier_id", "supplier",       "district", "locality", "method", "method_code", "category",
    "works",    "year",              "estimate", "estimate_currency", "contract", "contract_currency", "signed", "ends",     "accepted", "failed", "applicable"};

std::string csv_cell(std::string_view text)
{
    std::string out{'"'};
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string decimal_text(const std::optional<CurrencyAmount>& sum)
{
    return sum ? adal::plain(Money{sum->hundredths}) : std::string{};
}

std::string currency_text(const std::optional<CurrencyAmount>& sum)
{
    return sum ? sum->currency : std::string{};
}

std::string day_of(const std::optional<Instant>& moment)
{
    return moment ? iso(local_date(*moment)) : std::string{};
}

std::string shown_id(const std::string& id)
{
    return is_person_id(id) ? std::string{} : id;
}

std::string joined_codes(const std::vector<std::string>& flags)
{
    return fmt::format("{}", fmt::join(flags, " "));
}

void put_amount_of(json::object& out, std::string_view key, const std::optional<CurrencyAmount>& sum)
{
    if (!sum) return;
    json::object amount{{"hundredths", sum->hundredths}};
    if (!sum->currency.empty()) amount["currency"] = sum->currency;
    out[key] = std::move(amount);
}

} // namespace

std::string csv_head()
{
    return fmt::format("{},flags\r\n", fmt::join(kColumns, ","));
}

std::string csv_line(const ExportRow& row)
{
    const auto& s = row.summary;
    const std::array<std::string, kColumns.size()> cells{s.id.str(),
                                                         s.ocid,
                                                         s.title,
                                                         shown_id(s.buyer_id),
                                                         s.buyer_name,
                                                         shown_id(s.supplier_id),
                                                         s.supplier_name,
                                                         row.values.district,
                                                         s.locality,
                                                         s.method_details.empty() ? s.method : s.method_details,
                                                         row.values.method,
                                                         s.category,
                                                         s.work_kind,
                                                         row.values.year,
                                                         decimal_text(s.estimate),
                                                         currency_text(s.estimate),
                                                         decimal_text(s.contract_sum),
                                                         currency_text(s.contract_sum),
                                                         day_of(s.signed_at),
                                                         day_of(s.ends),
                                                         day_of(row.values.accepted_at),
                                                         std::to_string(s.failed),
                                                         std::to_string(s.applicable)};
    std::string out;
    for (const auto& cell : cells) out += csv_cell(cell) + ",";
    return out + csv_cell(joined_codes(row.flags)) + "\r\n";
}

json::object json_of(const ExportRow& row)
{
    const auto& s = row.summary;
    json::object out{{"id", s.id.str()}, {"ocid", s.ocid}, {"title", s.title}};
    const auto put = [&](std::string_view key, const std::string& text) {
        if (!text.empty()) out[key] = text;
    };
    put("buyer_id", shown_id(s.buyer_id));
    put("buyer", s.buyer_name);
    put("supplier_id", shown_id(s.supplier_id));
    put("supplier", s.supplier_name);
    put("district", row.values.district);
    put("method", row.values.method);
    put("category", s.category);
    put("works", s.work_kind);
    put("year", row.values.year);
    put_amount_of(out, "estimate", s.estimate);
    put_amount_of(out, "contract", s.contract_sum);
    put("signed", day_of(s.signed_at));
    put("ends", day_of(s.ends));
    put("accepted", day_of(row.values.accepted_at));
    put("warranty_until", day_of(s.warranty_until));
    out["failed"] = s.failed;
    out["applicable"] = s.applicable;
    json::array flags;
    for (const auto& code : row.flags) flags.emplace_back(code);
    out["flags"] = std::move(flags);
    return out;
}

} // namespace adal::procurement
