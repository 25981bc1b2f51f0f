#include "ledger/witness.hpp"

#include "ledger/tree.hpp"
#include "ledger/wire_text.hpp"

namespace adal::ledger {
namespace {

struct Request {
    std::uint64_t old_size = 0;
    Proof proof{};
    Note note{};
    Checkpoint checkpoint{};
};

std::optional<Request> parse_request(std::string_view bytes)
{
    Request out;
    auto line = take_line(bytes);
    const auto old_size =
        line && line->starts_with("old ") ? parse_decimal(line->substr(4)) : std::nullopt;
    if (!old_size) return std::nullopt;
    out.old_size = *old_size;
    while ((line = take_line(bytes)) && !line->empty()) {
        const auto raw = unbase64(*line);
        const auto hash = raw ? hash_from(*raw) : std::nullopt;
        if (!hash || out.proof.size() == kMaxProofHashes) return std::nullopt;
        out.proof.push_back(*hash);
    }
    if (!line) return std::nullopt;
    auto note = parse_note(bytes);
    auto checkpoint = note ? parse_checkpoint_form(note->text) : Result<Checkpoint>(fail(bad_note));
    if (!checkpoint) return std::nullopt;
    out.note = std::move(*note);
    out.checkpoint = std::move(*checkpoint);
    return out;
}

bool extends(const Request& request, const WitnessState& state)
{
    const auto& checkpoint = request.checkpoint;
    if (checkpoint.size == 0) return request.proof.empty() && checkpoint.root == empty_root();
    if (state.size == 0) return request.proof.empty();
    return verify_consistency(state.size, checkpoint.size, request.proof, state.root,
                              checkpoint.root);
}

} // namespace

WitnessAnswer
answer_witness_request(std::string_view bytes,
                       const std::function<std::optional<WitnessedLog>(std::string_view)>& find_log,
                       const SigningKey& witness, std::int64_t time)
{
    const auto request = parse_request(bytes);
    if (!request) return {.status = 400};
    const auto& checkpoint = request->checkpoint;
    const auto log = find_log(checkpoint.origin);
    if (!log) return {.status = 404};
    if (log->key.name != checkpoint.origin || !verify_note(request->note, {&log->key, 1}))
        return {.status = 403};
    if (request->old_size > checkpoint.size) return {.status = 400};
    if (request->old_size != log->state.size)
        return {.status = 409, .body = std::to_string(log->state.size) + "\n"};
    if (!extends(*request, log->state)) return {.status = 422};
    return {.status = 200,
            .body = witness.signature_line(request->note.text, time),
            .origin = checkpoint.origin,
            .next = WitnessState{.size = checkpoint.size, .root = checkpoint.root}};
}

} // namespace adal::ledger
