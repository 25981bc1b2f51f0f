// cyber/rulebook.hpp: what the room judges with, read once: the public suffix list, the guard, the points of triage, and
// the names of the house itself. Thread-safe once made.
#pragma once

#include "cyber/guard.hpp"
#include "cyber/live_index.hpp"
#include "cyber/suffix_list.hpp"
#include "cyber/text_model.hpp"
#include "cyber/triage.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace adal::cyber {

inline constexpr ProblemCode suffix_list_missing{"cyber.suffix_list_missing", 500}; // params: file
inline constexpr ProblemCode text_model_missing{"cyber.text_model_missing", 500};   // params: file

class Rulebook
{
public:
    // own: names of the deployer, never reported or listed ("adal.kz"). index_file: lists that triage asks (made by
    // `adal url match --index`), model_file: a text model that it asks (`adal url train`); empty: none. Problems of these files.
    static Result<std::unique_ptr<const Rulebook>> open(const std::string& suffix_file, std::vector<std::string> own, const std::string& index_file = "", const std::string& model_file = "",
                                                                bool takes_copies = false);
    explicit Rulebook(SuffixList list, std::vector<std::string> names, bool takes = false) : suffixes(std::move(list)), own(std::move(names)), takes_copies(takes) {}
    Rulebook(const Rulebook&) = delete;
    Rulebook& operator=(const Rulebook&) = delete;

    // On which of the lists it is; a file that was replaced is taken first.
    [[nodiscard]] std::vector<Match> matches_of(std::string_view written) const;
    // Points of a link with their reasons, by the lists and the text model, when there are any.
    [[nodiscard]] Triage triage_of(std::string_view written, const Link& link) const;

    const SuffixList suffixes;
    const Guard guard{suffixes};
    const TriageRules triage{};
    const std::vector<std::string> own;
    const bool takes_copies; // of pages that are reported (page_copier.hpp)

private:
    std::shared_ptr<LiveIndex> m_lists{};
    std::optional<TextModel> m_model{};
};

} // namespace adal::cyber
