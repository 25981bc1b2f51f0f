// The public log over HTTP (c2sp.org/tlog-tiles) and single entries with their proofs.
#include "app/routes.hpp"

#include "ledger/ledger.hpp"
#include "ledger/tiles.hpp"

#include <charconv>

namespace adal::app {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;

std::optional<std::int64_t> index_of(const Request& request)
{
    std::int64_t index = -1;
    const auto text = request.param("index");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc{} || end != text.data() + text.size() || index < 0) return std::nullopt;
    return index;
}

Result<Reply> log_file(const Request& request, const std::string& folder)
{
    const auto file = ledger::served_file(folder, request.param("rest"));
    if (!file) return fail(not_found);
    auto reply = http::file_reply(file->path.string(), std::string{file->type});
    reply.headers.emplace_back("Cache-Control", std::string{file->cache_control});
    return reply;
}

Result<Reply> entry_leaf(Snapshot& db, const Request& request)
{
    const auto index = index_of(request);
    const auto leaf = index ? ledger::leaf(db, *index) : std::nullopt;
    if (!leaf) return fail(not_found);
    return http::download(http::bytes_reply(leaf->bytes, "application/json"), std::to_string(*index) + ".leaf");
}

Result<Reply> entry_proof(Snapshot& db, const Request& request)
{
    const auto index = index_of(request);
    if (!index || !ledger::leaf(db, *index)) return fail(not_found);
    const auto proof = ledger::proof_file(db, *index);
    if (!proof) return pass(proof);
    return http::download(http::text_reply(*proof), std::to_string(*index) + ".tlog-proof");
}

} // namespace

void add_log_routes(http::Router& router, House& house)
{
    router.plain("/log/{rest*}", Permission::anyone, [folder = house.settings.log_directory()](const Request& request) { return log_file(request, folder); },
                 {.doc = "public log: checkpoint, tiles, entry bundles (tlog-tiles)"});
    router.plain("/log-policy.txt", Permission::anyone,
                 [vkey = house.keys.log.vkey().text()](const Request&) -> Result<Reply> { return http::text_reply("log " + vkey + "\nquorum none\n"); },
                 {.doc = "trust policy with the key of the log (tlog-policy)"});
    router.get("/log-entries/{index}/leaf", Permission::anyone, entry_leaf, {.doc = "bytes of one log entry"});
    router.get("/log-entries/{index}/proof", Permission::anyone, entry_proof, {.doc = "inclusion proof of one log entry (tlog-proof)"});
}

} // namespace adal::app
