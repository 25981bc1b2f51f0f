// procurement/goszakup/record_fields.hpp: which field of the portal fills which of ours: one table per object, used
// for reading and for merging. Keys are plain (see plain_key): one entry serves GraphQL and REST.
#pragma once

#include "procurement/goszakup/records.hpp"

#include <span>
#include <string_view>
#include <variant>

namespace adal::procurement::goszakup {

template <typename R>
using Member = std::variant<std::string R::*, Coded R::*, Number R::*, Sum R::*, When R::*,
                            std::optional<double> R::*, std::vector<std::string> R::*>;

template <typename R>
struct Field {
    std::string_view key;
    Member<R> member;
};

template <typename R>
std::span<const Field<R>> fields_of();

template <> std::span<const Field<Announcement>> fields_of<Announcement>();
template <> std::span<const Field<Plan>> fields_of<Plan>();
template <> std::span<const Field<Lot>> fields_of<Lot>();
template <> std::span<const Field<Offer>> fields_of<Offer>();
template <> std::span<const Field<LotApplication>> fields_of<LotApplication>();
template <> std::span<const Field<Application>> fields_of<Application>();
template <> std::span<const Field<Unit>> fields_of<Unit>();
template <> std::span<const Field<ContractVersion>> fields_of<ContractVersion>();
template <> std::span<const Field<AcceptanceAct>> fields_of<AcceptanceAct>();
template <> std::span<const Field<TreasuryPayment>> fields_of<TreasuryPayment>();
template <> std::span<const Field<Subject>> fields_of<Subject>();
template <> std::span<const Field<Unscrupulous>> fields_of<Unscrupulous>();
template <> std::span<const Field<Document>> fields_of<Document>();

} // namespace adal::procurement::goszakup
