// procurement/facet.hpp: the few words that a process is sorted under in the search: where, how, when, how much.
//
// A value is a short stable text that fits an address; label_of() reads it out. Districts are data
// (data/procurement/territories.json), methods come from the thresholds. Pure, thread-safe.
#pragma once

#include "i18n/i18n.hpp"
#include "procurement/process.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace adal::procurement {

enum class Facet { district, works, method, category, band, year, flag, buyer, supplier };
inline constexpr std::array<Facet, 9> all_facets{Facet::district, Facet::works, Facet::method,   Facet::category, Facet::band,
                                                 Facet::year,     Facet::flag,  Facet::buyer, Facet::supplier};
inline constexpr std::size_t kFacets = all_facets.size();
// Of the query string and of the messages: "district", "works", "method", "category", "sum", "year", "flag", "buyer",
// "supplier".
std::string_view name(Facet facet);

// Any value of works or of flag.
inline constexpr std::string_view kAnyValue = "any";

// Sums in tenge; others are not converted.
inline constexpr std::array<std::string_view, 7> all_bands{"1m", "10m", "100m", "1bn", "more", "other", "none"};
std::string_view band_of(const std::optional<CurrencyAmount>& sum);

struct FacetValues {
    std::string district{}; // KATO code of a known district, or the text of the source
    std::string method{};   // id of a MethodRule, or the OCDS code, or the text of the source
    std::string category{}; // goods, works, services, or ""
    std::string band{};
    std::string year{};     // of the signature, or of the tender; "" unknown
    std::optional<std::int64_t> tenge{};  // hundredths: the contract, else the estimate
    std::optional<Instant> accepted_at{}; // last act in force, when the works are accepted
};
FacetValues facet_values(const Process& process);

// "Алатау ауданы", "Ашық конкурс", "1–10 млн ₸"; a value that is not ours is given back as it is.
std::string label_of(i18n::Language language, Facet facet, std::string_view value);

} // namespace adal::procurement
