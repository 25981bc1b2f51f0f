#include "procurement/ocds_writer.hpp"

#include "base/time.hpp"
#include "procurement/party.hpp"

#include <cmath>
#include <map>

namespace adal::procurement {

namespace {

class ReleaseWriter
{
public:
    explicit ReleaseWriter(const Process& process) : m_process(process), m_names(person_names(process)) {}

    json::object release(Instant otherwise)
    {
        const auto& p = m_process;
        json::object out{{"ocid", p.ocid}, {"id", p.release_id.empty() ? p.ocid : p.release_id}};
        out["date"] = iso(p.released ? p.released->at : otherwise);
        out["tag"] = json::array{"compiled"};
        out["initiationType"] = "tender";
        put(out, "parties", parties());
        put(out, "buyer", reference(p.buyer));
        put(out, "planning", planning());
        put(out, "tender", tender());
        if (auto details = list(p.bids, [&](const Bid& bid) { return bid_object(bid); }); !details.empty())
            out["bids"] = json::object{{"details", std::move(details)}};
        put(out, "awards", list(p.awards, [&](const Award& award) { return award_object(award); }));
        put(out, "contracts", list(p.contracts, [&](const Contract& contract) { return contract_object(contract); }));
        return out;
    }

private:
    template <typename Json> static void put(json::object& out, std::string_view key, Json value)
    {
        if (!value.empty()) out[key] = std::move(value);
    }
    void put_text(json::object& out, std::string_view key, const std::string& text) const
    {
        if (!text.empty()) out[key] = m_names.empty() ? text : without_persons(text, m_names, "***");
    }
    static void put_day(json::object& out, std::string_view key, const std::optional<Moment>& moment)
    {
        if (moment) out[key] = iso(moment->at);
    }
    static json::value decimal(std::int64_t hundredths)
    {
        if (hundredths % 100 == 0) return hundredths / 100;
        return static_cast<double>(hundredths) / 100;
    }
    static void put_sum(json::object& out, std::string_view key, const std::optional<CurrencyAmount>& amount)
    {
        if (!amount) return;
        json::object sum{{"amount", decimal(amount->hundredths)}};
        if (!amount->currency.empty()) sum["currency"] = amount->currency;
        out[key] = std::move(sum);
    }
    template <typename T, typename Make> static json::array list(const std::vector<T>& values, Make make)
    {
        json::array out;
        for (const auto& value : values) out.push_back(make(value));
        return out;
    }
    static json::array texts(const std::vector<std::string>& values)
    {
        return list(values, [](const std::string& text) { return json::value(text); });
    }
    static json::object period(const Period& period)
    {
        json::object out;
        put_day(out, "startDate", period.start);
        put_day(out, "endDate", period.end);
        return out;
    }

    // One number per person of this release, in the order they come up.
    std::string person_key(const PartyRef& party)
    {
        const auto [at, added] = m_persons.emplace(identity_of(party), m_persons.size() + 1);
        return "person-" + std::to_string(at->second);
    }
    json::object reference(const PartyRef& party)
    {
        if (is_person(m_process, party)) return {{"id", person_key(party)}};
        json::object out;
        put_text(out, "id", party.id);
        put_text(out, "name", party.name);
        return out;
    }
    json::array references(const std::vector<PartyRef>& parties)
    {
        return list(parties, [&](const PartyRef& party) { return reference(party); });
    }
    json::array parties()
    {
        return list(m_process.parties, [&](const Party& party) {
            auto out = reference({.id = party.id, .name = party.name});
            if (!is_person(m_process, {.id = party.id, .name = party.name})) {
                json::object identifier, address;
                put_text(identifier, "scheme", party.scheme);
                put_text(identifier, "id", party.identifier);
                put(out, "identifier", std::move(identifier));
                put_text(address, "locality", party.locality);
                put_text(address, "region", party.region);
                put(out, "address", std::move(address));
                put_text(out, "x_kopf", party.legal_form);
            }
            put(out, "roles", texts(party.roles));
            return out;
        });
    }
    json::object planning() const
    {
        json::object budget, out;
        put_text(budget, "id", m_process.budget_id);
        put_sum(budget, "amount", m_process.budget);
        put(out, "budget", std::move(budget));
        put(out, "x_versions", list(m_process.plan_versions, [&](const PlanVersion& version) {
                json::object row;
                put_text(row, "id", version.id);
                put_text(row, "method", version.method);
                if (version.price) row["price"] = decimal(*version.price);
                if (version.amount) row["amount"] = decimal(*version.amount);
                put_day(row, "date", version.date);
                return row;
            }));
        return out;
    }
    json::array items(const std::vector<Item>& values) const
    {
        std::size_t number = 0;
        return list(values, [&](const Item& item) {
            json::object out, classification, unit;
            out["id"] = item.id.empty() ? std::to_string(++number) : item.id;
            put_text(out, "description", item.description);
            put_text(classification, "scheme", item.scheme);
            put_text(classification, "id", item.code);
            put(out, "classification", std::move(classification));
            if (item.quantity && std::isfinite(*item.quantity)) {
                const double whole = std::round(*item.quantity);
                if (whole == *item.quantity && std::abs(whole) < 1e15) out["quantity"] = static_cast<std::int64_t>(whole);
                else out["quantity"] = *item.quantity;
            }
            put_text(unit, "name", item.unit);
            put_sum(unit, "value", item.unit_value);
            put(out, "unit", std::move(unit));
            put_text(out, "relatedLot", item.lot);
            return out;
        });
    }
    json::object tender()
    {
        const auto& p = m_process;
        json::object out{{"id", p.release_id.empty() ? p.ocid : p.ocid + "-tender"}};
        put_text(out, "title", p.title);
        put_text(out, "description", p.description);
        put_text(out, "status", p.status);
        put(out, "procuringEntity", reference(p.procuring_entity));
        put_sum(out, "value", p.estimate);
        put_text(out, "procurementMethod", p.method);
        put_text(out, "procurementMethodDetails", p.method_details);
        put_text(out, "procurementMethodRationale", p.rationale);
        put_text(out, "mainProcurementCategory", p.category);
        put_day(out, "datePublished", p.published);
        put(out, "tenderPeriod", period(p.tender_period));
        put(out, "enquiryPeriod", period(p.enquiry_period));
        put(out, "awardPeriod", period(p.award_period));
        if (p.tenderers) out["numberOfTenderers"] = *p.tenderers;
        put(out, "items", items(p.items));
        put(out, "lots", list(p.lots, [&](const Lot& lot) {
                json::object row;
                put_text(row, "id", lot.id);
                put_text(row, "title", lot.title);
                put_text(row, "description", lot.description);
                put_text(row, "status", lot.status);
                put_sum(row, "value", lot.value);
                put_text(row, "x_lotNumber", lot.number);
                put_text(row, "x_planRoot", lot.plan_root);
                put_text(row, "x_kato", lot.kato);
                if (lot.attempt) row["x_attempt"] = *lot.attempt;
                return row;
            }));
        put_text(out, "x_finYear", p.financial_year);
        return out;
    }
    json::object bid_object(const Bid& bid)
    {
        json::object out;
        put_text(out, "id", bid.id);
        put_day(out, "date", bid.date);
        put_text(out, "status", bid.status);
        put(out, "tenderers", references(bid.tenderers));
        put_sum(out, "value", bid.value);
        put(out, "relatedLots", texts(bid.lots));
        put(out, "items", items(bid.items));
        put_text(out, "x_rejectReason", bid.reject_reason);
        return out;
    }
    json::object award_object(const Award& award)
    {
        json::object out;
        put_text(out, "id", award.id);
        put_text(out, "status", award.status);
        put_day(out, "date", award.date);
        put_sum(out, "value", award.value);
        put(out, "suppliers", references(award.suppliers));
        put(out, "items", items(award.items));
        put(out, "relatedLots", texts(award.lots));
        return out;
    }
    json::object contract_object(const Contract& contract)
    {
        json::object out;
        put_text(out, "id", contract.id);
        put_text(out, "awardID", contract.award_id);
        put_text(out, "status", contract.status);
        put_day(out, "dateSigned", contract.signed_at);
        put(out, "period", period(contract.period));
        put_sum(out, "value", contract.value);
        put_sum(out, contract.initial_key.empty() ? "x_initialValue" : contract.initial_key, contract.initial_value);
        put(out, "suppliers", references(contract.suppliers));
        put(out, "items", items(contract.items));
        put(out, "amendments", list(contract.amendments, [&](const Amendment& amendment) {
                json::object row;
                put_text(row, "id", amendment.id);
                put_day(row, "date", amendment.date);
                put_text(row, "rationale", amendment.rationale);
                put_text(row, "description", amendment.description);
                put_sum(row, "x_value", amendment.value);
                put(row, "x_items", items(amendment.items));
                return row;
            }));
        if (contract.warranty_until) out["warrantyPeriod"] = json::object{{"endDate", iso(contract.warranty_until->at)}};
        put(out, "x_acts", list(contract.acts, [&](const Act& act) {
                json::object row;
                put_text(row, "id", act.id);
                put_day(row, "approveDate", act.approved);
                put_day(row, "revokeDate", act.revoked);
                put_sum(row, "value", act.value);
                return row;
            }));
        if (auto payments = list(contract.payments, [&](const Payment& payment) {
                json::object row;
                put_text(row, "id", payment.id);
                put_day(row, "date", payment.date);
                put_sum(row, "value", payment.value);
                return row;
            });
            !payments.empty())
            out["implementation"] = json::object{{"transactions", std::move(payments)}};
        put_text(out, "x_justification", contract.rationale);
        return out;
    }

    const Process& m_process;
    std::vector<std::string> m_names;
    std::map<std::string, std::size_t> m_persons{};
};

} // namespace

json::object release_of(const Process& process, Instant otherwise)
{
    return ReleaseWriter{process}.release(otherwise);
}

} // namespace adal::procurement
