#include "procurement/cardinal/settings.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

namespace adal::procurement::cardinal {

namespace {

constexpr std::array<std::string_view, kCodes> kCodeNames{
    "R003", "R018", "R024", "R025", "R028", "R030", "R035", "R036", "R038", "R048", "R058"};

// The reason of a bad value is thrown and becomes a Problem with its place in the file.
struct BadValue {
    std::string_view reason{};
};

template <typename T>
T whole(std::string_view text)
{
    T value{};
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || rest != text.data() + text.size() || text.empty())
        throw BadValue{"not_whole"};
    return value;
}

double real(std::string_view text)
{
    double value{};
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || rest != text.data() + text.size() || text.empty())
        throw BadValue{"not_a_number"};
    return value;
}

bool truth(std::string_view text)
{
    const auto word = adal::lower(text);
    if (word == "true" || word == "on" || word == "yes" || word == "1") return true;
    if (word == "false" || word == "off" || word == "no" || word == "0") return false;
    throw BadValue{"unknown"};
}

// "open|selective"; a last '|' ends the list, an empty text is an empty list.
Names names(std::string_view text)
{
    Names out;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto bar = std::min(text.find('|', begin), text.size());
        out.emplace(text.substr(begin, bar - begin));
        begin = bar + 1;
    }
    return out;
}

using Setter = std::function<void(Settings&, std::string_view)>;
using Keys = std::map<std::string_view, Setter>;

template <typename T>
Setter number_of(T Settings::*member)
{
    return [member](Settings& s, std::string_view v) { s.*member = whole<T>(v); };
}
Setter real_of(std::optional<double> Settings::*member)
{
    return [member](Settings& s, std::string_view v) { s.*member = real(v); };
}
Setter names_of(Names Settings::*member)
{
    return [member](Settings& s, std::string_view v) { s.*member = names(v); };
}

// Accepted and without effect here, but of the right kind.
const Setter kText = [](Settings&, std::string_view) {};
const Setter kTruth = [](Settings&, std::string_view v) { truth(v); };

// Section → its keys. "" is the part before the first section.
const std::map<std::string_view, Keys>& sections()
{
    static const std::map<std::string_view, Keys> known{
        {"",
         {{"currency", [](Settings& s, std::string_view v) { s.currency = std::string{v}; }},
          {"no_price_comparison_procurement_methods", names_of(&Settings::no_price_comparison)},
          {"price_comparison_procurement_methods", names_of(&Settings::price_comparison)}}},
        {"exclusions", {{"procurement_method_details", names_of(&Settings::excluded_details)}}},
        {"output",
         {{"info_currency_mismatches",
           [](Settings& s, std::string_view v) { s.info_currency_mismatches = truth(v); }}}},
        {"defaults",
         {{"currency", kText},
          {"item_classification_scheme", kText},
          {"bid_status", kText},
          {"award_status", kText},
          {"party_roles", kTruth}}},
        {"redactions", {{"amount", kText}, {"organization_id", kText}}},
        {"corrections", {{"award_status_by_contract_status", kTruth}}},
        {"modifications",
         {{"move_auctions", kTruth},
          {"prefix_buyer_or_procuring_entity_id", kText},
          {"prefix_tenderer_or_supplier_id", kText},
          {"split_procurement_method_details", kText}}},
        {"R003",
         {{"threshold", number_of(&Settings::r003_threshold)},
          {"procurement_methods", names_of(&Settings::r003_methods)}}},
        {"R018", {{"procurement_methods", names_of(&Settings::r018_methods)}}},
        {"R024", {{"threshold", real_of(&Settings::r024_threshold)}}},
        {"R025",
         {{"percentile", number_of(&Settings::r025_percentile)},
          {"threshold", real_of(&Settings::r025_threshold)}}},
        {"R028", {}},
        {"R030", {}},
        {"R035",
         {{"threshold",
           [](Settings& s, std::string_view v) {
               s.r035_threshold = std::max<std::uint64_t>(whole<std::uint64_t>(v), 1);
           }}}},
        {"R036", {}},
        {"R038",
         {{"threshold", real_of(&Settings::r038_threshold)},
          {"minimum_submitted_bids", number_of(&Settings::r038_submitted_bids)},
          {"minimum_contracting_processes", number_of(&Settings::r038_processes)}}},
        {"R048",
         {{"digits", number_of(&Settings::r048_digits)},
          {"threshold",
           [](Settings& s, std::string_view v) { s.r048_threshold = whole<std::uint64_t>(v); }},
          {"minimum_contracting_processes", number_of(&Settings::r048_processes)}}},
        {"R058", {{"threshold", real_of(&Settings::r058_threshold)}}}};
    return known;
}

// Sections whose keys are the user's own words.
bool is_open(std::string_view section)
{
    return section == "R003.procurement_method_details" || section == "codelists.bid_status" ||
           section == "codelists.award_status";
}

std::string_view unquoted(std::string_view value)
{
    const bool quoted = value.size() >= 2 && value.front() == value.back() &&
                        (value.front() == '"' || value.front() == '\'');
    return quoted ? value.substr(1, value.size() - 2) : value;
}

class IniReader {
public:
    explicit IniReader(std::string file) : m_file(std::move(file)) {}

    Result<Settings> read(std::string_view ini)
    {
        if (ini.starts_with("\xEF\xBB\xBF")) ini.remove_prefix(3);
        if (!adal::is_utf8(ini)) return problem("", "not_utf8");
        while (!ini.empty()) {
            ++m_line;
            const auto end = ini.find('\n');
            const auto line = adal::trim(ini.substr(0, end));
            ini.remove_prefix(end == ini.npos ? ini.size() : end + 1);
            if (line.empty() || line.front() == ';' || line.front() == '#') continue;
            if (const auto taken = line.front() == '[' ? section(line) : setting(line); !taken)
                return pass(taken);
        }
        return m_settings;
    }

private:
    tl::unexpected<Problem> problem(std::string_view key, std::string_view reason) const
    {
        return fail(bad_settings, {{"file", m_file},
                                   {"line", std::to_string(m_line)},
                                   {"section", m_section},
                                   {"key", std::string{key}},
                                   {"reason", std::string{reason}}});
    }

    Result<Done> section(std::string_view line)
    {
        if (line.back() != ']') return problem("", "bracket");
        m_section = adal::trim(line.substr(1, line.size() - 2));
        if (m_section.empty() || (!sections().contains(m_section) && !is_open(m_section)))
            return problem("", "unknown");
        const auto code = std::ranges::find(
            kCodeNames, std::string_view{m_section}.substr(0, m_section.find('.')));
        if (code != kCodeNames.end())
            m_settings.runs[static_cast<std::size_t>(code - kCodeNames.begin())] = true;
        return done();
    }

    Result<Done> setting(std::string_view line)
    {
        const auto equals = line.find_first_of("=:");
        if (equals == line.npos || equals == 0) return problem(line, "syntax");
        const auto key = adal::trim(line.substr(0, equals));
        const auto value = unquoted(adal::trim(line.substr(equals + 1)));
        try {
            if (m_section == "R003.procurement_method_details")
                m_settings.r003_details[std::string{key}] = whole<std::int64_t>(value);
            if (is_open(m_section)) return done();
            const auto& keys = sections().at(m_section);
            const auto known = keys.find(key);
            if (known == keys.end()) return problem(key, "unknown_field");
            known->second(m_settings, value);
        } catch (const BadValue& bad) {
            return problem(key, bad.reason);
        }
        return done();
    }

    std::string m_file, m_section{};
    int m_line = 0;
    Settings m_settings{};
};

} // namespace

std::string_view text(Code code)
{
    return kCodeNames[static_cast<std::size_t>(code)];
}

Settings Settings::standard()
{
    Settings settings;
    settings.runs.fill(true);
    return settings;
}

Result<Settings> read_settings(std::string_view ini, const std::string& file)
{
    return IniReader{file}.read(ini);
}

} // namespace adal::procurement::cardinal
