// The second half of the main job: from the final document to figures and a proof that anybody can check.
#include "app/main_job.hpp"

#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"

#include <fmt/format.h>

namespace adal::app {

namespace {

std::string kk(std::string_view key, const i18n::Params& params = {})
{
    return i18n::text(i18n::Language::kk, key, params);
}

} // namespace

Result<Done> MainJob::refer(Case& work, const Cast& cast)
{
    work.wait_days(1);
    const auto document = write([&](storage::Transaction& tx) -> Result<referral::Document> {
        const auto published = oversight::publish_finding(tx, m_house.files, work.finding, kk("main_job.summary"), cast.coordinator, work.clock);
        if (!published) return pass(published);
        m_tell({"published", work.finding.str(), fmt::format("#{}", published->publication->leaf)});
        const auto completed = oversight::complete_control(tx, work.control, cast.coordinator, work.clock);
        if (!completed) return pass(completed);
        const auto place = oversight::find_place(tx, work.place);
        if (!place) return fail(not_found);
        auto authorities = referral::competent_authorities(tx, *place, local_date(work.clock));
        if (authorities.empty()) authorities = referral::authorities_on(tx, local_date(work.clock));
        if (authorities.empty()) return fail(not_found);
        const referral::Draft draft{.recommendations = {{kk("main_job.recommendation"), authorities.front().authority, {work.finding}}}};
        const auto drafted = referral::draft_document(tx, work.control, draft, cast.coordinator, work.clock);
        if (!drafted) return pass(drafted);
        return referral::sign_document(tx, drafted->id, cast.lawyer, work.clock);
    });
    if (!document) return pass(document);
    work.document = document->id;
    work.recommendation = document->recommendations.front().id;
    m_tell({"document", work.document.str(), document->content_hash.substr(0, 16)});

    work.wait_days(1);
    return write([&](storage::Transaction& tx) -> Result<Done> {
        const referral::Sending sending{.authority = document->recommendations.front().authority, .channel = referral::ChannelKind::paper,
                                        .out_number = fmt::format("АД-{}", 100 + work.seed), .sent_at = work.clock};
        const auto sent = referral::send_document(tx, m_house.law, work.document, sending, cast.coordinator, work.clock);
        if (!sent) return pass(sent);
        m_tell({"sent", sent->id.str(), sent->out_number});
        const auto received = referral::acknowledge(tx, m_house.law, sent->id, local_date(work.clock), "ЖТ-2026-118", cast.coordinator, work.clock);
        if (!received) return pass(received);
        const auto fresh = referral::find_document(tx, work.document);
        const auto& deadline = fresh->find(work.recommendation)->deadline;
        if (!deadline) return failed_step("deadline", "none computed");
        m_tell({"deadline", work.recommendation.str(), fmt::format("{} · {}", iso(deadline->due), deadline->rule_version)});
        return done();
    });
}

Result<Done> MainJob::receive_reply(Case& work, const Cast& cast, referral::ReplyClass reply_class)
{
    work.wait_days(6);
    const auto today = local_date(work.clock);
    referral::NewReply letter{.document = work.document, .recommendation = work.recommendation, .received_on = today, .number = fmt::format("03-12/{}", 400 + work.seed),
                              .reply_class = reply_class, .text = kk(reply_class == referral::ReplyClass::refused ? "main_job.reply_refused" : "main_job.reply")};
    if (reply_class == referral::ReplyClass::promise) letter.promised_for = today.plus_days(5);
    const auto reply = write([&](storage::Transaction& tx) { return referral::register_reply(tx, letter, cast.coordinator, work.clock); });
    if (!reply) return pass(reply);
    m_tell({"reply", reply->id.str(), std::string{referral::name(reply->reply_class)}});
    return done();
}

Result<Done> MainJob::fix(Case& work, const Cast& cast, bool is_fixed)
{
    work.wait_days(5);
    auto claimed = write([&](storage::Transaction& tx) -> Result<Done> {
        return referral::claim_fix(tx, work.recommendation, work.finding, kk("main_job.fix_claim"), cast.coordinator, work.clock);
    });
    if (!claimed) return claimed;
    const auto claims = read([&](storage::Snapshot& db) { return oversight::fix_claims_of(db, work.finding); });
    if (claims.empty()) return failed_step("fix_claimed", "no claim");
    work.fix = claims.back().id;
    m_tell({"fix_claimed", work.fix.str(), {}});

    work.wait_days(2);
    const auto checked = write([&](storage::Transaction& tx) -> Result<oversight::Finding> {
        auto photo = take_photo(tx, work, is_fixed ? Scene::mended : Scene::defect, oversight::PhotoRole::after, "after");
        if (!photo) return pass(photo);
        const oversight::FixCheck check{.claim = work.fix, .checker = cast.second_volunteer, .is_fixed = is_fixed, .position = position_at(tx, work),
                                        .photos = {*photo}, .text = kk(is_fixed ? "main_job.fix_seen" : "main_job.fix_not_seen"), .at = work.clock};
        return oversight::check_fix(tx, m_house.files, check, cast.second_volunteer, work.clock);
    });
    if (!checked) return pass(checked);
    m_tell({"fix_checked", work.finding.str(), std::string{name(checked->state)}});
    return done();
}

Result<Done> MainJob::save_money(Case& work, const Cast& cast)
{
    work.wait_days(1);
    return write([&](storage::Transaction& tx) -> Result<Done> {
        const auto paper = m_house.files.add_document(tx, kk("main_job.saving_paper"), "act.txt", work.clock);
        if (!paper) return pass(paper);
        impact::Saving saving{.type = impact::SavingType::redo_at_contractor_cost, .object_key = "finding:" + work.finding.str(), .finding = work.finding,
                              .baseline_text = kk("main_job.saving_baseline"), .method_text = kk("main_job.saving_method"),
                              .method = impact::Method::norm_or_estimate, .baseline = Money::tenge(1'840'000), .actual = Money{}, .grade = impact::Grade::b, .evidence = {paper->id}};
        const auto claimed = impact::claim_saving(tx, saving, cast.coordinator, work.clock);
        if (!claimed) return pass(claimed);
        work.saving = claimed->id;
        m_tell({"saving_claimed", work.saving.str(), i18n::money(i18n::Language::kk, impact::gross(*claimed))});
        for (const auto approver : {cast.lawyer, cast.second_reviewer}) {
            const auto approved = impact::approve_saving(tx, work.saving, approver, work.clock);
            if (!approved) return pass(approved);
            m_tell({"saving_approved", work.saving.str(), std::string{impact::name(approved->state)}});
        }
        return done();
    });
}

Result<Done> MainJob::recompute_figures(const Cast& cast, Instant now)
{
    const auto frozen = write([&](storage::Transaction& tx) { return impact::freeze_figures(tx, now, cast.administrator, now); });
    if (!frozen) return pass(frozen);
    const auto wrong = read([&](storage::Snapshot& db) { return impact::disagreeing_figures(db); });
    if (!wrong.empty()) return failed_step("figures", impact::code(wrong.front().figure.indicator));
    const auto figures = read([&](storage::Snapshot& db) { return impact::recompute(db, now); });
    const auto count = [&](impact::Indicator indicator) { return figures.at(indicator).value; };
    m_tell({"figures", std::to_string(frozen->size()),
            fmt::format("CTRL_HELD {} · SEALED {} · FIXED {}", count(impact::Indicator::controls_held), count(impact::Indicator::findings_sealed), count(impact::Indicator::fixes_verified))});
    return done();
}

Result<Done> MainJob::prove(const Case& work)
{
    if (const auto published = m_house.publish_now(); !published) return published;
    const auto finding = read([&](storage::Snapshot& db) { return oversight::find_finding(db, work.finding); });
    if (!finding || !finding->seal) return failed_step("proof", "no seal");
    const auto index = finding->seal->leaf;
    const auto leaf = read([&](storage::Snapshot& db) { return ledger::leaf(db, index); });
    const auto proof = read([&](storage::Snapshot& db) { return ledger::proof_file(db, index); });
    if (!leaf) return failed_step("proof", "no leaf");
    if (!proof) return pass(proof);
    const auto policy = ledger::policy_of(m_house.keys.log.vkey());
    const auto whole = ledger::verify_log(m_house.settings.log_directory(), policy);
    if (!whole.is_good()) return failed_step("log", "the directory of tiles does not verify");
    m_tell({"log", m_house.settings.log_name, std::to_string(read([&](storage::Snapshot& db) { return ledger::size(db); }))});
    const auto one = ledger::verify_proof(*proof, leaf->bytes, policy);
    if (!one.is_good()) return failed_step("proof", "the proof does not verify");
    m_tell({"proof", fmt::format("#{}", index), hex(view(leaf->hash)).substr(0, 16)});
    return done();
}

} // namespace adal::app
