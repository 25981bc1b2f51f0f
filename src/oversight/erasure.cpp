#include "oversight/erasure.hpp"

#include "base/text.hpp"
#include "oversight/named.hpp"

#include <algorithm>

namespace adal::oversight {
namespace erasure_rules {

constexpr std::array<Named<ErasureGround>, 4> kGrounds{{{ErasureGround::consent_withdrawn, "consent_withdrawn"},
                                                        {ErasureGround::unlawful_collection, "unlawful_collection"},
                                                        {ErasureGround::purpose_reached, "purpose_reached"},
                                                        {ErasureGround::court_act, "court_act"}}};
constexpr std::array<Named<ErasureState>, 3> kStates{
    {{ErasureState::asked, "asked"}, {ErasureState::done, "done"}, {ErasureState::refused, "refused"}}};

Result<Erasure> decided(Erasure asked, ErasureState state, PersonId person, Instant now)
{
    if (asked.state != ErasureState::asked) return fail(erasure_already_decided);
    if (person == asked.asked_by) return fail(erasure_needs_another);
    asked.state = state;
    asked.decided_by = person;
    asked.decided_at = now;
    return asked;
}

Result<std::string> words(std::string_view text, std::string_view field, const ProblemCode& missing)
{
    auto clean = clean_text(trim(text));
    if (!clean) return fail(bad_field, {{"field", std::string{field}}, {"reason", "bad_text"}});
    if (clean->empty()) return fail(missing);
    if (clean->size() > kMaxErasureText) return fail(bad_field, {{"field", std::string{field}}, {"reason", "too_long"}});
    return *clean;
}

} // namespace erasure_rules

using namespace erasure_rules;

std::string_view name(ErasureGround ground)
{
    return name_in(kGrounds, ground);
}

std::optional<ErasureGround> erasure_ground_from(std::string_view name)
{
    return value_in(kGrounds, name);
}

std::string_view name(ErasureState state)
{
    return name_in(kStates, state);
}

std::optional<ErasureState> erasure_state_from(std::string_view name)
{
    return value_in(kStates, name);
}

Result<Erasure> ask_erasure(Erasure wanted, const std::vector<Erasure>& earlier)
{
    auto text = words(wanted.text, "text", erasure_text_missing);
    if (!text) return pass(text);
    const auto is_open = [&](const Erasure& other) { return other.file == wanted.file && other.state == ErasureState::asked; };
    const auto is_done = [&](const Erasure& other) { return other.file == wanted.file && other.state == ErasureState::done; };
    if (std::ranges::any_of(earlier, is_done)) return fail(erasure_photo_gone);
    if (std::ranges::any_of(earlier, is_open)) return fail(erasure_already_asked);
    wanted.text = std::move(*text);
    wanted.state = ErasureState::asked;
    return wanted;
}

Result<Erasure> approve_erasure(Erasure asked, PersonId person, Instant now)
{
    return decided(std::move(asked), ErasureState::done, person, now);
}

Result<Erasure> refuse_erasure(Erasure asked, PersonId person, std::string_view answer, Instant now)
{
    auto why = words(answer, "answer", erasure_answer_missing);
    if (!why) return pass(why);
    asked.answer = std::move(*why);
    return decided(std::move(asked), ErasureState::refused, person, now);
}

} // namespace adal::oversight
