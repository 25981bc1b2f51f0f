// procurement/facts_rows.hpp: what in a row is a symbol, what is a span of which table, what is a
// text. Written once; appending tables, copying single processes and checking a stored file all
// walk rows by it.
//
// visit(row, v) calls v.symbol(Symbol&), v.text(TextRef&) and v.span(Span&, &Tables::table).
#pragma once

#include "procurement/facts.hpp"

namespace adal::procurement::columns {

template <typename V>
void visit(ProcessRow& r, V&& v)
{
    v.symbol(r.ocid), v.symbol(r.buyer), v.symbol(r.procuring_entity);
    v.symbol(r.method_text), v.symbol(r.method_details);
    v.span(r.bids, &Tables::bids), v.span(r.awards, &Tables::awards);
}
template <typename V>
void visit(BidRow& r, V&& v)
{
    v.symbol(r.currency), v.span(r.tenderers, &Tables::tenderers);
}
template <typename V>
void visit(AwardRow& r, V&& v)
{
    v.span(r.suppliers, &Tables::suppliers), v.span(r.codes, &Tables::codes);
}
template <typename V>
void visit(Symbol& r, V&& v)
{
    v.symbol(r);
}
template <typename V>
void visit(ProcessMore& r, V&& v)
{
    v.text(r.title), v.text(r.description);
    v.symbol(r.release_id), v.symbol(r.status_text), v.symbol(r.category_text),
        v.symbol(r.rationale);
    v.symbol(r.financial_year), v.symbol(r.locality), v.symbol(r.kato), v.symbol(r.currency);
    v.symbol(r.budget_currency), v.symbol(r.budget_id);
    v.symbol(r.buyer_name), v.symbol(r.entity_name), v.symbol(r.street);
    v.span(r.parties, &Tables::parties), v.span(r.lots, &Tables::lots),
        v.span(r.items, &Tables::items);
    v.span(r.contracts, &Tables::contracts), v.span(r.plan_versions, &Tables::plan_versions);
}
template <typename V>
void visit(BidMore& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.reject_reason), v.symbol(r.status_text);
    v.span(r.lots, &Tables::related_lots), v.span(r.items, &Tables::items);
    v.span(r.who, &Tables::party_refs);
}
template <typename V>
void visit(AwardMore& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.currency), v.symbol(r.status_text);
    v.span(r.lots, &Tables::related_lots), v.span(r.items, &Tables::items);
    v.span(r.who, &Tables::party_refs);
}
template <typename V>
void visit(PartyRefRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.name);
}
template <typename V>
void visit(PartyRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.name), v.symbol(r.scheme), v.symbol(r.identifier);
    v.symbol(r.locality), v.symbol(r.region), v.symbol(r.postal_code), v.symbol(r.kind);
}
template <typename V>
void visit(LotRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.number), v.symbol(r.status), v.symbol(r.plan_root), v.symbol(r.kato);
    v.symbol(r.currency), v.text(r.title), v.text(r.description);
}
template <typename V>
void visit(ItemRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.code), v.symbol(r.scheme), v.symbol(r.unit), v.symbol(r.currency);
    v.symbol(r.lot), v.text(r.description);
}
template <typename V>
void visit(ContractRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.award_id), v.symbol(r.status), v.symbol(r.currency);
    v.symbol(r.initial_currency), v.symbol(r.rationale);
    v.span(r.amendments, &Tables::amendments), v.span(r.items, &Tables::items);
    v.span(r.payments, &Tables::payments), v.span(r.acts, &Tables::acts);
    v.span(r.suppliers, &Tables::suppliers), v.span(r.who, &Tables::party_refs);
}
template <typename V>
void visit(AmendmentRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.currency), v.text(r.description), v.text(r.rationale);
    v.span(r.items, &Tables::items);
}
template <typename V>
void visit(PaymentRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.currency);
}
template <typename V>
void visit(ActRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.currency);
}
template <typename V>
void visit(PlanVersionRow& r, V&& v)
{
    v.symbol(r.id), v.symbol(r.method);
}
template <typename V>
void visit(char&, V&&)
{
}

} // namespace adal::procurement::columns
