// A dossier from a real case, on both engines: made, judged, made again, spoiled everywhere.
#include "files/file_store.hpp"
#include "ledger/ledger.hpp"
#include "ledger/publisher.hpp"
#include "referral/authority_store.hpp"
#include "referral/bag.hpp"
#include "referral/document_store.hpp"
#include "referral/dossier_bag.hpp"
#include "referral/dossier_check.hpp"
#include "referral/dossier_store.hpp"
#include "referral/referral.hpp"
#include "support/sealed_case.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fstream>
#include <gmock/gmock.h>

namespace adal::referral {
namespace {

namespace fs = std::filesystem;
using ledger::Outcome;
using ledger::Verdict;
using test::must;

using Tree = std::map<std::string, std::string>;

Tree tree_of(const fs::path& folder)
{
    Tree out;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
        if (entry.is_regular_file()) out[entry.path().lexically_relative(folder).string()] = test::read_file(entry.path().string());
    return out;
}

std::string told(const ledger::Verification& verification)
{
    std::string out;
    for (const auto& statement : verification.statements) {
        if (statement.verdict == Verdict::proven) continue;
        out += std::string{ledger::verdict_name(statement.verdict)} + " " + statement.key;
        for (const auto& [name, value] : statement.params) out += " " + name + "=" + value;
        out += "\n";
    }
    return out;
}

std::ptrdiff_t count(const ledger::Verification& verification, Verdict verdict)
{
    return std::ranges::count(verification.statements, verdict, &ledger::Statement::verdict);
}

class DossierPath : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        at = std::make_unique<test::SealedCase>(db());
        at->run();
        at->write([&](auto& tx) { return import_seed_authorities(tx, at->clock); });
        const auto authority = db().read([&](storage::Snapshot& s) { return find_authority(s, "Алматы қаласының әкімдігі", make_date(1900, 1, 1)); }).value();
        at->clock = moment("2026-03-09T12:00:00+05:00");
        document = at->write([&](auto& tx) {
            return draft_document(tx, at->control,
                                  {.recommendations = {{"Шұңқырды жамау", authority, {at->findings.at(0)}}, {"Ақпараттық тақта қою", authority, {at->findings.at(1)}}}},
                                  at->coordinator, at->clock);
        });
        house = std::make_unique<DossierHouse>(DossierHouse{.law = law, .files = at->files(), .log_key = log_key, .dossier_key = dossier_key, .origin = "https://adal.test"});
        publisher = std::make_unique<ledger::Publisher>(db(), folder / "log", log_key);
    }

    static Instant moment(std::string_view text) { return *parse_instant(text); }

    void sign_and_send()
    {
        document = at->write([&](auto& tx) { return sign_document(tx, document.id, at->lawyer, at->clock); });
        at->clock = moment("2026-03-10T10:00:00+05:00");
        at->write([&](auto& tx) {
            return send_document(tx, law, document.id, {.authority = document.recommendations[0].authority, .channel = ChannelKind::paper, .out_number = "АД-1", .sent_at = at->clock},
                                 at->coordinator, at->clock);
        });
        at->clock = moment("2026-03-16T10:00:00+05:00");
        const auto letter = at->write([&](auto& tx) { return at->files().add_document(tx, "Жауап хаты", "hat.txt", at->clock); });
        at->write([&](auto& tx) {
            return register_reply(tx, {.document = document.id, .recommendation = document.recommendations[0].id, .received_on = local_date(at->clock), .number = "3-1/77",
                                       .reply_class = ReplyClass::measure_taken, .text = "Жамалды", .files = {letter.id}},
                                  at->coordinator, at->clock);
        });
        at->write([&](auto& tx) { return claim_fix(tx, document.recommendations[0].id, at->findings.at(0), "Жамалды", at->coordinator, at->clock); });
        at->check_fix(at->findings.at(0));
    }

    void publish()
    {
        at->write([&](auto& tx) { return announce_dossier_key(tx, dossier_key.vkey(), at->clock); });
        must(publisher->publish(at->clock));
    }

    Result<Dossier> gathered()
    {
        return db().read([&](storage::Snapshot& s) { return gather_dossier(s, *house, document.id); });
    }

    fs::path written(const std::string& name, LocalDate date = make_date(2026, 3, 20))
    {
        const fs::path out = folder / name;
        must(write_dossier_folder(must(gathered()), {.date = date, .key = dossier_key}, out));
        return out;
    }

    ledger::Verification judged(const fs::path& bag) const { return check_dossier(bag, ledger::policy_of(log_key.vkey())); }

    test::TempDir folder;
    std::unique_ptr<test::SealedCase> at;
    Law law = embedded_law();
    ledger::SigningKey log_key = ledger::SigningKey::make("log.test/adal");
    ledger::SigningKey dossier_key = ledger::SigningKey::make("log.test/adal/dossier");
    std::unique_ptr<DossierHouse> house;
    std::unique_ptr<ledger::Publisher> publisher;
    Document document{};
};
ADAL_BOTH_ENGINES(DossierPath);

TEST_P(DossierPath, stands_alone_and_is_proven_item_by_item)
{
    sign_and_send();
    publish();
    const auto dossier = must(gathered());
    EXPECT_EQ(dossier.count(OpeningState::lost), 0);
    EXPECT_EQ(dossier.count(OpeningState::erased), 0);
    const auto bag = written("bag");
    EXPECT_EQ(read_bag(bag).outcome(), BagClass::valid);
    const auto verdict = judged(bag);
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    // Whoever took part is withheld, working copies rest on the signature alone; nothing else is open to doubt.
    for (const auto& statement : verdict.statements) {
        if (statement.verdict != Verdict::not_provable || statement.key == "ledger.verify.no_witnesses") continue;
        EXPECT_TRUE(statement.params.contains("label") ? statement.params.at("label") == "actor" : statement.params.at("file").ends_with("-view.jpg")) << told(verdict);
    }
    const auto tree = tree_of(bag);
    for (const auto* file : {"data/report.kk.pdf", "data/report.ru.pdf", "data/case.json", "data/custody.csv", "data/verify.html", "data/how-to-verify.kk.txt",
                             "data/policy.txt", "data/checkpoint", "data/schema/case.schema.json", "data/letters/0001-letter.txt", "signature.note"})
        EXPECT_TRUE(tree.contains(file)) << file;
    EXPECT_EQ(tree.at("data/letters/0001-letter.txt"), "Жауап хаты");
    EXPECT_EQ(check_dossier(bag, {}).outcome(), Outcome::cannot_tell); // a key that came with it proves nothing
    const auto other = ledger::SigningKey::make("log.test/adal");
    EXPECT_EQ(check_dossier(bag, ledger::policy_of(other.vkey())).outcome(), Outcome::bad);
    for (const auto& [path, bytes] : tree) EXPECT_TRUE(std::ranges::all_of(path, [](char c) { return c > ' ' && c < 127; })) << path;
}

TEST_P(DossierPath, gives_the_same_bytes_but_for_the_day)
{
    sign_and_send();
    publish();
    const auto first = tree_of(written("first"));
    // Others work on: the log grows, the case does not.
    at->write([&](auto& tx) { return ledger::append(tx, {.type = "event.held", .pub = {{"people", 12}}}, at->clock); });
    at->write([&](auto& tx) { return record_dossier(tx, must(gather_dossier(tx, *house, document.id)), at->lawyer, "сотқа", at->clock); });
    must(publisher->publish(at->clock));
    EXPECT_EQ(tree_of(written("again")), first);
    auto later = tree_of(written("later", make_date(2026, 3, 21)));
    for (const auto& [path, bytes] : first) {
        const bool is_of_the_day = path == "bag-info.txt" || path == "tagmanifest-sha256.txt" || path == "signature.note";
        EXPECT_EQ(later.at(path) == bytes, !is_of_the_day) << path;
    }
    EXPECT_EQ(later.size(), first.size());

    const Bagging bagging{.date = make_date(2026, 3, 20), .key = dossier_key};
    must(write_dossier_zip(must(gathered()), bagging, folder / "a.zip"));
    must(write_dossier_zip(must(gathered()), bagging, folder / "b.zip"));
    EXPECT_EQ(test::read_file(folder / "a.zip"), test::read_file(folder / "b.zip"));
    fs::create_directory(folder / "unpacked");
    EXPECT_EQ(tree_of(must(unpack_bag(folder / "a.zip", folder / "unpacked"))), first);
}

TEST_P(DossierPath, shows_one_changed_byte_in_any_file)
{
    sign_and_send();
    publish();
    const auto bag = written("bag");
    int changes = 0;
    for (const auto& [path, bytes] : tree_of(bag)) {
        const auto file = (bag / path).string();
        for (const auto place : std::set<std::size_t>{0, bytes.size() / 2, bytes.size() - 1}) {
            auto changed = bytes;
            changed[place] = static_cast<char>(changed[place] ^ 1);
            test::write_file(file, changed);
            EXPECT_EQ(judged(bag).outcome(), Outcome::bad) << path << " " << place;
            ++changes;
        }
        fs::remove(file);
        EXPECT_NE(judged(bag).outcome(), Outcome::good) << path << " removed";
        test::write_file(file, bytes);
    }
    EXPECT_EQ(judged(bag).outcome(), Outcome::good);
    EXPECT_GT(changes, 100);
    test::write_file((bag / "data/more.txt").string(), "x");
    EXPECT_EQ(judged(bag).outcome(), Outcome::bad);
}

TEST_P(DossierPath, says_lawfully_erased_and_still_verifies)
{
    sign_and_send();
    const auto finding = db().read([&](storage::Snapshot& s) { return *oversight::find_finding(s, at->findings.at(0)); });
    at->write([&](auto& tx) { return ledger::erase(tx, finding.seal->leaf, {"photo.0", "gps"}, "kz-94v-18", at->clock); });
    publish();
    const auto dossier = must(gathered());
    EXPECT_EQ(dossier.count(OpeningState::erased), 2);
    EXPECT_EQ(dossier.count(OpeningState::lost), 0);
    const auto verdict = judged(written("bag"));
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    EXPECT_EQ(count(verdict, Verdict::erased), 2);
    // The same with the redaction entry taken away is no longer lawful.
    auto lying = dossier;
    std::erase_if(lying.parts, [&](const DossierPart& part) { return part.path.starts_with("data/proofs/" + std::to_string(*std::ranges::find(dossier.openings, OpeningState::erased, &DossierOpening::state)->redaction)); });
    must(write_dossier_folder(lying, {.date = make_date(2026, 3, 20), .key = dossier_key}, folder / "lying"));
    EXPECT_EQ(judged(folder / "lying").outcome(), Outcome::bad);
}

TEST_P(DossierPath, raises_the_alarm_when_a_value_is_gone_without_a_word)
{
    sign_and_send();
    const auto finding = db().read([&](storage::Snapshot& s) { return *oversight::find_finding(s, at->findings.at(0)); });
    at->write([&](auto& tx) { return tx.exec("delete from ledger_opening where eid = ?1 and label = ?2", finding.seal->eid, "photo.0"), done(); });
    publish();
    EXPECT_EQ(must(gathered()).count(OpeningState::lost), 1);
    const auto verdict = judged(written("bag"));
    EXPECT_EQ(verdict.outcome(), Outcome::bad);
    EXPECT_THAT(told(verdict), ::testing::HasSubstr("broken referral.dossier.lost"));
}

TEST_P(DossierPath, waits_for_signature_and_log)
{
    EXPECT_TRUE(gathered().error().is(dossier_unsigned));
    sign_and_send();
    EXPECT_TRUE(gathered().error().is(ledger::not_published_yet));
    publish();
    EXPECT_TRUE(gathered().has_value());
    const auto found = [&](std::string_view id) { return db().read([&](storage::Snapshot& s) { return dossier_document(s, id); }); };
    EXPECT_EQ(found(document.id.text()), document.id);
    EXPECT_EQ(found(document.control.text()), document.id);
    EXPECT_EQ(found(document.facts[0].finding.text()), document.id);
    EXPECT_EQ(found(document.facts[0].case_id), document.id);
    EXPECT_EQ(found("00000000000000000000000000000000"), std::nullopt);
    EXPECT_EQ(found("nothing"), std::nullopt);
}

TEST_P(DossierPath, is_not_made_of_a_damaged_original)
{
    sign_and_send();
    publish();
    const auto dossier = must(gathered());
    const auto part = *std::ranges::find_if(dossier.parts, [](const DossierPart& p) { return p.path.find("-original") != std::string::npos; });
    fs::permissions(part.source, fs::perms::owner_all);
    const auto bytes = test::read_file(part.source);
    test::write_file(part.source, bytes.substr(0, bytes.size() - 1) + "?");
    for (const auto* name : {"bag", "bag.zip"}) {
        const Bagging bagging{.date = make_date(2026, 3, 20), .key = dossier_key};
        const fs::path out = folder / name;
        const auto made = out.extension() == ".zip" ? write_dossier_zip(dossier, bagging, out) : write_dossier_folder(dossier, bagging, out);
        ASSERT_FALSE(made);
        EXPECT_TRUE(made.error().is(dossier_original_damaged));
        EXPECT_FALSE(fs::exists(out));
        EXPECT_FALSE(fs::exists(out.string() + ".part"));
    }
    test::write_file(folder / "there", "x");
    EXPECT_TRUE(write_dossier_folder(dossier, {.date = make_date(2026, 3, 20), .key = dossier_key}, folder / "there").error().is(dossier_out_exists));
}

TEST_P(DossierPath, is_written_into_the_access_log_whose_head_is_public)
{
    sign_and_send();
    publish();
    const auto dossier = must(gathered());
    ASSERT_FALSE(dossier.originals.empty());
    at->write([&](auto& tx) { return record_opened(tx, dossier.originals[0], document.id, at->lawyer, "салыстыру", at->clock); });
    at->write([&](auto& tx) { return record_dossier(tx, dossier, at->lawyer, "сотқа", at->clock); });
    const auto rows = db().read([&](storage::Snapshot& s) { return files::accesses_for(s, document.id.text(), 100); });
    EXPECT_EQ(rows.size(), dossier.originals.size() + 1);
    const auto newest = db().read([](storage::Snapshot& s) { return ledger::leaf(s, ledger::size(s) - 1)->bytes; });
    EXPECT_THAT(newest, ::testing::HasSubstr("\"type\":\"audit.head\""));
    // Opening an original by hand is part of its custody, and the next dossier says so.
    must(publisher->publish(at->clock));
    EXPECT_THAT(custody_csv(must(gathered()).custody), ::testing::HasSubstr(",opened,office," + at->lawyer.str()));
    EXPECT_THAT(db().read([](storage::Snapshot& s) { return files::check_access_chain(s); }), ::testing::IsEmpty());
}

TEST(BagArchive, is_unpacked_nowhere_else)
{
    test::TempDir folder;
    const auto pack = [&](const std::string& path, mode_t kind, const std::string& link) {
        const auto name = folder / "x.tar";
        auto* out = archive_write_new();
        archive_write_set_format_pax_restricted(out);
        archive_write_open_filename(out, name.c_str());
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, path.c_str());
        archive_entry_set_filetype(entry, kind);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, kind == AE_IFREG ? 1 : 0);
        if (!link.empty()) archive_entry_set_symlink(entry, link.c_str());
        archive_write_header(out, entry);
        if (kind == AE_IFREG) archive_write_data(out, "x", 1);
        archive_entry_free(entry);
        archive_write_free(out);
        test::TempDir to;
        const auto unpacked = unpack_bag(name, to.path(), {.bytes = 10, .files = 2});
        return unpacked ? std::string{"good"} : unpacked.error().params.at("reason");
    };
    EXPECT_EQ(pack("../x", AE_IFREG, ""), "archive_path");
    EXPECT_EQ(pack("/tmp/adal-never", AE_IFREG, ""), "archive_path");
    EXPECT_EQ(pack("a/../../x", AE_IFREG, ""), "archive_path");
    EXPECT_EQ(pack("a/x", AE_IFLNK, "/etc/passwd"), "archive_kind");
    EXPECT_EQ(pack("x", AE_IFREG, ""), "archive_no_bag");
    EXPECT_EQ(pack("bagit.txt", AE_IFREG, ""), "good");
    test::write_file(folder / "y.zip", "no archive");
    test::TempDir to;
    EXPECT_EQ(unpack_bag(folder / "y.zip", to.path()).error().params.at("reason"), "archive_unknown");
}

TEST(DossierSample, of_the_shared_data_verifies)
{
    const auto bag = test::shared_path("integrity/dossier-sample"), log = test::shared_path("integrity/adal/log.json");
    if (!bag || !log) GTEST_SKIP() << test::kNoSharedData;
    const auto described = *parse_json(test::read_file(*log));
    const auto key = must(ledger::parse_vkey(*text_at(described, "log_vkey")));
    const auto verdict = check_dossier(*bag, ledger::policy_of(key));
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    EXPECT_EQ(check_dossier(*bag, {}).outcome(), Outcome::cannot_tell);
    EXPECT_THAT(verdict.statements, ::testing::Contains(::testing::Field(&ledger::Statement::key, "ledger.verify.inclusion")));
}

} // namespace
} // namespace adal::referral
