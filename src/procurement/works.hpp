// procurement/works.hpp: is this contract something that a volunteer can go and look at, and of what kind?
//
// Words and classification prefixes are data (data/procurement/works-words.json, kk/ru/en). Goods never
// count. Immutable, thread-safe.
#pragma once

#include "procurement/process.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// Kinds are those of places: "road_section", "playground", "sports_ground", "park", "public_space",
// "building", "stop". Empty: not physical works.
class Works
{
public:
    static const Works& standard(); // the embedded file
    [[nodiscard]] std::string kind_of(const Process& process) const;

private:
    struct Kind {
        std::string kind{};
        std::vector<std::string> stems{};    // folded; a word of the title starts with one
        std::vector<std::string> prefixes{}; // of classification ids
    };
    explicit Works(std::string_view json);
    std::vector<Kind> m_kinds;
    std::vector<std::string> m_deeds; // building, repair, improvement
};

} // namespace adal::procurement
