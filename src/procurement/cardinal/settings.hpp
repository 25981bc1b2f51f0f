// procurement/cardinal/settings.hpp: the settings file of OCDS Cardinal (its `init` writes one),
// read as it is.
//
// An indicator runs only when its section is there. Sections of Cardinal's `prepare` are accepted
// and, as with Cardinal's `indicators`, without effect. An unknown section or key is a mistake,
// never passed over. Values may be quoted; a comment is a line that begins with ';' or '#'.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace adal::procurement::cardinal {

// In the order of the reports; append only.
enum class Code : std::uint8_t { R003, R018, R024, R025, R028, R030, R035, R036, R038, R048, R058 };
inline constexpr std::size_t kCodes = 11;
std::string_view text(Code code);

using Names = std::set<std::string, std::less<>>;

struct Settings {
    std::optional<std::string> currency{}; // unset: the first one a comparison meets
    Names no_price_comparison{};
    Names price_comparison{}; // wins over the former
    Names excluded_details{};
    bool info_currency_mismatches = false;

    std::array<bool, kCodes> runs{};
    std::int64_t r003_threshold = 15; // days
    Names r003_methods{};             // empty: all
    std::map<std::string, std::int64_t, std::less<>> r003_details{};
    Names r018_methods{"open", "selective"};
    std::optional<double> r024_threshold{};
    std::uint64_t r025_percentile = 75;
    std::optional<double> r025_threshold{};
    std::uint64_t r035_threshold = 1;
    std::optional<double> r038_threshold{};
    std::uint64_t r038_submitted_bids = 2, r038_processes = 2;
    std::uint64_t r048_digits = 2;
    std::optional<std::uint64_t> r048_threshold{};
    std::uint64_t r048_processes = 20;
    std::optional<double> r058_threshold{};

    [[nodiscard]] bool has(Code code) const { return runs[static_cast<std::size_t>(code)]; }
    // As Cardinal's own default file: every indicator, nothing set.
    static Settings standard();
};

// params: file, line, section, key, reason (a key below `reason.`)
inline constexpr ProblemCode bad_settings{"procurement.bad_settings", 422};
Result<Settings> read_settings(std::string_view ini, const std::string& file);

} // namespace adal::procurement::cardinal
