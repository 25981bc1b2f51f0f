// referral/test_dossier.hpp: a final document that was sent, answered and whose fix was checked,
// with its log, for the tests of dossiers and the foreign programs of tests/interop. Only tests
// include it.
#pragma once

#include "ledger/ledger.hpp"
#include "ledger/publisher.hpp"
#include "referral/authority_store.hpp"
#include "referral/document_store.hpp"
#include "referral/dossier_bag.hpp"
#include "referral/dossier_store.hpp"
#include "referral/referral.hpp"
#include "support/sealed_case.hpp"

#include <filesystem>
#include <string>

namespace adal::referral::test {

class DossierCase {
public:
    explicit DossierCase(storage::Database& database)
        : db(database), at(database), publisher(database, folder / "log", log_key)
    {
        at.run();
        at.write([&](auto& tx) { return import_seed_authorities(tx, at.clock); });
        const auto authority =
            db.read([&](storage::Snapshot& s) {
                  return find_authority(s, "Алматы қаласының әкімдігі", make_date(1900, 1, 1));
              }).value();
        at.clock = *parse_instant("2026-03-09T12:00:00+05:00");
        document = at.write([&](auto& tx) {
            return draft_document(
                tx, at.control,
                {.recommendations = {{"Шұңқырды жамау", authority, {at.findings.at(0)}},
                                     {"Ақпараттық тақта қою", authority, {at.findings.at(1)}}}},
                at.coordinator, at.clock);
        });
    }

    void sign_and_send()
    {
        document =
            at.write([&](auto& tx) { return sign_document(tx, document.id, at.lawyer, at.clock); });
        at.clock = *parse_instant("2026-03-10T10:00:00+05:00");
        at.write([&](auto& tx) {
            return send_document(tx, law, document.id,
                                 {.authority = document.recommendations[0].authority,
                                  .channel = ChannelKind::paper,
                                  .out_number = "АД-1",
                                  .sent_at = at.clock},
                                 at.coordinator, at.clock);
        });
        at.clock = *parse_instant("2026-03-16T10:00:00+05:00");
        const auto letter = at.write([&](auto& tx) {
            return at.files().add_document(tx, "Жауап хаты", "hat.txt", at.clock);
        });
        at.write([&](auto& tx) {
            return register_reply(tx,
                                  {.document = document.id,
                                   .recommendation = document.recommendations[0].id,
                                   .received_on = local_date(at.clock),
                                   .number = "3-1/77",
                                   .reply_class = ReplyClass::measure_taken,
                                   .text = "Жамалды",
                                   .files = {letter.id}},
                                  at.coordinator, at.clock);
        });
        at.write([&](auto& tx) {
            return claim_fix(tx, document.recommendations[0].id, at.findings.at(0), "Жамалды",
                             at.coordinator, at.clock);
        });
        at.check_fix(at.findings.at(0));
    }

    void publish()
    {
        at.write([&](auto& tx) { return announce_dossier_key(tx, dossier_key.vkey(), at.clock); });
        adal::test::must(publisher.publish(at.clock));
    }

    void erase(const std::vector<std::string>& labels)
    {
        const auto finding = db.read(
            [&](storage::Snapshot& s) { return *oversight::find_finding(s, at.findings.at(0)); });
        at.write([&](auto& tx) {
            return ledger::erase(tx, finding.seal->leaf, labels, "kz-94v-18", at.clock);
        });
    }

    Result<Dossier> gathered()
    {
        return db.read([&](storage::Snapshot& s) { return gather_dossier(s, house, document.id); });
    }

    Bagging bagging(LocalDate date = make_date(2026, 3, 20)) const
    {
        return {.date = date, .key = dossier_key};
    }

    storage::Database& db;
    adal::test::TempDir folder;
    adal::test::SealedCase at;
    Law law = embedded_law();
    ledger::SigningKey log_key = ledger::SigningKey::make("log.test/adal");
    ledger::SigningKey dossier_key = ledger::SigningKey::make("log.test/adal/dossier");
    ledger::Publisher publisher;
    DossierHouse house{.law = law,
                       .files = at.files(),
                       .log_key = log_key,
                       .dossier_key = dossier_key,
                       .origin = "https://adal.test"};
    Document document{};
};

} // namespace adal::referral::test
