// oversight/checklist.hpp: what a volunteer is asked on the spot, and which answers are violations.
//
// One JSON file per checklist in checklists/, all three languages inside (docs/formats/checklist.md). A
// checklist is a list of sections; a section may repeat (one entry per defect). The version of a checklist is
// the SHA-256 of its file: a published version never changes (I5).
//
// Verdicts: a blank measurement is `not_measured`, "could not check" is `not_checked`; neither is ever ok
// (I7). Every violation stands on a photo or a measured value (I6).
#pragma once

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "i18n/i18n.hpp"
#include "oversight/expression.hpp"
#include "oversight/place.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class ItemType { choice, choices, integer, decimal, text, photo, position, confirm };
std::string_view name(ItemType type);
std::optional<ItemType> item_type_from(std::string_view name);

enum class Verdict { ok, violation, not_measured, not_checked, na };
inline constexpr std::array<Verdict, 5> all_verdicts{Verdict::ok, Verdict::violation, Verdict::not_measured,
                                                     Verdict::not_checked, Verdict::na};
std::string_view name(Verdict verdict); // "oversight.verdict." + name
std::optional<Verdict> verdict_from(std::string_view name);

enum class Severity { minor, major, danger };
inline constexpr std::array<Severity, 3> all_severities{Severity::minor, Severity::major, Severity::danger};
std::string_view name(Severity severity); // "oversight.severity." + name
std::optional<Severity> severity_from(std::string_view name);

struct ChecklistChoice {
    std::string name{};
    i18n::Texts label{};
};

// A norm behind a rule. `verified` says whether its primary text was read; shown to people as it is.
struct Standard {
    std::string text{};
    bool verified = false;
};

struct Item {
    std::string name{};
    ItemType type = ItemType::text;
    i18n::Texts label{}, hint{};
    std::string choices{};  // key into Checklist::choices
    bool required = false;  // only while relevant
    std::optional<Expression> relevant{};   // absent: always
    std::optional<Expression> constraint{}; // absent: none
    std::string unit{};     // "cm", "m2", "kzt"; label i18n key "oversight.unit." + unit
    std::string photo_of{}; // photo items: the question whose violation it shows, may be empty
};

// A value worked out from answers, usable in rules by its name.
struct Derived {
    std::string name{};
    Expression is{};
    std::string unit{};
};

struct Rule {
    std::string name{};     // also the category of a finding: "<checklist>.<name>"
    std::string about{};    // the question it judges
    i18n::Texts label{};    // what the violation is called on a public page
    Expression verdict{};
    Severity severity = Severity::minor;
    std::optional<Expression> severity_rule{}; // yields a name of Severity
    Standard standard{};
    std::vector<std::string> measured{}; // questions whose numbers are evidence
    std::vector<std::string> photos{};   // photo questions that show it
};

struct Section {
    std::string name{}; // key of the list in the answers when it repeats
    i18n::Texts title{};
    bool repeats = false;
    std::vector<Item> items{};
    std::vector<Derived> derived{};
    std::vector<Rule> rules{};
};

struct Checklist {
    std::string id{};
    i18n::Texts title{};
    Hash hash{};                          // of the file
    std::vector<PlaceKind> place_kinds{}; // what it is for
    std::map<std::string, std::vector<ChecklistChoice>> choices{};
    std::vector<Section> sections{};

    [[nodiscard]] const Item* find_item(std::string_view name) const;
    [[nodiscard]] const Rule* find_rule(std::string_view name) const;
    [[nodiscard]] const ChecklistChoice* find_choice(const Item& item, std::string_view name) const;
};

inline constexpr ProblemCode bad_checklist{"oversight.bad_checklist", 422}; // params: at, reason
Result<Checklist> parse_checklist(std::string_view file);

// The checklists that travel inside the program; read once, kept for ever.
const std::vector<Checklist>& all_checklists();
const Checklist* find_checklist(std::string_view id);
const Checklist* find_checklist(const Hash& hash);
const Checklist* checklist_for(PlaceKind kind);

// Answers: {"board": "no", "edef": ["rust"], "defect": [{"len": 40, …}, …]}. A number may come as text and a
// multiple choice as words with spaces between, as a form sends them; a position is {"latitude", "longitude",
// "accuracy"}; a confirmation is true. Answers to questions that are not relevant are ignored.
// Path of a question: "board", in a repeated section "defect[0].len".
// `given` are the paths of questions answered outside the answers: each photo, and the position of the visit.
struct AnswerProblem {
    std::string question{};
    std::string reason{}; // key under `reason.`: required, not_a_number, not_whole, out_of_range, not_a_choice,
                          // not_a_position, too_long, unknown_question, too_many, evidence_missing (I6)
    bool operator==(const AnswerProblem&) const = default;
};
std::vector<AnswerProblem> check_answers(const Checklist& checklist, const json::object& answers,
                                         const std::vector<std::string>& given);
inline constexpr std::size_t kMaxEntries = 100;   // of a repeated section
inline constexpr std::size_t kMaxAnswerText = 4000; // bytes
// True when the question is to be asked, given the answers so far (for server-rendered forms).
bool is_relevant(const Checklist& checklist, const Section& section, const Item& item,
                 const json::object& answers, std::size_t entry = 0);

struct Observation {
    std::string question{};  // path of the question the rule judges
    std::string rule{};      // its name
    std::string value{};     // what was answered, e.g. "no" or "len=40 wid=30 dep=6 area=0.12"
    Verdict verdict = Verdict::ok;
    Severity severity = Severity::minor;
    std::vector<std::string> photo_questions{}; // paths of the photos that belong to it
};
// One per rule and entry, in the order of the checklist. Rules of questions that are not relevant are left out.
std::vector<Observation> evaluate(const Checklist& checklist, const json::object& answers);

} // namespace adal::oversight
