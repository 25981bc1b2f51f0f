#include "procurement/path_count.hpp"

#include "procurement/symbols.hpp"

namespace adal::procurement::columns {

PathCount::PathCount() : m_steps(2), m_members(2), m_slots(1024) {}

bool PathCount::add(Node root)
{
    m_line.clear();
    m_repeated = false;
    filled(root, 1);
    if (m_repeated) return false;
    for (const auto place : m_line)
        ++m_steps[place].count;
    return true;
}

PathCount::Place PathCount::below(Place Step::*which, Place place)
{
    if (m_steps[place].*which == kNone) {
        const auto fresh = static_cast<Place>(m_steps.size());
        m_steps.emplace_back();
        m_members.emplace_back();
        m_steps[place].*which = fresh;
    }
    return m_steps[place].*which;
}

// Whether the value is more than empty; notes all places below it that are.
bool PathCount::filled(Node node, Place place)
{
    bool found = false;
    if (node.is_object())
        found = object(node, place);
    else if (node.is_array()) {
        Place element = kNone;
        node.each_element([&](Node value) {
            if (element == kNone) element = below(&Step::element, place);
            found |= filled(value, element);
        });
    } else if (node.is_text())
        found = !node.raw_text().empty();
    else
        found = !node.is_null();
    if (found) m_line.push_back(place);
    return found;
}

bool PathCount::object(Node node, Place place)
{
    bool found = false;
    const Place here = below(&Step::object, place);
    const auto number = ++m_objects;
    Place guess = m_steps[here].first_member, before = kNone;
    node.each_member_raw([&](Node key, Node value) {
        const auto name = key.text(m_key);
        const Place at = member(here, guess, name);
        if (before == kNone)
            m_steps[here].first_member = at;
        else
            m_steps[before].follower = at;
        before = at;
        m_repeated = m_repeated || m_steps[at].met_in == number;
        m_steps[at].met_in = number;
        guess = m_steps[at].follower;
        found |= filled(value, at);
    });
    if (found) m_line.push_back(here);
    return found;
}

// Members mostly come in the order of the object before, so the follower is tried first.
PathCount::Place PathCount::member(Place object, Place& guess, std::string_view key)
{
    if (guess != kNone && m_steps[guess].key == key) return guess;
    return find_member(object, key);
}

PathCount::Place PathCount::find_member(Place object, std::string_view key)
{
    const auto hash = quick_hash(key) ^ (std::uint64_t{object} * 0x9E37'79B9'7F4A'7C15ULL);
    auto slot = hash & (m_slots.size() - 1);
    for (; m_slots[slot].member != kNone; slot = (slot + 1) & (m_slots.size() - 1))
        if (m_slots[slot].hash == hash && m_slots[slot].parent == object &&
            m_steps[m_slots[slot].member].key == key)
            return m_slots[slot].member;
    const auto fresh = static_cast<Place>(m_steps.size());
    m_steps.push_back({.key = std::string{key}});
    m_members.emplace_back();
    m_members[object].push_back(fresh);
    m_slots[slot] = {hash, fresh, object};
    if (++m_members_count * 2 > m_slots.size()) grow();
    return fresh;
}

void PathCount::grow()
{
    std::vector<Slot> bigger(m_slots.size() * 2);
    for (const auto& old : m_slots) {
        if (old.member == kNone) continue;
        auto slot = old.hash & (bigger.size() - 1);
        while (bigger[slot].member != kNone)
            slot = (slot + 1) & (bigger.size() - 1);
        bigger[slot] = old;
    }
    m_slots.swap(bigger);
}

void PathCount::collect(std::map<std::string, std::uint64_t>& into) const
{
    std::string path;
    collect(1, path, into);
}

// Counts are by the joined path, so that ambiguous keys add up.
void PathCount::collect(Place place, std::string& path,
                        std::map<std::string, std::uint64_t>& into) const
{
    const auto length = path.size();
    const auto& step = m_steps[place];
    if (step.count > 0) into[path] += step.count;
    if (step.element != kNone) {
        path += "[]";
        collect(step.element, path, into);
        path.resize(length);
    }
    if (step.object == kNone) return;
    path += '/';
    if (m_steps[step.object].count > 0) into[path] += m_steps[step.object].count;
    for (const auto member : m_members[step.object]) {
        path.resize(length + 1);
        path += m_steps[member].key;
        collect(member, path, into);
    }
    path.resize(length);
}

} // namespace adal::procurement::columns
