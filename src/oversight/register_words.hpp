// oversight/register_words.hpp: how registers of works write what we have a name for: the state of works, the
// kind of a place. The words are data (data/oversight/*-words.json, kk and ru) and are compared folded.
#pragma once

#include "oversight/place.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::oversight {

class RegisterWords
{
public:
    static const RegisterWords& standard(); // the embedded lists
    RegisterWords(std::string_view status_words, std::string_view kind_words); // throws when malformed

    // Our own name or a register's word; null when it is neither.
    [[nodiscard]] std::optional<WorksStatus> status_of(std::string_view text) const;
    // By the first word of the list that the text holds.
    [[nodiscard]] PlaceKind kind_of(std::string_view text) const;

private:
    std::vector<std::pair<std::string, WorksStatus>> m_statuses;
    std::vector<std::pair<std::string, PlaceKind>> m_kinds;
    PlaceKind m_otherwise = PlaceKind::public_space;
};

} // namespace adal::oversight
