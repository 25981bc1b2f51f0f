#include "procurement/goszakup/collection.hpp"

#include "procurement/goszakup/record_fields.hpp"

#include <algorithm>

namespace adal::procurement::goszakup {

namespace collection {

bool is_empty(const std::string& text) { return text.empty(); }
bool is_empty(const Coded& coded) { return coded.is_empty(); }
bool is_empty(const Number& number) { return number.digits.empty(); }
template <typename T> bool is_empty(const std::optional<T>& value) { return !value; }
template <typename T> bool is_empty(const std::vector<T>& list) { return list.empty(); }

template <typename T> void fill(T& into, T& from)
{
    if (is_empty(into)) into = std::move(from);
}

// One answer gives the number of a value, another its name.
void fill(Coded& into, Coded& from)
{
    if (into.id != from.id && !into.id.empty() && !from.id.empty()) return;
    fill(into.id, from.id);
    fill(into.code, from.code);
    fill(into.name, from.name);
}

// What no table holds.
void fill_parts(Announcement& into, Announcement& from) { fill(into.documents, from.documents); }
void fill_parts(Lot& into, Lot& from)
{
    fill(into.subject, from.subject);
    fill(into.published, from.published);
    fill(into.plans, from.plans);
}
void fill_parts(Plan& into, Plan& from)
{
    fill(into.approved, from.approved);
    fill(into.kato, from.kato);
    fill(into.budget_codes, from.budget_codes);
}
void fill_parts(Application& into, Application& from) { fill(into.lots, from.lots); }
void fill_parts(ContractVersion& into, ContractVersion& from) { fill(into.units, from.units); }
void fill_parts(Subject& into, Subject& from)
{
    fill(into.address, from.address);
    fill(into.head, from.head);
}
template <typename R> void fill_parts(R&, R&) {}

template <typename R> void fill_from(R& into, R& from)
{
    for (const auto& field : fields_of<R>())
        std::visit([&](auto member) { fill(into.*member, from.*member); }, field.member);
    fill_parts(into, from);
}

bool is_older(const Record& a, const Record& b)
{
    return a.updated && b.updated && a.updated->at < b.updated->at;
}

// Numbers by size, other ids after them by text.
bool by_id(const Record& a, const Record& b)
{
    return a.id.size() != b.id.size() ? a.id.size() < b.id.size() : a.id < b.id;
}

template <typename R> void merge(std::vector<R>& list)
{
    std::ranges::stable_sort(list, by_id);
    std::vector<R> merged;
    for (auto& record : list) {
        if (merged.empty() || merged.back().id != record.id) {
            merged.push_back(std::move(record));
            continue;
        }
        R& last = merged.back();
        if (is_older(record, last)) fill_from(last, record);
        else {
            fill_from(record, last);
            last = std::move(record);
        }
    }
    list = std::move(merged);
}

} // namespace collection

void merge_same(Records& records)
{
    using collection::merge;
    merge(records.announcements);
    merge(records.lots);
    merge(records.plans);
    merge(records.applications);
    merge(records.contracts);
    merge(records.acts);
    merge(records.payments);
    merge(records.subjects);
    merge(records.unscrupulous);
}

} // namespace adal::procurement::goszakup
