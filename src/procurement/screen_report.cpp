// What `adal screen` prints: JSON, JSON lines, CSV.
#include "procurement/screen.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

std::optional<ReportFormat> report_format_from(std::string_view text)
{
    if (text == "json") return ReportFormat::json;
    if (text == "jsonl") return ReportFormat::jsonl;
    if (text == "csv") return ReportFormat::csv;
    return std::nullopt;
}

namespace {

void put_amount(json::object& out, std::string_view key, const std::optional<CurrencyAmount>& sum)
{
    if (!sum) return;
    out[key] = json::object{{"amount", adal::plain(Money{sum->hundredths})},
                            {"currency", sum->currency}};
}

json::object flag_object(const FlagAnswer& one, i18n::Language language)
{
    json::object out{{"code", one.code}, {"title", title_of(language, one.code)}};
    for (auto& member : to_json(one.answer)) out.insert(member);
    out["explanation"] = explain(language, one.code, one.answer);
    return out;
}

double rounded_score(Weighed weight)
{
    return std::round(score_of(weight) * 1e6) / 1e6;
}

json::object process_object(const Process& process, const Screened& screened,
                            i18n::Language language, Answers answers)
{
    const Deal deal = deal_of(process);
    json::object out{{"ocid", process.ocid},
                     {"title", process.title},
                     {"buyer", process.buyer.name},
                     {"supplier", deal.supplier.name},
                     {"failed", screened.failed},
                     {"applicable", screened.applicable},
                     {"failed_weight", screened.weight.failed},
                     {"applicable_weight", screened.weight.applicable},
                     {"score", rounded_score(screened.weight)}};
    put_amount(out, "estimate", process.estimate);
    put_amount(out, "contract", deal.value);
    json::array flags;
    for (const auto& one : screened.answers)
        if (answers == Answers::all || one.answer.outcome == Outcome::fail)
            flags.push_back(flag_object(one, language));
    out["flags"] = std::move(flags);
    return out;
}

// Valid until `room` changes.
const Process& process_at(const ProcessSource& source, std::size_t at, std::vector<Process>& room)
{
    return source.range(at, at + 1, room).front();
}

// Those with a failed flag, best rank first; with Answers::all the others follow by OCID.
std::vector<std::size_t> listed(std::span<const Screened> screened, Answers answers)
{
    auto positions = flagged(screened);
    if (answers == Answers::failed) return positions;
    const auto first = static_cast<std::ptrdiff_t>(positions.size());
    for (std::size_t i = 0; i < screened.size(); ++i)
        if (screened[i].failed == 0) positions.push_back(i);
    std::sort(positions.begin() + first, positions.end(),
              [&](std::size_t a, std::size_t b) { return screened[a].ocid < screened[b].ocid; });
    return positions;
}

json::array counts_array(std::span<const Screened> screened)
{
    json::array out;
    for (const auto& count : count_by_flag(screened))
        out.push_back(json::object{{"code", count.code},
                                   {"failed", count.failed},
                                   {"passed", count.passed},
                                   {"not_applicable", count.not_applicable}});
    return out;
}

std::string as_json(const ProcessSource& source, std::span<const Screened> screened,
                    i18n::Language language, Answers answers)
{
    const auto positions = listed(screened, answers);
    json::array list;
    std::vector<Process> room;
    for (const auto at : positions)
        list.push_back(process_object(process_at(source, at, room), screened[at], language, answers));
    const json::object report{{"processes", source.size()},
                              {"flagged", flagged(screened).size()},
                              {"flags", counts_array(screened)},
                              {"list", std::move(list)}};
    return to_pretty_text(report) + "\n";
}

std::string as_lines(const ProcessSource& source, std::span<const Screened> screened,
                     i18n::Language language, Answers answers)
{
    std::string out;
    std::vector<Process> room;
    for (const auto at : listed(screened, answers))
        out += to_text(process_object(process_at(source, at, room), screened[at], language, answers)) + "\n";
    return out;
}

// RFC 4180; a cell that a spreadsheet would take for a formula starts with an apostrophe.
void put_cell(std::string& out, std::string_view cell)
{
    if (!out.empty() && out.back() != '\n') out += ',';
    out += '"';
    if (!cell.empty() && std::string_view{"=+-@\t"}.find(cell.front()) != std::string_view::npos)
        out += '\'';
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void put_row(std::string& out, std::initializer_list<std::string_view> cells)
{
    for (const auto cell : cells) put_cell(out, cell);
    out += "\r\n";
}

std::string amount_text(const std::optional<CurrencyAmount>& sum)
{
    return sum ? adal::plain(Money{sum->hundredths}) : std::string{};
}

std::string as_csv(const ProcessSource& source, std::span<const Screened> screened,
                   i18n::Language language)
{
    std::string out;
    put_row(out, {"ocid", "title", "buyer", "supplier", "estimate", "contract", "currency",
                  "failed", "applicable", "code", "explanation"});
    std::vector<Process> room;
    for (const auto at : flagged(screened)) {
        const Process& process = process_at(source, at, room);
        const Screened& result = screened[at];
        const Deal deal = deal_of(process);
        const auto currency = deal.value         ? deal.value->currency
                              : process.estimate ? process.estimate->currency
                                                 : std::string{};
        for (const auto& one : result.answers)
            if (one.answer.outcome == Outcome::fail)
                put_row(out, {process.ocid, process.title, process.buyer.name, deal.supplier.name,
                              amount_text(process.estimate), amount_text(deal.value), currency,
                              std::to_string(result.failed), std::to_string(result.applicable),
                              one.code, explain(language, one.code, one.answer)});
    }
    return out;
}

} // namespace

std::string screen_report(const ProcessSource& source, std::span<const Screened> screened,
                          ReportFormat format, i18n::Language language, Answers answers)
{
    switch (format) {
    case ReportFormat::json: return as_json(source, screened, language, answers);
    case ReportFormat::jsonl: return as_lines(source, screened, language, answers);
    case ReportFormat::csv: return as_csv(source, screened, language);
    }
    return {};
}

} // namespace adal::procurement
