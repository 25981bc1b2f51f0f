// cyber/gold.hpp: gold items, resources whose answer is known, given to reviewers as if they waited: about one in twenty of what
// they are given, chosen by ids alone, in the clothes of a waiting resource beside which they lie (cyber.md §3.3, rule 7). An
// answer says how well somebody sees and nothing else: it moves no resource. Rules only: no storage, no clock, no language.
// Thread-safe.
#pragma once

#include "cyber/resource.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr unsigned kOneInGold = 20;            // of waiting resources brings a gold item along
inline constexpr std::size_t kGoldAgreed = 2;         // people who said the known answer
inline constexpr int kGoldSeverity = 4;               // nobody is shown what harms most for a test
inline constexpr std::chrono::hours kGoldAfterglow{24}; // one that was given can be opened so long, as a resource could

inline constexpr ProblemCode gold_not_clear{"cyber.gold_not_clear", 409};

struct Gold {
    ResourceId resource{};
    Verdict verdict = Verdict::confirm; // the known answer
    std::string category{};             // of a confirmed one
    PersonId marked_by{};
    Instant at{};
};

// Closed, not too severe, and clear: at least two people said what it was closed with, nobody the contrary, nobody had to arbitrate.
Result<Gold> as_gold(const Resource& resource, const std::vector<Review>& reviews);
// The answer is still known: what was withdrawn or refused since tells nothing of a reviewer.
bool still_holds(const Gold& gold, State state);
bool is_right(const Gold& gold, const Review& answer);

// A gold item as one reviewer gets it, under an id of its own.
struct GoldTask {
    ResourceId id{};
    ResourceId resource{};
    PersonId person{};
    ResourceId beside{}; // the waiting resource it came with
    State state = State::triaged;
    Instant reported_at{};
    Instant until{};     // of the claim; 0: not taken yet
    std::optional<Review> answer{};
};

struct OpenGold {
    ResourceId resource{};
    bool is_guarded = false;
};
// What comes along with the waiting resources of one person: by ids, so that it is the same at every look. `open`: items that
// person had no part in and was never given. One waiting resource brings at most one, one item comes at most once.
std::vector<GoldTask> gold_beside(PersonId person, const std::vector<Resource>& waiting, const std::vector<OpenGold>& open);

// As the reviewer sees it: nothing of what became of it. `category`: the one it was reported under.
Resource in_disguise(Resource resource, const GoldTask& task, const std::string& category);
// The state a waiting resource would be in after that review, as far as its reviewer can know.
State state_after(const Resource& shown, const Review& answer);

struct Interval {
    double low = 0, high = 1;
};
// Wilson's 95 % interval of a share (Wilson 1927, JASA 22: 209–212). answered = 0: all of [0, 1].
Interval wilson(std::int64_t right, std::int64_t answered);

struct GoldScore {
    PersonId person{};
    std::int64_t answered = 0, right = 0;
    std::string name{}; // filled by the page
};

} // namespace adal::cyber
