// referral/test_path.hpp: a sealed case and the seed of authorities, with the steps of a final document as short
// calls, for the tests of this room on both engines.
#pragma once

#include "referral/authority_store.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"
#include "support/sealed_case.hpp"

#include <gmock/gmock.h>

namespace adal::referral {

using oversight::FindingState;
using adal::test::must;

class DocumentPath : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        at = std::make_unique<test::SealedCase>(db());
        at->run();
        at->write([&](auto& tx) { return import_seed_authorities(tx, at->clock); });
        authority = db().read([&](storage::Snapshot& s) {
            return find_authority(s, "Алматы қаласының әкімдігі", make_date(1900, 1, 1));
        }).value();
    }

    Draft draft() const
    {
        return {.recommendations = {{"Шұңқырды жамау", authority, {at->findings.at(0)}},
                                    {"Ақпараттық тақта қою", authority, {at->findings.at(1)}}}};
    }

    Document signed_document()
    {
        at->clock = moment("2026-03-09T12:00:00+05:00");
        const auto drafted = at->write([&](auto& tx) { return draft_document(tx, at->control, draft(), at->coordinator, at->clock); });
        return at->write([&](auto& tx) { return sign_document(tx, drafted.id, at->lawyer, at->clock); });
    }

    Result<Dispatch> send(DocumentId id, std::string_view when)
    {
        at->clock = moment(when);
        return db().write([&](storage::Transaction& tx) {
            return send_document(tx, law, id, {.authority = authority, .channel = ChannelKind::eotinish, .out_number = "АД-1", .sent_at = at->clock},
                                 at->coordinator, at->clock);
        });
    }

    Result<Reply> reply(const Document& document, std::size_t n, ReplyClass reply_class, std::string_view received)
    {
        return db().write([&](storage::Transaction& tx) {
            return register_reply(tx,
                                  {.document = document.id, .recommendation = document.recommendations.at(n).id,
                                   .received_on = *parse_date(received), .reply_class = reply_class, .text = "Жауап мәтіні",
                                   .promised_for = make_date(2026, 5, 1)},
                                  at->coordinator, at->clock);
        });
    }

    static Instant moment(std::string_view text) { return *parse_instant(text); }
    Document stored(DocumentId id)
    {
        return db().read([&](storage::Snapshot& s) { return *read_document(s, id); });
    }
    FindingState state(std::size_t n)
    {
        return db().read([&](storage::Snapshot& s) { return oversight::find_finding(s, at->findings.at(n))->state; });
    }
    std::string newest_leaf()
    {
        return db().read([](storage::Snapshot& s) { return ledger::leaf(s, ledger::size(s) - 1)->bytes; });
    }
    void expect_sound()
    {
        EXPECT_THAT(db().read([](storage::Snapshot& s) { return check_invariants(s); }), ::testing::IsEmpty());
    }

    std::unique_ptr<test::SealedCase> at;
    AuthorityId authority;
    Law law = embedded_law();
};

} // namespace adal::referral
