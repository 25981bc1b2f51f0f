#include "procurement/facts_process.hpp"

#include "procurement/release_parts.hpp"

#include <algorithm>
#include <array>

namespace adal::procurement::columns {

namespace {

std::optional<Moment> moment_of(std::int64_t us, MomentKind kind)
{
    if (kind == MomentKind::none) return std::nullopt;
    const auto ms = us >= 0 ? us / 1000 : (us - 999) / 1000;
    return Moment{Instant{ms}, kind == MomentKind::exact          ? Precision::exact
                               : kind == MomentKind::zone_assumed ? Precision::zone_assumed
                                                                  : Precision::day};
}

std::optional<std::int64_t> hundredths_of(double amount)
{
    return std::isnan(amount) ? std::nullopt : std::optional{hundredths(amount)};
}

// f(row) of each row of the span.
template <typename Row, typename F>
auto of_span(const std::vector<Row>& table, Span span, F&& f)
{
    std::vector<decltype(f(table.front()))> out;
    out.reserve(span.count);
    for (std::uint32_t i = span.begin; i < span.end(); ++i)
        out.push_back(f(table[i]));
    return out;
}

// Reads the rows of one process; the functions mirror those of release_parts.cpp.
class ProcessBuilder {
public:
    explicit ProcessBuilder(const Facts& facts) : m_facts(facts) {}

    [[nodiscard]] Process build(const ProcessRow& row, const ProcessMore& more) const
    {
        Process process;
        process.ocid = said(row.ocid);
        process.release_id = said(more.release_id);
        process.released = moment_of(more.released_us, more.released_kind);
        process.buyer = {said(row.buyer), said(more.buyer_name)};
        tender(process, row, more);
        process.budget_id = said(more.budget_id);
        process.budget = sum(more.budget, more.budget_currency);
        process.plan_versions = of_span(m_facts.plan_versions, more.plan_versions,
                                     [&](const auto& version) { return plan_version(version); });
        for (std::uint32_t i = row.bids.begin; i < row.bids.end(); ++i)
            process.bids.push_back(bid(m_facts.bids[i], m_facts.bid_more[i]));
        for (std::uint32_t i = row.awards.begin; i < row.awards.end(); ++i)
            process.awards.push_back(award(m_facts.awards[i], m_facts.award_more[i]));
        process.contracts = of_span(m_facts.contracts, more.contracts,
                                 [&](const auto& one) { return contract(one); });
        buyer(process, more);
        return process;
    }

private:
    [[nodiscard]] std::string said(Symbol symbol) const
    {
        return symbol == kAbsent ? std::string{} : without_controls(m_facts.name(symbol));
    }
    [[nodiscard]] std::string said(TextRef text) const
    {
        return without_controls(m_facts.text(text));
    }
    [[nodiscard]] std::optional<CurrencyAmount> sum(double amount, Symbol currency) const
    {
        if (std::isnan(amount)) return std::nullopt;
        return CurrencyAmount{hundredths(amount), said(currency)};
    }

    void tender(Process& process, const ProcessRow& row, const ProcessMore& more) const
    {
        process.title = said(more.title);
        process.description = said(more.description);
        process.status = said(more.status_text);
        process.estimate = sum(more.value, more.currency);
        process.method = said(row.method_text);
        process.method_details = said(row.method_details);
        process.rationale = said(more.rationale);
        process.category = said(more.category_text);
        if (row.tenderers >= 0) process.tenderers = row.tenderers;
        process.procuring_entity = {said(row.procuring_entity), said(more.entity_name)};
        process.financial_year = said(more.financial_year);
        process.tender_period = {moment_of(row.start_us, row.start_kind),
                                 moment_of(row.end_us, row.end_kind)};
        process.enquiry_period = {moment_of(more.enquiry_start_us, more.enquiry_start_kind),
                                  moment_of(more.enquiry_end_us, more.enquiry_end_kind)};
        process.award_period = {moment_of(more.award_start_us, more.award_start_kind),
                                moment_of(more.award_end_us, more.award_end_kind)};
        process.published = moment_of(more.published_us, more.published_kind);
        process.lots = of_span(m_facts.lots, more.lots, [&](const auto& one) { return lot(one); });
        process.items = items(more.items);
        process.classifications = codes_of(process.items);
    }

    void buyer(Process& process, const ProcessMore& more) const
    {
        if (process.buyer.id.empty() && process.buyer.name.empty())
            process.buyer = process.procuring_entity;
        process.parties =
            of_span(m_facts.parties, more.parties, [&](const auto& one) { return party(one); });
        const auto* found = party_of(process, process.buyer.id);
        if (!found) return;
        if (process.buyer.name.empty()) process.buyer.name = found->name;
        process.kato = found->region;
        process.locality = found->locality;
        const auto street = said(more.street);
        if (!street.empty() && street != found->locality)
            process.locality += (found->locality.empty() ? "" : ", ") + street;
    }

    [[nodiscard]] Party party(const PartyRow& row) const
    {
        Party party{.id = said(row.id),
                    .name = said(row.name),
                    .scheme = said(row.scheme),
                    .identifier = said(row.identifier),
                    .legal_form = said(row.kind),
                    .locality = said(row.locality),
                    .region = said(row.region),
                    .phone = row.phone,
                    .email = row.email,
                    .address = row.address,
                    .account = row.account,
                    .contact_name = row.contact_name,
                    .head = row.head};
        constexpr std::array<std::pair<PartyRow::Role, const char*>, 4> kRoles{
            {{PartyRow::buyer, "buyer"},
             {PartyRow::procuring_entity, "procuringEntity"},
             {PartyRow::tenderer, "tenderer"},
             {PartyRow::supplier, "supplier"}}};
        for (const auto& [bit, name] : kRoles)
            if (row.roles & bit) party.roles.emplace_back(name);
        return party;
    }

    [[nodiscard]] std::vector<PartyRef> who(Span span) const
    {
        return of_span(m_facts.party_refs, span, [&](const PartyRefRow& row) {
            return PartyRef{said(row.id), said(row.name)};
        });
    }
    [[nodiscard]] std::vector<std::string> lot_ids(Span span) const
    {
        return of_span(m_facts.related_lots, span, [&](Symbol id) { return said(id); });
    }
    [[nodiscard]] std::vector<Item> items(Span span) const
    {
        return of_span(m_facts.items, span, [&](const ItemRow& row) {
            Item item{.id = said(row.id),
                      .scheme = said(row.scheme),
                      .code = said(row.code),
                      .description = said(row.description),
                      .unit = said(row.unit),
                      .lot = said(row.lot),
                      .unit_value = sum(row.unit_value, row.currency)};
            if (!std::isnan(row.quantity)) item.quantity = row.quantity;
            return item;
        });
    }
    [[nodiscard]] Lot lot(const LotRow& row) const
    {
        Lot lot{.id = said(row.id),
                .title = said(row.title),
                .status = said(row.status),
                .value = sum(row.value, row.currency),
                .description = said(row.description),
                .number = said(row.number),
                .plan_root = said(row.plan_root),
                .kato = said(row.kato)};
        if (row.attempt >= 0) lot.attempt = row.attempt;
        return lot;
    }
    [[nodiscard]] Bid bid(const BidRow& row, const BidMore& more) const
    {
        return {.id = said(more.id),
                .status = said(more.status_text),
                .date = moment_of(more.date_us, more.date_kind),
                .tenderers = who(more.who),
                .value = sum(row.amount, row.currency),
                .lots = lot_ids(more.lots),
                .items = items(more.items),
                .author = more.author,
                .editor = more.editor,
                .account = more.account,
                .reject_reason = said(more.reject_reason)};
    }
    [[nodiscard]] Award award(const AwardRow&, const AwardMore& more) const
    {
        return {.id = said(more.id),
                .status = said(more.status_text),
                .date = moment_of(more.date_us, more.date_kind),
                .suppliers = who(more.who),
                .value = sum(more.value, more.currency),
                .lots = lot_ids(more.lots),
                .items = items(more.items)};
    }
    [[nodiscard]] Contract contract(const ContractRow& row) const
    {
        Contract contract{.id = said(row.id),
                          .award_id = said(row.award_id),
                          .status = said(row.status),
                          .signed_at = moment_of(row.signed_us, row.signed_kind),
                          .period = {moment_of(row.start_us, row.start_kind),
                                     moment_of(row.end_us, row.end_kind)},
                          .warranty_until = moment_of(row.warranty_us, row.warranty_kind),
                          .value = sum(row.value, row.currency),
                          .initial_value = sum(row.initial_value, row.initial_currency),
                          .suppliers = who(row.who),
                          .items = items(row.items),
                          .rationale = said(row.rationale)};
        if (row.initial_seen) contract.initial_key = row.initial_is_ocds ? "initialValue" : "x_initialValue";
        contract.amendments =
            of_span(m_facts.amendments, row.amendments, [&](const auto& one) { return amendment(one); });
        contract.payments = of_span(m_facts.payments, row.payments, [&](const PaymentRow& one) {
            return Payment{said(one.id), moment_of(one.date_us, one.date_kind), sum(one.value, one.currency)};
        });
        contract.acts = of_span(m_facts.acts, row.acts, [&](const ActRow& one) {
            return Act{said(one.id), moment_of(one.approved_us, one.approved_kind),
                       moment_of(one.revoked_us, one.revoked_kind), sum(one.value, one.currency)};
        });
        return contract;
    }
    [[nodiscard]] Amendment amendment(const AmendmentRow& row) const
    {
        return {.date = moment_of(row.date_us, row.date_kind),
                .description = said(row.description),
                .id = said(row.id),
                .rationale = said(row.rationale),
                .value = sum(row.value, row.currency),
                .items = items(row.items)};
    }
    [[nodiscard]] PlanVersion plan_version(const PlanVersionRow& row) const
    {
        return {.id = said(row.id),
                .method = said(row.method),
                .price = hundredths_of(row.price),
                .amount = hundredths_of(row.amount),
                .date = moment_of(row.date_us, row.date_kind)};
    }

    const Facts& m_facts;
};

} // namespace

Process process_of(const Facts& facts, std::size_t row)
{
    return ProcessBuilder{facts}.build(facts.processes[row], facts.process_more[row]);
}

std::span<const Process> FactsProcesses::range(std::size_t begin, std::size_t end,
                                               std::vector<Process>& room) const
{
    room.clear();
    for (auto row = begin; row < end; ++row) room.push_back(process_of(m_facts, row));
    return room;
}

} // namespace adal::procurement::columns
