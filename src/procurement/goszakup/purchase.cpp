#include "procurement/goszakup/purchase.hpp"

#include "procurement/goszakup/identifier.hpp"
#include "procurement/goszakup/portal_text.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace adal::procurement::goszakup {

std::string plan_root_of(const Lot& lot)
{
    if (const auto number = parse_lot_number(lot.number)) return number->root;
    for (const auto& plan : lot.plans)
        if (!plan.root.empty()) return plan.root;
    return {};
}

std::string plan_root_of(const Unit& unit, const Reference& known)
{
    if (!unit.plan.root.empty()) return unit.plan.root;
    const auto found = known.plan_by_id.find(unit.plan.id);
    return found == known.plan_by_id.end() ? "" : found->second->root;
}

namespace purchase {

When when_of(const Plan& plan)
{
    return plan.approved ? plan.approved : plan.changed ? plan.changed : plan.created;
}

class Join {
public:
    Join(PayloadRead& read, std::string_view prefix) : m_read(read), m_prefix(prefix) {}

    Joined run()
    {
        index();
        for (const auto& lot : m_read.records.lots) place_lot(lot);
        place_contracts();
        place_announcements();
        for (const auto& application : m_read.records.applications) place_bids(application);
        name_unused();
        return finish();
    }

private:
    using Key = std::pair<std::string, std::string>; // announcement, customer

    void skip(const Origin& origin, std::string_view reason)
    {
        m_read.note(RowVerdict::skipped, origin, origin.pointer, reason);
    }

    void index()
    {
        const Records& records = m_read.records;
        for (const auto& announcement : records.announcements)
            m_announcements[announcement.id] = &announcement;
        for (const auto& lot : records.lots) m_lots[lot.id] = &lot;
        Reference& known = m_joined.known;
        for (const auto& plan : records.plans) {
            known.plan_by_id[plan.id] = &plan;
            if (!plan.root.empty()) known.versions_by_root[plan.root].push_back(&plan);
        }
        for (auto& [root, versions] : known.versions_by_root)
            std::ranges::stable_sort(versions, [](const Plan* a, const Plan* b) {
                const auto first = when_of(*a), second = when_of(*b);
                return first && second && first->at < second->at;
            });
        for (const auto& subject : records.subjects)
            for (const auto* number : {&subject.bin, &subject.iin})
                if (!number->digits.empty()) known.subject_by_number[number->digits] = &subject;
    }

    // Who buys when a lot does not say.
    std::string customer_of(const std::string& announcement) const
    {
        const auto found = m_announcements.find(announcement);
        if (found == m_announcements.end()) return {};
        const auto& own = found->second->customer.digits;
        return own.empty() ? found->second->organizer.digits : own;
    }

    Purchase& purchase(const std::string& announcement, std::string customer)
    {
        if (customer.empty()) customer = customer_of(announcement);
        Purchase& found = m_purchases[{announcement, customer}];
        found.announcement_id = announcement;
        found.customer = std::move(customer);
        m_customers[announcement].insert(found.customer);
        return found;
    }

    void place_lot(const Lot& lot)
    {
        if (lot.announcement.empty()) return skip(lot.origin, "announcement_unknown");
        Purchase& found = purchase(lot.announcement, lot.customer.digits);
        found.lots.push_back(&lot);
        m_purchase_of_lot[lot.id] = {found.announcement_id, found.customer};
        use_plan(plan_root_of(lot));
    }

    void use_plan(const std::string& root)
    {
        if (!root.empty()) m_used_plans.insert(root);
    }

    void place_announcements()
    {
        for (const auto& [id, announcement] : m_announcements) {
            if (!m_customers.contains(id)) purchase(id, "");
            for (const auto& customer : m_customers[id])
                m_purchases[{id, customer}].announcement = announcement;
        }
    }

    void place_contracts()
    {
        std::map<std::string, ContractFamily> families;
        for (const auto& version : m_read.records.contracts) {
            auto& family = families[parse_contract_number(version.system_number).base];
            family.versions.push_back(&version);
        }
        std::map<std::string, std::string> base_of; // contract id
        for (auto& [base, family] : families) {
            family.base = base;
            std::ranges::stable_sort(family.versions, {}, [](const ContractVersion* v) {
                return parse_contract_number(v->system_number).version;
            });
            for (const auto* version : family.versions) base_of[version->id] = base;
        }
        place_life(m_read.records.acts, families, base_of, &ContractFamily::acts);
        place_life(m_read.records.payments, families, base_of, &ContractFamily::payments);
        for (auto& [base, family] : families) place_family(std::move(family));
    }

    template <typename R>
    void place_life(const std::vector<R>& list, std::map<std::string, ContractFamily>& families,
                    const std::map<std::string, std::string>& base_of,
                    std::vector<const R*> ContractFamily::*into)
    {
        for (const auto& row : list) {
            const auto base = base_of.find(row.contract);
            if (base == base_of.end()) skip(row.origin, "contract_unknown");
            else (families[base->second].*into).push_back(&row);
        }
    }

    // The announcement that a version names, else that of a lot it is about.
    std::string announcement_of(const ContractFamily& family) const
    {
        for (const auto* version : family.versions)
            if (!version->announcement.empty()) return version->announcement;
        for (const auto* version : family.versions)
            for (const auto& unit : version->units)
                if (const auto lot = m_lots.find(unit.lot); lot != m_lots.end()) return lot->second->announcement;
        return {};
    }

    static std::string customer_of(const ContractFamily& family)
    {
        for (const auto* version : family.versions)
            if (!version->customer.digits.empty()) return version->customer.digits;
        const std::string first = parse_contract_number(family.base).customer;
        return judge_identifier(first).holder == Holder::organisation ? first : "";
    }

    void place_family(ContractFamily family)
    {
        for (const auto* version : family.versions)
            for (const auto& unit : version->units) use_plan(plan_root_of(unit, m_joined.known));
        const std::string announcement = announcement_of(family);
        const std::string customer = customer_of(family);
        if (!announcement.empty()) {
            purchase(announcement, customer).contracts.push_back(std::move(family));
            return;
        }
        Purchase direct{.customer = customer};
        std::string number = family.base;
        std::ranges::replace(number, '/', '-');
        direct.ocid = m_prefix + "-c-" + number;
        direct.contracts.push_back(std::move(family));
        m_joined.purchases.push_back(std::move(direct));
    }

    void place_bids(const Application& application)
    {
        for (const auto& part : application.lots) {
            if (const auto lot = m_purchase_of_lot.find(part.lot); lot != m_purchase_of_lot.end()) {
                m_purchases[lot->second].bids.push_back({&application, &part});
                continue;
            }
            const auto customers = m_customers.find(application.announcement);
            if (customers != m_customers.end() && customers->second.size() == 1)
                m_purchases[{application.announcement, *customers->second.begin()}].bids.push_back({&application, &part});
            else skip(part.origin, "lot_unknown");
        }
    }

    void name_unused()
    {
        for (const auto& plan : m_read.records.plans)
            if (!m_used_plans.contains(plan.root)) skip(plan.origin, "plan_without_purchase");
    }

    // The organizer's own purchase, or the only one, has the plain OCID.
    std::string ocid_of(const Purchase& one) const
    {
        const std::string plain = m_prefix + "-" + one.announcement_id;
        if (!one.is_shared) return plain;
        const bool is_own = one.announcement && one.announcement->organizer.digits == one.customer;
        return is_own || one.customer.empty() ? plain : plain + "-" + one.customer;
    }

    Joined finish()
    {
        for (auto& [key, one] : m_purchases) {
            one.is_shared = m_customers[key.first].size() > 1;
            one.ocid = ocid_of(one);
            std::ranges::stable_sort(one.bids, [](const PurchaseBid& a, const PurchaseBid& b) {
                const auto first = a.application->applied, second = b.application->applied;
                return first && second && first->at < second->at;
            });
            m_joined.purchases.push_back(std::move(one));
        }
        std::ranges::sort(m_joined.purchases, {}, &Purchase::ocid);
        return std::move(m_joined);
    }

    PayloadRead& m_read;
    std::string m_prefix;
    Joined m_joined;
    std::map<std::string, const Announcement*> m_announcements;
    std::map<std::string, const Lot*> m_lots;
    std::map<std::string, std::set<std::string>> m_customers; // of an announcement
    std::map<Key, Purchase> m_purchases;
    std::map<std::string, Key> m_purchase_of_lot;
    std::set<std::string> m_used_plans;
};

} // namespace purchase

Joined join(PayloadRead& read, std::string_view ocid_prefix)
{
    return purchase::Join{read, ocid_prefix}.run();
}

} // namespace adal::procurement::goszakup
