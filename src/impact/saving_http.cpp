// Addresses of savings.
#include "base/text.hpp"
#include "files/file_store.hpp"
#include "impact/pages.hpp"
#include "impact/saving_store.hpp"
#include "impact/saving_view.hpp"

#include <fstream>
#include <iterator>

namespace adal::impact {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

namespace {

tl::unexpected<Problem> bad(std::string_view field, std::string_view reason)
{
    return fail(bad_field, {{"field", std::string(field)}, {"reason", std::string(reason)}});
}

Result<Saving> wanted(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<SavingId>();
    if (!id) return pass(id);
    auto saving = read_saving(db, *id);
    if (!saving) return fail(not_found);
    return *saving;
}

Result<Reply> show_list(Snapshot& db, const Request& request)
{
    return render(request, saving_list(request, all_savings(db)));
}

Result<Reply> show_saving(Snapshot& db, const Request& request)
{
    const auto saving = wanted(db, request);
    if (!saving) return pass(saving);
    std::vector<EvidenceRow> evidence;
    for (const auto& id : saving->evidence)
        if (const auto file = files::find_file(db, id)) evidence.push_back({hex(view(file->sha256)), file->size});
    return render(request, saving_page(request, *saving, evidence));
}

Result<Reply> show_form(Snapshot&, const Request& request)
{
    return render(request, claim_form(request, FindingId::parse(request.query_value("finding")).value_or(FindingId{})));
}

// "60" or "60,5" per cent as basis points.
Result<int> read_share(const Request& request)
{
    const auto percent = parse_money(request.field("share")); // two decimals, no floating point
    if (!percent || percent->tiyn < 1 || percent->tiyn > kWholeShare) return fail(saving_share_bad);
    return static_cast<int>(percent->tiyn);
}

Result<Saving> read_claim(const Request& request)
{
    Saving saving;
    const auto type = saving_type_from(request.field("type"));
    const auto method = method_from(request.field("method"));
    const auto grade = grade_from(request.field("grade"));
    if (!type) return bad("type", "unknown");
    if (!method) return bad("method", "unknown");
    if (!grade) return bad("grade", "unknown");
    const auto baseline = parse_money(request.field("baseline")), actual = parse_money(request.field("actual"));
    if (!baseline) return bad("baseline", "not_money");
    if (!actual) return bad("actual", "not_money");
    const auto share = read_share(request);
    if (!share) return pass(share);
    saving.type = *type;
    saving.method = *method;
    saving.grade = *grade;
    saving.baseline = *baseline;
    saving.actual = *actual;
    saving.our_share_bp = *share;
    saving.object_key = clean_text(request.field("object")).value_or("");
    saving.baseline_text = clean_text(request.field("baseline_text")).value_or("");
    saving.method_text = clean_text(request.field("method_text")).value_or("");
    if (request.field("finding").empty()) return saving;
    const auto finding = FindingId::parse(trim(request.field("finding")));
    if (!finding) return bad("finding", "unknown");
    saving.finding = *finding;
    return saving;
}

Result<Reply> post_claim(Transaction& tx, const Request& request, files::Store& files)
{
    auto saving = read_claim(request);
    if (!saving) return pass(saving);
    for (const auto& upload : request.files) {
        if (upload.size == 0) continue; // a file field left empty
        std::ifstream in{upload.path, std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        const auto stored = files.add_document(tx, bytes, upload.file_name, request.at);
        if (!stored) return pass(stored);
        saving->evidence.push_back(stored->id);
    }
    const auto claimed = claim_saving(tx, *saving, request.person(), request.at);
    if (!claimed) return pass(claimed);
    return http::see_other(request.link("/savings/" + claimed->id.str()));
}

using Decision = Result<Saving> (*)(Transaction&, SavingId, const Request&);

// Whoever decides decides on what was on the page.
http::WriteHandler deciding(Decision decide)
{
    return [decide](Transaction& tx, const Request& request) -> Result<Reply> {
        const auto saving = wanted(tx, request);
        if (!saving) return pass(saving);
        if (std::to_string(saving->version) != request.field("version")) return fail(stale_form);
        const auto decided = decide(tx, saving->id, request);
        if (!decided) return pass(decided);
        return http::see_other(request.link("/savings/" + saving->id.str()));
    };
}

std::string reason(const Request& request)
{
    return clean_text(request.field("reason")).value_or("");
}

Result<Saving> approve_it(Transaction& tx, SavingId id, const Request& request)
{
    return approve_saving(tx, id, request.person(), request.at);
}

Result<Saving> reject_it(Transaction& tx, SavingId id, const Request& request)
{
    return reject_saving(tx, id, request.person(), reason(request), request.at);
}

Result<Saving> withdraw_it(Transaction& tx, SavingId id, const Request& request)
{
    return withdraw_saving(tx, id, request.person(), reason(request), request.at);
}

constexpr std::uint64_t evidence_limit = 40u << 20;

} // namespace

void add_saving_routes(http::Router& router, files::Store& files)
{
    using enum Permission;
    router.page("/savings", anyone, show_list, {.doc = "savings with their state and grade"});
    router.page("/savings/new", claim_savings, show_form, {.doc = "form: claim a saving"});
    router.page("/savings/{id}", anyone, show_saving, {.doc = "one saving: baseline, method, evidence, decisions"});
    router.form("/savings", claim_savings,
                [&files](Transaction& tx, const Request& request) { return post_claim(tx, request, files); },
                {.body_limit = evidence_limit, .multipart = true, .max_files = 10, .doc = "claim a saving with its documents"});
    router.form("/savings/{id}/approve", approve_savings, deciding(approve_it), {.doc = "approve a saving of somebody else"});
    router.form("/savings/{id}/reject", approve_savings, deciding(reject_it), {.doc = "reject a saving with a reason"});
    router.form("/savings/{id}/withdraw", claim_savings, deciding(withdraw_it), {.doc = "withdraw one's own claim"});
}

} // namespace adal::impact
