// cyber/triage.hpp: which reports a person should look at first, and why.
//
// A sum of points of named features (data/cyber/triage.json), each told with what was seen. It orders a queue and
// explains; it decides nothing, and nothing in the house may act on it alone. Pure; thread-safe.
#pragma once

#include "cyber/guard.hpp"
#include "cyber/match_index.hpp"
#include "cyber/text_model.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

struct Reason {
    std::string feature{}; // key below "cyber.feature."
    int points = 0;
    std::string seen{}; // the brand, the word, the list; nobody's sentence
};

struct Triage {
    int score = 0; // 0 to 100
    std::vector<Reason> reasons{}; // most points first
};

// What is read from the data once: points, brands, words.
class TriageRules
{
public:
    TriageRules(); // data/cyber/triage.json

    // `matches`: what the lists say; `letters`: what the text model says, nothing without one. `written`: as it came in.
    [[nodiscard]] Triage triage(std::string_view written, const Link& link, const std::vector<Match>& matches, const TextOpinion& letters, const SuffixList& suffixes, const Guard& guard) const;

    // With what is known only when its page was copied: it is like one that two people verified. Once.
    [[nodiscard]] Triage with_alike(Triage triage, std::string seen) const;
    static constexpr std::string_view kAlike = "alike_page";

    [[nodiscard]] const std::string& version() const { return m_version; }
    // The brand this name passes itself off as, and how; nothing when it is the brand's own or nobody's.
    struct Imitation {
        std::string_view feature{}; // brand_copied, brand_combined, brand_misspelled, brand_elsewhere
        std::string brand{};
    };
    [[nodiscard]] Imitation imitation(const Link& link) const;

private:
    struct Brand {
        std::string name{};
        std::vector<std::string> spellings{}, sites{};
    };
    void add_point(Triage& triage, std::string_view feature, std::string seen, double share = 1) const;
    void look_at_host(Triage& triage, const Link& link, const SuffixList& suffixes) const;
    void look_at_words(Triage& triage, const Link& link) const;
    void look_at_spelling(Triage& triage, std::string_view written, const Link& link) const;

    std::string m_version{};
    std::map<std::string, int, std::less<>> m_points{};
    std::map<std::string, std::string, std::less<>> m_words{}; // word → feature
    std::vector<std::string> m_cheap_zones{}, m_program_files{};
    std::vector<Brand> m_brands{};
};

} // namespace adal::cyber
