// procurement/contract_version.hpp: how a contract changed after it was signed: sums and prices of a unit.
// Pure, thread-safe.
#pragma once

#include "procurement/process.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::procurement {

struct ContractVersion {
    enum class Kind { first, amendment, now };
    Kind kind = Kind::first;
    std::optional<Moment> date{};
    std::optional<CurrencyAmount> value{};
    std::optional<double> growth{}; // against the first sum: 0.1 = a tenth more
    std::string note{};             // why, as the source says
};
// The first sum, each amendment, and the sum as it stands when the last amendment does not already say it. A contract
// that never changed has one version.
std::vector<ContractVersion> versions_of(const Contract& contract);

struct UnitPrice {
    std::string description{}, unit{};
    std::optional<CurrencyAmount> first{}, last{};
    double growth = 0;
};
// Items whose price of a unit changed between the award (or the first amendment that lists items) and the last list,
// biggest growth first. Items are matched by id, or by code and place.
std::vector<UnitPrice> changed_prices(const Process& process, const Contract& contract);

} // namespace adal::procurement
