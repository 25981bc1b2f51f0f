// R046: the supplier or its head was in the register of unscrupulous suppliers. Method, example and sources: README.md in
// this folder.
#include "procurement/flag_parts.hpp"
#include "procurement/rnu.hpp"

#include <algorithm>

namespace adal::procurement {

namespace r046 {

// A day on which the supplier must not have been in the register.
struct Asked {
    LocalDate day{};
    std::string sentence{}; // "bid", "signed"
    std::string pointer{}, value{};
};

struct Winner {
    PartyRef party{};
    std::string pointer{};
};

class Unscrupulous final : public Flag {
public:
    explicit Unscrupulous(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R046"; }
    [[nodiscard]] int weight() const override { return kLaw; }

    void consult(const Register& known) override { m_register = &known; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (!m_register || m_register->empty()) return not_applicable("register_absent");
        const auto winners = winners_of(process);
        if (winners.empty()) return not_applicable("not_awarded");
        bool has_day = false, has_undated = false;
        for (const auto& winner : winners) {
            const auto days = days_of(process, winner.party);
            has_day = has_day || !days.empty();
            for (const bool of_head : {false, true})
                for (const auto* entry : entries_of(process, winner.party, of_head)) {
                    has_undated = has_undated || !entry->from;
                    for (const auto& asked : days)
                        if (auto answer = listed(process, winner, *entry, asked, of_head)) return std::move(*answer);
                }
        }
        if (!has_day) return not_applicable("dates_unknown");
        if (has_undated) return not_applicable("register_undated");
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.value = 0;
        answer.threshold = 1;
        answer.population = static_cast<std::int64_t>(m_register->entries().size());
        return answer;
    }

private:
    static std::vector<Winner> winners_of(const Process& process)
    {
        std::vector<Winner> winners;
        const auto add = [&](const std::vector<PartyRef>& parties, const std::string& at) {
            for (std::size_t i = 0; i < parties.size(); ++i)
                if (!parties[i].id.empty()) winners.push_back({parties[i], at + "/suppliers/" + std::to_string(i) + "/name"});
        };
        for (const auto i : active_awards(process)) add(process.awards[i].suppliers, "/awards/" + std::to_string(i));
        if (const auto i = contract_in_force(process)) add(process.contracts[*i].suppliers, "/contracts/" + std::to_string(*i));
        return winners;
    }

    // The bids of this supplier, then the signature.
    static std::vector<Asked> days_of(const Process& process, const PartyRef& supplier)
    {
        std::vector<Asked> days;
        for (std::size_t i = 0; i < process.bids.size(); ++i) {
            const Bid& bid = process.bids[i];
            if (bid.date && std::ranges::find(bid.tenderers, supplier.id, &PartyRef::id) != bid.tenderers.end())
                days.push_back({local_date(bid.date->at), "bid", "/bids/details/" + std::to_string(i) + "/date", iso(bid.date->at)});
        }
        if (const auto i = contract_in_force(process); i && process.contracts[*i].signed_at) {
            const Instant at = process.contracts[*i].signed_at->at;
            days.push_back({local_date(at), "signed", "/contracts/" + std::to_string(*i) + "/dateSigned", iso(at)});
        }
        return days;
    }

    [[nodiscard]] std::vector<const RegisterEntry*> entries_of(const Process& process, const PartyRef& supplier, bool of_head) const
    {
        if (!of_head) return m_register->of_supplier(register_key(supplier.id));
        const Party* party = party_of(process, supplier.id);
        if (!party || party->head == 0) return {};
        // In the register as a head, or as a supplier in his or her own name.
        auto entries = m_register->of_head(register_key(party->head));
        std::ranges::copy(m_register->of_supplier(register_key(party->head)), std::back_inserter(entries));
        return entries;
    }

    [[nodiscard]] std::optional<Answer> listed(const Process& process, const Winner& winner, const RegisterEntry& entry,
                                               const Asked& asked, bool of_head) const
    {
        const auto* rule = m_thresholds.register_rule(asked.day);
        if (!rule || !entry.from || asked.day < *entry.from) return std::nullopt;
        const LocalDate until = last_day(entry, rule->months);
        if (until < asked.day) return std::nullopt;
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = std::string{of_head ? "head_" : "supplier_"} + asked.sentence;
        answer.value = 1;
        answer.threshold = 1;
        answer.population = static_cast<std::int64_t>(m_register->entries().size());
        answer.facts = {{"supplier", winner.party.name}, {"day", asked.day}, {"from", *entry.from}, {"until", until}};
        name_origin(*rule, answer.facts);
        answer.evidence = {{process.ocid, winner.pointer, winner.party.name}, {process.ocid, asked.pointer, asked.value}};
        return answer;
    }

    const Thresholds& m_thresholds;
    const Register* m_register = nullptr;
};

} // namespace r046

std::unique_ptr<Flag> make_R046(const Thresholds& thresholds)
{
    return std::make_unique<r046::Unscrupulous>(thresholds);
}

} // namespace adal::procurement
