// Addresses of batches of verified resources.
#include "referral/authority_store.hpp"
#include "referral/batch_store.hpp"
#include "referral/batch_view.hpp"
#include "referral/form_http.hpp"
#include "referral/pages.hpp"
#include "referral/parcel.hpp"

#include "ledger/ledger.hpp"

#include <algorithm>

namespace adal::referral {

namespace batch_routes {

using Answer = Result<http::Reply>;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

constexpr int kShown = 100;
constexpr std::uint64_t kMostArchives = 64u << 20; // of all pages in one package

void add_states(Snapshot& db, const Batch& batch, std::map<ResourceId, cyber::State>& states)
{
    for (const auto& item : batch.items)
        if (const auto resource = cyber::find_resource(db, item.resource)) states[item.resource] = resource->state;
}

Answer show_list(Snapshot& db, const Request& request)
{
    BatchListPage view{.batches = list_batches(db, kShown), .today = local_date(request.at)};
    for (const auto& batch : view.batches) {
        add_states(db, batch, view.states);
        if (const auto version = authority_version(db, batch.authority_version)) view.authorities[batch.authority] = version->names;
    }
    return render(request, batch_list(request, view));
}

Answer show_new(Snapshot& db, const Request& request)
{
    NewBatchPage view;
    for (auto& resource : cyber::list_resources(db, {.states = {cyber::State::ready}, .limit = 500}, request.at)) {
        const auto* category = cyber::find_category(resource.category);
        if (category == nullptr || !cyber::may_refer(resource, cyber::reviews_of(db, resource.id), request.at)) continue;
        auto topic = std::ranges::find(view.topics, category->topic, &NewBatchPage::Topic::code);
        if (topic == view.topics.end())
            topic = view.topics.insert(view.topics.end(), {.code = category->topic, .authorities = competent_for(db, category->topic, local_date(request.at))});
        if (topic->resources.size() < kMostInBatch) topic->resources.push_back(std::move(resource));
    }
    return render(request, new_batch(request, view));
}

Result<Batch> wanted(Snapshot& db, std::string_view text)
{
    const auto id = BatchId::parse(text);
    auto batch = id ? find_batch(db, *id) : std::nullopt;
    if (!batch) return fail(not_found);
    return std::move(*batch);
}

Answer show(Snapshot& db, const Request& request)
{
    const auto batch = wanted(db, request.param("id"));
    if (!batch) return pass(batch);
    BatchPage view{.batch = *batch, .today = local_date(request.at)};
    add_states(db, *batch, view.states);
    if (const auto version = authority_version(db, batch->authority_version)) view.authority = version->names;
    return render(request, batch_page(request, view));
}

Answer letter(Snapshot& db, const Request& request)
{
    const auto batch = wanted(db, request.param("id"));
    if (!batch) return pass(batch);
    const auto version = authority_version(db, batch->authority_version);
    ADAL_CHECK(version.has_value());
    return http::download(http::bytes_reply(to_pdf(batch_letter(*batch, *version, request.language)), "application/pdf"), "khat-" + batch->id.str() + ".pdf");
}

void add_evidence(Snapshot& db, const Batch& batch, const files::Store& files, Package& package)
{
    int n = 0;
    for (const auto& item : batch.items) {
        ++n;
        int shot = 0;
        for (const auto& capture : cyber::captures_of(db, item.resource))
            if (const auto stored = files.find(db, capture.file); stored && stored->is_shown())
                package.files.push_back({"evidence/" + std::to_string(n) + "-" + std::to_string(++shot) + ".jpg", files.read_view(stored->sha256)});
    }
}

// The newest copy of each page that the server took; those for which there is no room are named by their digests.
void add_archives(Snapshot& db, const Batch& batch, const files::Store& files, Package& package)
{
    std::uint64_t size = 0;
    std::string left_out;
    int n = 0;
    for (const auto& item : batch.items) {
        const auto folder = "evidence/" + std::to_string(++n) + "/";
        const auto copy = cyber::newest_copy(db, item.resource);
        const auto stored = copy ? files.find(db, copy->file) : std::nullopt;
        if (!stored || stored->erased_at) continue;
        const auto stem = folder + copy->id.str(); // as the index has it
        if (size + stored->size > kMostArchives) {
            left_out += hex(view(stored->sha256)) + "  " + stem + ".warc.gz\n";
            continue;
        }
        size += stored->size;
        package.files.push_back({stem + ".warc.gz", files.read_original(stored->sha256)});
        package.files.push_back({stem + ".cdxj", copy->cdxj});
    }
    if (!left_out.empty()) package.files.push_back({"evidence/left-out.sha256", left_out});
}

// Letters in both languages, tables, screenshots, archives of pages, the entry of the log and its proof, and the sums of all of it.
Answer package(Snapshot& db, const Request& request, const files::Store& files)
{
    const std::string_view file = request.param("file");
    if (!file.ends_with(".zip")) return fail(not_found);
    const auto batch = wanted(db, file.substr(0, file.size() - 4));
    if (!batch) return pass(batch);
    const auto version = authority_version(db, batch->authority_version);
    ADAL_CHECK(version.has_value());
    Package out{.text = i18n::text(i18n::Language::kk, "referral.batch.package_text") + "\n" + i18n::text(i18n::Language::ru, "referral.batch.package_text")};
    for (const auto language : {i18n::Language::kk, i18n::Language::ru})
        out.files.push_back({"letter." + std::string{i18n::code(language)} + ".pdf", to_pdf(batch_letter(*batch, *version, language))});
    out.files.push_back({"resources.csv", batch_csv(*batch)});
    out.files.push_back({"resources.json", batch_json(*batch)});
    if (const auto leaf = ledger::leaf(db, batch->leaf)) out.files.push_back({"log-entry.json", leaf->bytes});
    if (const auto proof = ledger::proof_file(db, batch->leaf)) out.files.push_back({"log-entry.tlog-proof", *proof});
    add_evidence(db, *batch, files, out);
    add_archives(db, *batch, files, out);
    std::string sums;
    for (const auto& one : out.files) sums += hex(view(sha256(one.bytes))) + "  " + one.name + "\n";
    out.files.push_back({"SHA256SUMS", sums});
    return http::download(http::bytes_reply(zip_of(out, batch->sent_at), "application/zip"), "adal-batch-" + batch->id.str() + ".zip");
}

Answer to(const Request& request, BatchId id)
{
    return http::see_other(request.link("/cyber/batches/" + id.str()));
}

Answer post_new(Transaction& tx, const Request& request, const Law& law)
{
    NewBatch wanted_batch;
    for (const auto value : request.fields("resource")) {
        const auto id = ResourceId::parse(value);
        if (!id) return fail(not_found);
        wanted_batch.resources.push_back(*id);
    }
    const auto authority = AuthorityId::parse(request.field("authority"));
    const auto channel = channel_from(request.field("channel"));
    if (!authority || !channel) return fail(bad_field, {{"field", authority ? "channel" : "authority"}, {"reason", "not_a_choice"}});
    const auto number = cleaned(request, "out_number");
    if (!number) return pass(number);
    wanted_batch.authority = *authority;
    wanted_batch.channel = *channel;
    wanted_batch.out_number = *number;
    const auto sent = send_batch(tx, law, wanted_batch, request.person(), request.at);
    if (!sent) return pass(sent);
    return to(request, sent->id);
}

Answer post_receipt(Transaction& tx, const Request& request, const Law& law)
{
    const auto id = request.path_id<BatchId>();
    if (!id) return pass(id);
    const auto on = read_day(request, "received_on");
    if (!on) return pass(on);
    const auto number = cleaned(request, "in_number");
    if (!number) return pass(number);
    const auto received = receive_batch(tx, law, *id, *on, *number, request.person(), request.at);
    if (!received) return pass(received);
    return to(request, *id);
}

Answer post_refused(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<BatchId>();
    const auto resource = ResourceId::parse(request.field("resource"));
    if (!id || !resource) return fail(not_found);
    const auto reason = cleaned_lines(request, "reason");
    if (!reason) return pass(reason);
    if (reason->empty()) return fail(bad_field, {{"field", "reason"}, {"reason", "missing"}});
    const auto refused = refuse_batch_item(tx, *id, *resource, *reason, request.person(), request.at);
    if (!refused) return pass(refused);
    return to(request, *id);
}

} // namespace batch_routes

void add_batch_routes(http::Router& router, const Law& law, files::Store& files)
{
    using namespace batch_routes;
    using enum Permission;
    router.page("/cyber/batches", refer_resources, show_list, {.doc = "batches of resources that went to authorities"});
    router.page("/cyber/batches/new", refer_resources, show_new, {.doc = "form: send ready resources to an authority"});
    router.page("/cyber/batches/{id}", refer_resources, show, {.doc = "one batch and what came of it"});
    router.page("/cyber/batches/{id}/letter", refer_resources, letter, {.doc = "letter of a batch as PDF"});
    router.get("/cyber/batches/{file}", refer_resources, [&files](Snapshot& db, const Request& r) { return package(db, r, files); }, {.doc = "package of a batch as ZIP: letters, tables, screenshots, proof"});
    router.form("/cyber/batches", refer_resources, [&law](Transaction& tx, const Request& r) { return post_new(tx, r, law); }, {.doc = "send ready resources to an authority"});
    router.form("/cyber/batches/{id}/receipt", refer_resources, [&law](Transaction& tx, const Request& r) { return post_receipt(tx, r, law); }, {.doc = "the authority registered a batch"});
    router.form("/cyber/batches/{id}/refused", refer_resources, post_refused, {.doc = "the authority refused one resource of a batch"});
}

} // namespace adal::referral
