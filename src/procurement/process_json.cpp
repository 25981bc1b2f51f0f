// The stored form of the facts: short keys would save little after compression and cost every
// reader of a database dump; members that are empty are left out. Each kind of fact lists its
// fields once, for writing and for reading, so that nothing can be stored and not read back. Facts
// stored before a field existed load with that field empty.
#include "procurement/process.hpp"

#include <charconv>
#include <concepts>
#include <stdexcept>
#include <type_traits>

namespace adal::procurement {

namespace {

std::string_view text(Precision precision)
{
    switch (precision) {
    case Precision::exact:
        return "exact";
    case Precision::zone_assumed:
        return "zone_assumed";
    case Precision::day:
        return "day";
    }
    return "exact";
}

[[noreturn]] void malformed(std::string_view what)
{
    throw std::runtime_error("stored process is malformed: " + std::string{what});
}

// A T to read into or a const T to write from.
template <typename Value, typename T>
concept A = std::same_as<std::remove_const_t<Value>, T>;

// --- the fields, once ---------------------------------------------------------------------------
void fields(auto&& archive, A<PartyRef> auto& party)
{
    archive("id", party.id), archive("name", party.name);
}

void fields(auto&& archive, A<Party> auto& party)
{
    archive("id", party.id), archive("name", party.name);
    archive("scheme", party.scheme), archive("identifier", party.identifier);
    archive("legal_form", party.legal_form), archive("locality", party.locality);
    archive("region", party.region), archive("roles", party.roles);
    archive("phone", party.phone), archive("email", party.email);
    archive("address", party.address), archive("account", party.account);
    archive("contact_name", party.contact_name), archive("head", party.head);
}

void fields(auto&& archive, A<Item> auto& item)
{
    archive("id", item.id), archive("scheme", item.scheme), archive("code", item.code);
    archive("description", item.description), archive("unit", item.unit);
    archive("lot", item.lot), archive("quantity", item.quantity);
    archive("unit_value", item.unit_value);
}

void fields(auto&& archive, A<Lot> auto& lot)
{
    archive("id", lot.id), archive("title", lot.title), archive("status", lot.status);
    archive("value", lot.value), archive("description", lot.description);
    archive("number", lot.number), archive("plan_root", lot.plan_root);
    archive("kato", lot.kato), archive("attempt", lot.attempt);
}

void fields(auto&& archive, A<Bid> auto& bid)
{
    archive("id", bid.id), archive("status", bid.status), archive("date", bid.date);
    archive("tenderers", bid.tenderers), archive("value", bid.value), archive("lots", bid.lots);
    archive("items", bid.items), archive("author", bid.author), archive("editor", bid.editor);
    archive("account", bid.account), archive("reject_reason", bid.reject_reason);
}

void fields(auto&& archive, A<Award> auto& award)
{
    archive("id", award.id), archive("status", award.status), archive("date", award.date);
    archive("suppliers", award.suppliers), archive("value", award.value);
    archive("lots", award.lots), archive("items", award.items);
}

void fields(auto&& archive, A<Amendment> auto& amendment)
{
    archive("date", amendment.date), archive("description", amendment.description);
    archive("id", amendment.id), archive("rationale", amendment.rationale);
    archive("value", amendment.value), archive("items", amendment.items);
}

void fields(auto&& archive, A<Payment> auto& payment)
{
    archive("id", payment.id), archive("date", payment.date), archive("value", payment.value);
}

void fields(auto&& archive, A<Act> auto& act)
{
    archive("id", act.id), archive("approved", act.approved), archive("revoked", act.revoked);
    archive("value", act.value);
}

void fields(auto&& archive, A<Contract> auto& contract)
{
    archive("id", contract.id), archive("award", contract.award_id);
    archive("status", contract.status), archive("signed", contract.signed_at);
    archive("start", contract.period.start), archive("end", contract.period.end);
    archive("warranty", contract.warranty_until), archive("value", contract.value);
    archive("initial", contract.initial_value), archive("amendments", contract.amendments);
    archive("suppliers", contract.suppliers), archive("items", contract.items);
    archive("payments", contract.payments), archive("acts", contract.acts);
    archive("rationale", contract.rationale), archive("initial_key", contract.initial_key);
}

void fields(auto&& archive, A<PlanVersion> auto& version)
{
    archive("id", version.id), archive("method", version.method);
    archive("price", version.price), archive("amount", version.amount);
    archive("date", version.date);
}

void tender_fields(auto&& archive, A<Process> auto& process)
{
    archive("method", process.method), archive("method_details", process.method_details);
    archive("category", process.category), archive("classifications", process.classifications);
    archive("estimate", process.estimate);
    archive("tender_start", process.tender_period.start);
    archive("tender_end", process.tender_period.end);
    archive("tenderers", process.tenderers), archive("lots", process.lots);
    archive("items", process.items), archive("published", process.published);
    archive("enquiry_start", process.enquiry_period.start);
    archive("enquiry_end", process.enquiry_period.end);
    archive("award_start", process.award_period.start);
    archive("award_end", process.award_period.end);
    archive("rationale", process.rationale), archive("financial_year", process.financial_year);
}

void fields(auto&& archive, A<Process> auto& process)
{
    archive("ocid", process.ocid), archive("release", process.release_id);
    archive("released", process.released), archive("title", process.title);
    archive("description", process.description), archive("status", process.status);
    archive("buyer", process.buyer), archive("entity", process.procuring_entity);
    archive("locality", process.locality), archive("kato", process.kato);
    tender_fields(archive, process);
    archive("bids", process.bids), archive("awards", process.awards);
    archive("contracts", process.contracts), archive("parties", process.parties);
    archive("budget_id", process.budget_id), archive("budget", process.budget);
    archive("plan_versions", process.plan_versions), archive("hash", process.content_hash);
}

// --- writing ------------------------------------------------------------------------------------
struct Writer {
    json::object out{};

    void operator()(std::string_view key, const std::string& value)
    {
        if (!value.empty()) out[key] = value;
    }
    void operator()(std::string_view key, const std::optional<Moment>& moment)
    {
        if (moment) out[key] = json::array{moment->at.ms, text(moment->precision)};
    }
    void operator()(std::string_view key, const std::optional<CurrencyAmount>& amount)
    {
        if (amount) out[key] = json::array{amount->hundredths, amount->currency};
    }
    void operator()(std::string_view key, const std::optional<std::int64_t>& number)
    {
        if (number) out[key] = *number;
    }
    void operator()(std::string_view key, const std::optional<double>& number)
    {
        if (number) out[key] = *number;
    }
    // As text: JSON readers of other languages lose the low digits of a large number.
    void operator()(std::string_view key, ContactHash hash)
    {
        if (hash != 0) out[key] = std::to_string(hash);
    }
    void operator()(std::string_view key, const std::vector<std::string>& list)
    {
        if (!list.empty()) out[key] = json::array(list.begin(), list.end());
    }
    void operator()(std::string_view key, const PartyRef& party) { out[key] = write(party); }
    template <typename T>
    void operator()(std::string_view key, const std::vector<T>& list)
    {
        if (list.empty()) return;
        json::array array;
        array.reserve(list.size());
        for (const auto& item : list)
            array.emplace_back(write(item));
        out[key] = std::move(array);
    }

    template <typename T>
    static json::object write(const T& value)
    {
        Writer inner;
        fields(inner, value);
        return std::move(inner.out);
    }
};

// --- reading ------------------------------------------------------------------------------------
struct StoredFacts {
    const json::value& in;

    void operator()(std::string_view key, std::string& value) const
    {
        value = text_at(in, key).value_or("");
    }
    void operator()(std::string_view key, std::optional<Moment>& moment) const
    {
        const auto* pair = number_and_text(key);
        if (!pair) return;
        const auto name = std::string_view{(*pair)[1].get_string()};
        for (const auto precision : {Precision::exact, Precision::zone_assumed, Precision::day})
            if (text(precision) == name) moment = {Instant{(*pair)[0].get_int64()}, precision};
        if (!moment) malformed(key);
    }
    void operator()(std::string_view key, std::optional<CurrencyAmount>& amount) const
    {
        if (const auto* pair = number_and_text(key))
            amount = {(*pair)[0].get_int64(), std::string{(*pair)[1].get_string()}};
    }
    void operator()(std::string_view key, std::optional<std::int64_t>& number) const
    {
        number = int_at(in, key);
    }
    void operator()(std::string_view key, std::optional<double>& number) const
    {
        const auto* found = find(in, key);
        if (!found) return;
        if (!found->is_number()) malformed(key);
        number = found->to_number<double>();
    }
    void operator()(std::string_view key, ContactHash& hash) const
    {
        const auto digits = text_at(in, key).value_or("0");
        const auto* end = digits.data() + digits.size();
        if (std::from_chars(digits.data(), end, hash).ptr != end) malformed(key);
    }
    void operator()(std::string_view key, std::vector<std::string>& list) const
    {
        if (const auto* array = array_at(in, key))
            for (const auto& item : *array) {
                if (!item.is_string()) malformed(key);
                list.emplace_back(item.get_string());
            }
    }
    void operator()(std::string_view key, PartyRef& party) const
    {
        if (const auto* found = find(in, key)) fields(StoredFacts{*found}, party);
    }
    template <typename T>
    void operator()(std::string_view key, std::vector<T>& list) const
    {
        const auto* array = array_at(in, key);
        if (!array) return;
        list.reserve(array->size());
        for (const auto& item : *array)
            fields(StoredFacts{item}, list.emplace_back());
    }

private:
    [[nodiscard]] const json::array* number_and_text(std::string_view key) const
    {
        const auto* pair = array_at(in, key);
        if (!pair) return nullptr;
        if (pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_string()) malformed(key);
        return pair;
    }
};

} // namespace

json::object to_json(const Process& process)
{
    return Writer::write(process);
}

Process process_from(const json::value& v)
{
    if (!v.is_object() || !text_at(v, "ocid")) malformed("ocid");
    Process process;
    fields(StoredFacts{v}, process);
    return process;
}

} // namespace adal::procurement
