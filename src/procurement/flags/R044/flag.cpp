// R044: rivals share a person or a contact. Method, example and sources: README.md in this folder.
#include "procurement/graph_flag.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace adal::procurement {

namespace r044 {

constexpr std::size_t kCommon = 3; // firms of the set with one contact: an office centre, a service

// What may be shared, strongest first; each has its sentence. People and accounts are never common.
enum Kind : std::size_t { author, account, head, phone, email, address, kinds };
constexpr std::array<const char*, kinds> kSentences{"author", "account", "head",
                                                    "phone",  "email",   "address"};

struct Mark {
    Kind kind = author;
    ContactHash hash = 0;
    std::string pointer{};
};

class SharedContacts final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R044"; }

    void observe(const Process& process) override
    {
        for (const auto& party : process.parties)
            for (const auto& mark : contacts_of(party, 0))
                m_firms_with[{mark.kind, mark.hash}].insert(party.id);
    }

protected:
    void prepare() override {}

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        bool comparable = false;
        for (const auto& contest : contests) {
            std::vector<std::vector<Mark>> marks;
            for (const auto& offer : contest.offers)
                marks.push_back(marks_of(process, offer));
            comparable = comparable || std::ranges::count_if(marks, [](const auto& list) {
                                           return !list.empty();
                                       }) > 1;
            for (std::size_t kind = 0; kind < kinds; ++kind)
                for (std::size_t i = 0; i < marks.size(); ++i)
                    for (std::size_t j = i + 1; j < marks.size(); ++j)
                        if (const auto* one = shared(marks[i], marks[j], kind))
                            return of_pair(process, contest.offers[i], *one, contest.offers[j],
                                           *shared(marks[j], marks[i], kind));
        }
        if (std::ranges::all_of(contests, [](const Contest& c) { return c.offers.size() < 2; }))
            return not_applicable("one_bidder");
        if (!comparable) return not_applicable("contacts_unknown");
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.value = 0;
        answer.threshold = 1;
        return answer;
    }

private:
    static std::vector<Mark> contacts_of(const Party& party, std::size_t number)
    {
        const std::string at = "/parties/" + std::to_string(number);
        std::vector<Mark> marks;
        const auto add = [&](Kind kind, ContactHash hash, const char* inside) {
            if (hash != 0) marks.push_back({kind, hash, at + inside});
        };
        add(account, party.account, "");
        add(head, party.head, "");
        add(phone, party.phone, "/contactPoint/telephone");
        add(email, party.email, "/contactPoint/email");
        // A building is an address of many; the same person in the same building is not.
        if (party.address != 0 && party.contact_name != 0)
            add(address, party.address * 31 + party.contact_name, "/address/streetAddress");
        return marks;
    }

    // What a bid and the party behind it can be known by. A joint bid is known by its first firm
    // only: its members may share what they like.
    static std::vector<Mark> marks_of(const Process& process, const Offer& offer)
    {
        const Bid& bid = process.bids[offer.bid];
        const std::string at = "/bids/details/" + std::to_string(offer.bid);
        std::vector<Mark> marks;
        if (bid.author != 0) marks.push_back({author, bid.author, at + "/x_author"});
        if (bid.editor != 0) marks.push_back({author, bid.editor, at + "/x_editor"});
        if (bid.account != 0) marks.push_back({account, bid.account, at + "/x_account"});
        for (std::size_t i = 0; i < process.parties.size(); ++i)
            if (!bid.tenderers.empty() && !process.parties[i].id.empty() &&
                process.parties[i].id == bid.tenderers.front().id)
                for (auto& mark : contacts_of(process.parties[i], i))
                    marks.push_back(std::move(mark));
        return marks;
    }

    // The mark of `a` that `b` has too and few others have; nullptr when there is none.
    [[nodiscard]] const Mark* shared(const std::vector<Mark>& a, const std::vector<Mark>& b,
                                     std::size_t kind) const
    {
        for (const auto& mark : a) {
            if (mark.kind != kind || is_common(mark)) continue;
            if (std::ranges::any_of(b, [&](const Mark& other) {
                    return other.kind == kind && other.hash == mark.hash;
                }))
                return &mark;
        }
        return nullptr;
    }

    [[nodiscard]] bool is_common(const Mark& mark) const
    {
        if (mark.kind == author || mark.kind == account || mark.kind == head) return false;
        const auto found = m_firms_with.find({mark.kind, mark.hash});
        return found != m_firms_with.end() && found->second.size() > kCommon;
    }

    // The contact itself is never shown, only where it stands.
    [[nodiscard]] Answer of_pair(const Process& process, const Offer& a, const Mark& mark_a,
                                 const Offer& b, const Mark& mark_b) const
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = kSentences[mark_a.kind];
        answer.value = 1;
        answer.threshold = 1;
        answer.facts = {{"one", graph().firms()[a.firm].name},
                        {"other", graph().firms()[b.firm].name}};
        answer.evidence = {bidder_evidence(process, a.bid),
                           {process.ocid, mark_a.pointer, ""},
                           bidder_evidence(process, b.bid),
                           {process.ocid, mark_b.pointer, ""}};
        return answer;
    }

    std::map<std::pair<std::size_t, ContactHash>, std::set<std::string>> m_firms_with;
};

} // namespace r044

std::unique_ptr<Flag> make_R044(const Thresholds& thresholds)
{
    return std::make_unique<r044::SharedContacts>(thresholds);
}

} // namespace adal::procurement
