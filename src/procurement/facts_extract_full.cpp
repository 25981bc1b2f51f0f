// What only the Kazakh flags need (depth `full`): parties, lots, items, contracts, plans. x_…
// members are extensions of the goszakup mapping (docs/formats/ocds.md).
#include "procurement/facts_extract.hpp"
#include "procurement/process.hpp"

#include "base/text.hpp"
#include <algorithm>

namespace adal::procurement::columns {

namespace {

std::uint32_t rows(const auto& table)
{
    return static_cast<std::uint32_t>(table.size());
}

Category category_of(std::string_view text)
{
    if (text == "goods") return Category::goods;
    if (text == "works") return Category::works;
    if (text == "services") return Category::services;
    return text.empty() ? Category::none : Category::other;
}

std::uint32_t role_of(std::string_view text)
{
    if (text == "buyer") return PartyRow::buyer;
    if (text == "procuringEntity") return PartyRow::procuring_entity;
    if (text == "tenderer") return PartyRow::tenderer;
    if (text == "supplier") return PartyRow::supplier;
    return PartyRow::other;
}

void put(Sum from, double& amount, Symbol& currency, SumKind& kind)
{
    amount = from.amount;
    currency = from.currency;
    kind = from.kind;
}

void put(When from, std::int64_t& us, MomentKind& kind)
{
    us = from.us;
    kind = from.kind;
}

// f(key, value) for each member of an object; nothing for any other value.
template <typename F>
void members(Node node, F&& f)
{
    if (node.is_object()) node.each_member(f);
}

// f(element) for each element; a single object stands for a list of one, as some publishers write.
template <typename F>
void list(Node node, F&& f)
{
    if (node.is_array())
        node.each_element(f);
    else if (node.is_object())
        f(node);
}

} // namespace

TextRef Extractor::free_text(Node node)
{
    if (!node.is_text()) return {};
    const auto text = text_of(node);
    auto& all = m_tables->texts;
    const TextRef ref{rows(all), static_cast<std::uint32_t>(text.size())};
    all.insert(all.end(), text.begin(), text.end());
    return ref;
}

ContactHash Extractor::contact(Node node, bool digits_only)
{
    if (!node.is_text()) return 0;
    const auto text = text_of(node);
    return digits_only ? phone_hash(text) : contact_hash(text);
}

std::int32_t Extractor::count(Node node)
{
    const double value = number(node);
    return value >= 0 && value <= 1e9 ? static_cast<std::int32_t>(value) : -1;
}

PartyRefRow Extractor::party_ref(Node node)
{
    PartyRefRow row;
    members(node, [&](std::string_view key, Node value) {
        if (is(key, "id"))
            row.id = id_symbol(value);
        else if (is(key, "name"))
            row.name = id_symbol(value);
    });
    return row;
}

// "2026", or the first of several.
Symbol Extractor::first_id(Node node)
{
    if (!node.is_array()) return id_symbol(node);
    Symbol first = kAbsent;
    node.each_element([&](Node element) {
        if (first == kAbsent) first = id_symbol(element);
    });
    return first;
}

Span Extractor::who(Node node)
{
    Span span{rows(m_tables->party_refs), 0};
    list(node, [&](Node element) { m_tables->party_refs.push_back(party_ref(element)); });
    span.count = rows(m_tables->party_refs) - span.begin;
    return span;
}

Span Extractor::related_lots(Node node)
{
    Span span{rows(m_tables->related_lots), 0};
    if (node.is_array())
        node.each_element([&](Node element) {
            if (const auto id = id_symbol(element); id != kAbsent)
                m_tables->related_lots.push_back(id);
        });
    span.count = rows(m_tables->related_lots) - span.begin;
    return span;
}

// --- items, lots
// --------------------------------------------------------------------------------------
Span Extractor::items(Node node)
{
    Span span{rows(m_tables->items), 0};
    list(node, [&](Node element) { m_tables->items.push_back(item(element)); });
    span.count = rows(m_tables->items) - span.begin;
    return span;
}

ItemRow Extractor::item(Node node)
{
    ItemRow row;
    std::uint64_t seen = 0;
    members(node, [&](std::string_view key, Node value) {
        if (is(key, "id"))
            once(seen, 0), row.id = id_symbol(value);
        else if (is(key, "description"))
            once(seen, 1), row.description = free_text(value);
        else if (is(key, "quantity"))
            once(seen, 2), row.quantity = number(value);
        else if (is(key, "relatedLot"))
            once(seen, 3), row.lot = id_symbol(value);
        else if (is(key, "classification")) {
            once(seen, 4);
            std::uint64_t inner = 0;
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "id"))
                    once(inner, 0), row.code = id_symbol(part);
                else if (is(name, "scheme"))
                    once(inner, 1), row.scheme = text_symbol(part);
            });
        } else if (is(key, "unit")) {
            once(seen, 5);
            std::uint64_t inner = 0;
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "name"))
                    once(inner, 0), row.unit = text_symbol(part);
                else if (is(name, "value")) {
                    once(inner, 1);
                    const auto price = sum(part);
                    row.unit_value = price.amount;
                    row.currency = price.currency;
                }
            });
        }
    });
    return row;
}

Span Extractor::lots(Node node)
{
    Span span{rows(m_tables->lots), 0};
    list(node, [&](Node element) {
        LotRow row;
        std::uint64_t seen = 0;
        members(element, [&](std::string_view key, Node value) {
            if (is(key, "id"))
                once(seen, 0), row.id = id_symbol(value);
            else if (is(key, "title"))
                once(seen, 1), row.title = free_text(value);
            else if (is(key, "description"))
                once(seen, 2), row.description = free_text(value);
            else if (is(key, "status"))
                once(seen, 3), row.status = text_symbol(value);
            else if (is(key, "value"))
                once(seen, 4), put(sum(value), row.value, row.currency, row.value_kind);
            else if (is(key, "lotNumber") || is(key, "x_lotNumber"))
                once(seen, 5), row.number = id_symbol(value);
            else if (is(key, "x_attempt"))
                once(seen, 6), row.attempt = count(value);
            else if (is(key, "x_planRoot"))
                once(seen, 7), row.plan_root = id_symbol(value);
            else if (is(key, "x_kato"))
                once(seen, 8), row.kato = id_symbol(value);
        });
        m_tables->lots.push_back(row);
    });
    span.count = rows(m_tables->lots) - span.begin;
    return span;
}

// --- parties
// --------------------------------------------------------------------------------------------
PartyRow Extractor::party(Node node, std::optional<Node>& street)
{
    PartyRow row;
    std::uint64_t seen = 0;
    members(node, [&](std::string_view key, Node value) {
        if (is(key, "id"))
            once(seen, 0), row.id = id_symbol(value);
        else if (is(key, "name"))
            once(seen, 1), row.name = text_symbol(value);
        else if (is(key, "x_kopf"))
            once(seen, 2), row.kind = id_symbol(value);
        else if (is(key, "x_account") || is(key, "x_iik"))
            once(seen, 3), row.account = contact(value);
        else if (is(key, "x_head"))
            once(seen, 4), row.head = contact(value);
        else if (is(key, "roles")) {
            once(seen, 5);
            list(value, [&](Node role) {
                if (role.is_text()) row.roles |= role_of(text_of(role));
            });
        } else if (is(key, "identifier")) {
            once(seen, 6);
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "scheme"))
                    row.scheme = text_symbol(part);
                else if (is(name, "id"))
                    row.identifier = id_symbol(part);
            });
        } else if (is(key, "address")) {
            once(seen, 7);
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "streetAddress"))
                    row.address = contact(part), street = part;
                else if (is(name, "locality"))
                    row.locality = text_symbol(part);
                else if (is(name, "region"))
                    row.region = id_symbol(part);
                else if (is(name, "postalCode"))
                    row.postal_code = id_symbol(part);
            });
        } else if (is(key, "contactPoint")) {
            once(seen, 8);
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "telephone"))
                    row.phone = contact(part, true);
                else if (is(name, "email"))
                    row.email = contact(part);
                else if (is(name, "name"))
                    row.contact_name = contact(part);
            });
        }
    });
    return row;
}

void Extractor::parties(Node node, ProcessMore& more, Symbol buyer)
{
    more.parties.begin = rows(m_tables->parties);
    bool found = false;
    list(node, [&](Node element) {
        std::optional<Node> street;
        const auto row = party(element, street);
        m_tables->parties.push_back(row);
        if (row.id == kAbsent || row.id != buyer || found) return;
        found = true;
        more.locality = row.locality;
        more.kato = row.region;
        if (street) more.street = text_symbol(*street);
    });
    more.parties.count = rows(m_tables->parties) - more.parties.begin;
}

// --- bids, awards
// ---------------------------------------------------------------------------------------
void Extractor::bid_more(std::string_view key, Node value, BidMore& more, std::uint64_t& seen)
{
    if (is(key, "date"))
        put(when(value), more.date_us, more.date_kind);
    else if (is(key, "id"))
        once(seen, 8), more.id = id_symbol(value);
    else if (is(key, "relatedLots"))
        once(seen, 9), more.lots = related_lots(value);
    else if (is(key, "x_author"))
        once(seen, 10), more.author = contact(value);
    else if (is(key, "x_editor"))
        once(seen, 11), more.editor = contact(value);
    else if (is(key, "x_account"))
        once(seen, 12), more.account = contact(value);
    else if (is(key, "x_rejectReason"))
        once(seen, 13), more.reject_reason = id_symbol(value);
    else if (is(key, "items"))
        once(seen, 14), more.items = items(value);
}

void Extractor::award_more(std::string_view key, Node value, AwardMore& more, std::uint64_t& seen)
{
    if (is(key, "id"))
        once(seen, 8), more.id = id_symbol(value);
    else if (is(key, "date"))
        once(seen, 9), put(when(value), more.date_us, more.date_kind);
    else if (is(key, "value"))
        once(seen, 10), put(sum(value), more.value, more.currency, more.value_kind);
    else if (is(key, "relatedLots"))
        once(seen, 11), more.lots = related_lots(value);
}

// --- contracts
// ------------------------------------------------------------------------------------------
Span Extractor::payments(Node implementation)
{
    Span span{rows(m_tables->payments), 0};
    std::uint64_t seen = 0;
    members(implementation, [&](std::string_view key, Node transactions) {
        if (!is(key, "transactions")) return;
        once(seen, 0);
        list(transactions, [&](Node element) {
            PaymentRow row;
            std::uint64_t inner = 0;
            SumKind kind{};
            members(element, [&](std::string_view name, Node value) {
                if (is(name, "id"))
                    once(inner, 0), row.id = id_symbol(value);
                else if (is(name, "date"))
                    once(inner, 1), put(when(value), row.date_us, row.date_kind);
                else if (is(name, "value"))
                    once(inner, 2), put(sum(value), row.value, row.currency, kind);
            });
            m_tables->payments.push_back(row);
        });
    });
    span.count = rows(m_tables->payments) - span.begin;
    return span;
}

Span Extractor::acts(Node node)
{
    Span span{rows(m_tables->acts), 0};
    list(node, [&](Node element) {
        ActRow row;
        std::uint64_t seen = 0;
        SumKind kind{};
        members(element, [&](std::string_view key, Node value) {
            if (is(key, "id"))
                once(seen, 0), row.id = id_symbol(value);
            else if (is(key, "approveDate"))
                once(seen, 1), put(when(value), row.approved_us, row.approved_kind);
            else if (is(key, "revokeDate"))
                once(seen, 2), put(when(value), row.revoked_us, row.revoked_kind);
            else if (is(key, "value"))
                once(seen, 3), put(sum(value), row.value, row.currency, kind);
        });
        m_tables->acts.push_back(row);
    });
    span.count = rows(m_tables->acts) - span.begin;
    return span;
}

AmendmentRow Extractor::amendment(Node node)
{
    AmendmentRow row;
    std::uint64_t seen = 0;
    members(node, [&](std::string_view key, Node value) {
        if (is(key, "id"))
            once(seen, 0), row.id = id_symbol(value);
        else if (is(key, "date"))
            once(seen, 1), put(when(value), row.date_us, row.date_kind);
        else if (is(key, "x_value"))
            once(seen, 2), put(sum(value), row.value, row.currency, row.value_kind);
        else if (is(key, "x_items"))
            once(seen, 3), row.items = items(value);
        else if (is(key, "rationale"))
            once(seen, 4), row.rationale = free_text(value);
        else if (is(key, "description"))
            once(seen, 5), row.description = free_text(value);
    });
    return row;
}

Span Extractor::amendments(Node node)
{
    Span span{rows(m_tables->amendments), 0};
    list(node, [&](Node element) { m_tables->amendments.push_back(amendment(element)); });
    span.count = rows(m_tables->amendments) - span.begin;
    return span;
}

void Extractor::contract_member(std::string_view key, Node value, ContractRow& row,
                                std::uint64_t& seen)
{
    if (is(key, "id"))
        once(seen, 0), row.id = id_symbol(value);
    else if (is(key, "awardID"))
        once(seen, 1), row.award_id = id_symbol(value);
    else if (is(key, "status"))
        once(seen, 2), row.status = text_symbol(value);
    else if (is(key, "value"))
        once(seen, 3), put(sum(value), row.value, row.currency, row.value_kind);
    else if (is(key, "initialValue") || is(key, "x_initialValue")) {
        once(seen, 4);
        put(sum(value), row.initial_value, row.initial_currency, row.initial_kind);
        row.initial_seen = 1;
        row.initial_is_ocds = is(key, "initialValue");
    } else if (is(key, "warrantyPeriod"))
        members(value, [&](std::string_view name, Node part) {
            if (is(name, "endDate")) put(when(part), row.warranty_us, row.warranty_kind);
        });
    else if (is(key, "dateSigned"))
        once(seen, 5), put(when(value), row.signed_us, row.signed_kind);
    else if (is(key, "period")) {
        once(seen, 6);
        members(value, [&](std::string_view name, Node part) {
            if (is(name, "startDate"))
                put(when(part), row.start_us, row.start_kind);
            else if (is(name, "endDate"))
                put(when(part), row.end_us, row.end_kind);
        });
    } else if (is(key, "amendments"))
        once(seen, 7), row.amendments = amendments(value);
    else if (is(key, "items"))
        once(seen, 8), row.items = items(value);
    else if (is(key, "implementation"))
        once(seen, 9), row.payments = payments(value);
    else if (is(key, "x_acts"))
        once(seen, 10), row.acts = acts(value);
    else if (is(key, "x_justification"))
        once(seen, 11), row.rationale = text_symbol(value);
    else if (is(key, "suppliers")) {
        once(seen, 12);
        std::uint32_t elements = 0;
        row.suppliers = ids(value, m_tables->suppliers, elements);
        row.who = who(value);
    }
}

ContractRow Extractor::contract(Node node)
{
    ContractRow row;
    std::uint64_t seen = 0;
    members(node,
            [&](std::string_view key, Node value) { contract_member(key, value, row, seen); });
    return row;
}

Span Extractor::contracts(Node node)
{
    Span span{rows(m_tables->contracts), 0};
    list(node, [&](Node element) {
        const auto row = contract(element);
        m_tables->contracts.push_back(row);
    });
    span.count = rows(m_tables->contracts) - span.begin;
    return span;
}

// --- tender, planning
// -----------------------------------------------------------------------------------
void Extractor::tender_more(Node node, ProcessMore& more)
{
    std::uint64_t seen = 0;
    members(node, [&](std::string_view key, Node value) {
        if (is(key, "title"))
            once(seen, 0), more.title = free_text(value);
        else if (is(key, "description"))
            once(seen, 1), more.description = free_text(value);
        else if (is(key, "status"))
            more.status_text = text_symbol(value);
        else if (is(key, "value"))
            once(seen, 2), put(sum(value), more.value, more.currency, more.value_kind);
        else if (is(key, "mainProcurementCategory")) {
            once(seen, 3);
            more.category_text = text_symbol(value);
            more.category = category_of(m_symbols.text(more.category_text));
        } else if (is(key, "procurementMethodRationale"))
            once(seen, 4), more.rationale = text_symbol(value);
        else if (is(key, "x_finYear"))
            once(seen, 5), more.financial_year = first_id(value);
        else if (is(key, "x_datePublished"))
            put(when(value), more.published_us, more.published_kind);
        else if (is(key, "datePublished") && more.published_kind == MomentKind::none)
            put(when(value), more.published_us, more.published_kind);
        else if (is(key, "procuringEntity"))
            more.entity_name = party_ref(value).name;
        else if (is(key, "lots"))
            once(seen, 6), more.lots = lots(value);
        else if (is(key, "items"))
            once(seen, 7), more.items = items(value);
        else if (is(key, "enquiryPeriod")) {
            once(seen, 8);
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "startDate"))
                    put(when(part), more.enquiry_start_us, more.enquiry_start_kind);
                else if (is(name, "endDate"))
                    put(when(part), more.enquiry_end_us, more.enquiry_end_kind);
            });
        } else if (is(key, "awardPeriod")) {
            once(seen, 9);
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "startDate"))
                    put(when(part), more.award_start_us, more.award_start_kind);
                else if (is(name, "endDate"))
                    put(when(part), more.award_end_us, more.award_end_kind);
            });
        }
    });
}

void Extractor::planning(Node node, ProcessMore& more)
{
    std::uint64_t seen = 0;
    more.plan_versions.begin = rows(m_tables->plan_versions);
    members(node, [&](std::string_view key, Node value) {
        if (is(key, "budget")) {
            once(seen, 0);
            members(value, [&](std::string_view name, Node part) {
                if (is(name, "id"))
                    more.budget_id = id_symbol(part);
                else if (is(name, "amount"))
                    put(sum(part), more.budget, more.budget_currency, more.budget_kind);
            });
        } else if (is(key, "x_versions")) {
            once(seen, 1);
            list(value, [&](Node element) {
                PlanVersionRow row;
                members(element, [&](std::string_view name, Node part) {
                    if (is(name, "id"))
                        row.id = id_symbol(part);
                    else if (is(name, "method"))
                        row.method = id_symbol(part);
                    else if (is(name, "price"))
                        row.price = number(part);
                    else if (is(name, "amount"))
                        row.amount = number(part);
                    else if (is(name, "date"))
                        put(when(part), row.date_us, row.date_kind);
                });
                m_tables->plan_versions.push_back(row);
            });
        }
    });
    more.plan_versions.count = rows(m_tables->plan_versions) - more.plan_versions.begin;
}

void Extractor::more_of(const Release& parts, const ProcessRow& process)
{
    ProcessMore more;
    const auto buyer = process.buyer != kAbsent ? process.buyer : process.procuring_entity;
    if (parts.has(Release::id)) more.release_id = id_symbol(parts.node[Release::id]);
    if (parts.has(Release::date))
        put(when(parts.node[Release::date]), more.released_us, more.released_kind);
    if (parts.has(Release::buyer)) more.buyer_name = party_ref(parts.node[Release::buyer]).name;
    if (parts.has(Release::tender)) tender_more(parts.node[Release::tender], more);
    if (parts.has(Release::planning)) planning(parts.node[Release::planning], more);
    if (parts.has(Release::parties)) parties(parts.node[Release::parties], more, buyer);
    if (parts.has(Release::contracts)) more.contracts = contracts(parts.node[Release::contracts]);
    m_tables->process_more.push_back(more);
}

} // namespace adal::procurement::columns
