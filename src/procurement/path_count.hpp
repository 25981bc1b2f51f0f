// procurement/path_count.hpp: counts of filled fields while texts pass by; used by coverage only.
// Not thread-safe.
#pragma once

#include "procurement/json_index.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

class PathCount {
public:
    PathCount();
    // Counts one line. Nothing of it counts when a member comes twice: then false, and the caller
    // gives it again with each member once.
    bool add(Node root);
    void collect(std::map<std::string, std::uint64_t>& into) const;

private:
    using Place = std::uint32_t;
    static constexpr Place kNone = 0;
    // A place in the tree of paths: the value at a member, an object ("/") or the elements of an
    // array ("[]").
    struct Step {
        std::string key{};
        std::uint64_t count = 0;
        Place object = kNone, element = kNone;
        Place first_member = kNone; // of an object step: guessed first
        Place follower = kNone;     // of a member step: the member that came after it last time
        std::uint64_t met_in = 0;   // of a member step: number of the last object it was met in
    };
    struct Slot {
        std::uint64_t hash = 0;
        Place member = kNone;
        Place parent = kNone;
    };

    bool filled(Node node, Place place);
    bool object(Node node, Place place);
    Place member(Place object, Place& guess, std::string_view key);
    Place find_member(Place object, std::string_view key);
    Place below(Place Step::*which, Place place);
    void grow();
    void collect(Place place, std::string& path, std::map<std::string, std::uint64_t>& into) const;

    std::vector<Step> m_steps{};                 // [0] is no place, [1] the line
    std::vector<std::vector<Place>> m_members{}; // by object step
    std::vector<Slot> m_slots{};
    std::uint64_t m_members_count = 0, m_objects = 0;
    std::vector<Place> m_line{}; // what this line counts
    bool m_repeated = false;
    std::string m_key{};
};

} // namespace adal::procurement::columns
