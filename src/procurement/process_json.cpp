// The stored form of the facts: short keys would save little after compression and cost every reader of a
// database dump; members that are empty are left out.
#include "procurement/process.hpp"

#include <stdexcept>

namespace adal::procurement {

namespace {

std::string_view text(Precision precision)
{
    switch (precision) {
    case Precision::exact: return "exact";
    case Precision::zone_assumed: return "zone_assumed";
    case Precision::day: return "day";
    }
    return "exact";
}

[[noreturn]] void malformed(std::string_view what)
{
    throw std::runtime_error("stored process is malformed: " + std::string{what});
}

// --- writing ------------------------------------------------------------------------------------
void put(json::object& out, std::string_view key, const std::string& value)
{
    if (!value.empty()) out[key] = value;
}

void put(json::object& out, std::string_view key, const std::optional<Moment>& moment)
{
    if (!moment) return;
    out[key] = json::array{moment->at.ms, text(moment->precision)};
}

void put(json::object& out, std::string_view key, const std::optional<CurrencyAmount>& amount)
{
    if (amount) out[key] = json::array{amount->hundredths, amount->currency};
}

void put(json::object& out, std::string_view key, const std::vector<std::string>& list)
{
    if (list.empty()) return;
    json::array array;
    for (const auto& item : list) array.emplace_back(item);
    out[key] = std::move(array);
}

json::object write(const PartyRef& party)
{
    json::object out;
    put(out, "id", party.id);
    put(out, "name", party.name);
    return out;
}

json::object write(const Lot& lot)
{
    json::object out;
    put(out, "id", lot.id);
    put(out, "title", lot.title);
    put(out, "status", lot.status);
    put(out, "value", lot.value);
    return out;
}

json::object write(const Amendment& amendment)
{
    json::object out;
    put(out, "date", amendment.date);
    put(out, "description", amendment.description);
    return out;
}

json::object write(const Bid& bid);
json::object write(const Award& award);
json::object write(const Contract& contract);

template <typename T>
void put_all(json::object& out, std::string_view key, const std::vector<T>& list)
{
    if (list.empty()) return;
    json::array array;
    array.reserve(list.size());
    for (const auto& item : list) array.emplace_back(write(item));
    out[key] = std::move(array);
}

json::object write(const Bid& bid)
{
    json::object out;
    put(out, "id", bid.id);
    put(out, "status", bid.status);
    put(out, "date", bid.date);
    put_all(out, "tenderers", bid.tenderers);
    put(out, "value", bid.value);
    put(out, "lots", bid.lots);
    return out;
}

json::object write(const Award& award)
{
    json::object out;
    put(out, "id", award.id);
    put(out, "status", award.status);
    put(out, "date", award.date);
    put_all(out, "suppliers", award.suppliers);
    put(out, "value", award.value);
    put(out, "lots", award.lots);
    return out;
}

json::object write(const Contract& contract)
{
    json::object out;
    put(out, "id", contract.id);
    put(out, "award", contract.award_id);
    put(out, "status", contract.status);
    put(out, "signed", contract.signed_at);
    put(out, "start", contract.period.start);
    put(out, "end", contract.period.end);
    put(out, "warranty", contract.warranty_until);
    put(out, "value", contract.value);
    put(out, "initial", contract.initial_value);
    put_all(out, "amendments", contract.amendments);
    return out;
}

// --- reading ------------------------------------------------------------------------------------
std::string take_text(const json::value& object, std::string_view key)
{
    return std::string{text_at(object, key).value_or("")};
}

std::optional<Moment> take_moment(const json::value& object, std::string_view key)
{
    const auto* pair = array_at(object, key);
    if (!pair) return std::nullopt;
    if (pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_string()) malformed(key);
    const auto name = std::string_view{(*pair)[1].get_string()};
    for (const auto precision : {Precision::exact, Precision::zone_assumed, Precision::day})
        if (text(precision) == name) return Moment{Instant{(*pair)[0].get_int64()}, precision};
    malformed(key);
}

std::optional<CurrencyAmount> take_amount(const json::value& object, std::string_view key)
{
    const auto* pair = array_at(object, key);
    if (!pair) return std::nullopt;
    if (pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_string()) malformed(key);
    return CurrencyAmount{(*pair)[0].get_int64(), std::string{(*pair)[1].get_string()}};
}

std::vector<std::string> take_texts(const json::value& object, std::string_view key)
{
    std::vector<std::string> out;
    if (const auto* array = array_at(object, key))
        for (const auto& item : *array) {
            if (!item.is_string()) malformed(key);
            out.emplace_back(item.get_string());
        }
    return out;
}

template <typename T, typename Read>
std::vector<T> take_all(const json::value& object, std::string_view key, Read read)
{
    std::vector<T> out;
    if (const auto* array = array_at(object, key))
        for (const auto& item : *array) out.push_back(read(item));
    return out;
}

PartyRef read_party(const json::value& v)
{
    return {.id = take_text(v, "id"), .name = take_text(v, "name")};
}

Lot read_lot(const json::value& v)
{
    return {.id = take_text(v, "id"),
            .title = take_text(v, "title"),
            .status = take_text(v, "status"),
            .value = take_amount(v, "value")};
}

Bid read_bid(const json::value& v)
{
    return {.id = take_text(v, "id"),
            .status = take_text(v, "status"),
            .date = take_moment(v, "date"),
            .tenderers = take_all<PartyRef>(v, "tenderers", read_party),
            .value = take_amount(v, "value"),
            .lots = take_texts(v, "lots")};
}

Award read_award(const json::value& v)
{
    return {.id = take_text(v, "id"),
            .status = take_text(v, "status"),
            .date = take_moment(v, "date"),
            .suppliers = take_all<PartyRef>(v, "suppliers", read_party),
            .value = take_amount(v, "value"),
            .lots = take_texts(v, "lots")};
}

Amendment read_amendment(const json::value& v)
{
    return {.date = take_moment(v, "date"), .description = take_text(v, "description")};
}

Contract read_contract(const json::value& v)
{
    return {.id = take_text(v, "id"),
            .award_id = take_text(v, "award"),
            .status = take_text(v, "status"),
            .signed_at = take_moment(v, "signed"),
            .period = {.start = take_moment(v, "start"), .end = take_moment(v, "end")},
            .warranty_until = take_moment(v, "warranty"),
            .value = take_amount(v, "value"),
            .initial_value = take_amount(v, "initial"),
            .amendments = take_all<Amendment>(v, "amendments", read_amendment)};
}

PartyRef take_party(const json::value& v, std::string_view key)
{
    const auto* party = find(v, key);
    return party ? read_party(*party) : PartyRef{};
}

} // namespace

json::object to_json(const Process& process)
{
    json::object out;
    put(out, "ocid", process.ocid);
    put(out, "release", process.release_id);
    put(out, "released", process.released);
    put(out, "title", process.title);
    put(out, "description", process.description);
    put(out, "status", process.status);
    out["buyer"] = write(process.buyer);
    out["entity"] = write(process.procuring_entity);
    put(out, "locality", process.locality);
    put(out, "method", process.method);
    put(out, "method_details", process.method_details);
    put(out, "category", process.category);
    put(out, "classifications", process.classifications);
    put(out, "estimate", process.estimate);
    put(out, "tender_start", process.tender_period.start);
    put(out, "tender_end", process.tender_period.end);
    if (process.tenderers) out["tenderers"] = *process.tenderers;
    put_all(out, "lots", process.lots);
    put_all(out, "bids", process.bids);
    put_all(out, "awards", process.awards);
    put_all(out, "contracts", process.contracts);
    put(out, "hash", process.content_hash);
    return out;
}

Process process_from(const json::value& v)
{
    if (!v.is_object() || !text_at(v, "ocid")) malformed("ocid");
    return {.ocid = take_text(v, "ocid"),
            .release_id = take_text(v, "release"),
            .released = take_moment(v, "released"),
            .title = take_text(v, "title"),
            .description = take_text(v, "description"),
            .status = take_text(v, "status"),
            .buyer = take_party(v, "buyer"),
            .procuring_entity = take_party(v, "entity"),
            .locality = take_text(v, "locality"),
            .method = take_text(v, "method"),
            .method_details = take_text(v, "method_details"),
            .category = take_text(v, "category"),
            .classifications = take_texts(v, "classifications"),
            .estimate = take_amount(v, "estimate"),
            .tender_period = {.start = take_moment(v, "tender_start"),
                              .end = take_moment(v, "tender_end")},
            .tenderers = int_at(v, "tenderers"),
            .lots = take_all<Lot>(v, "lots", read_lot),
            .bids = take_all<Bid>(v, "bids", read_bid),
            .awards = take_all<Award>(v, "awards", read_award),
            .contracts = take_all<Contract>(v, "contracts", read_contract),
            .content_hash = take_text(v, "hash")};
}

} // namespace adal::procurement
