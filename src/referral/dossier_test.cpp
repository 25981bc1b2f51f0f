// A dossier from a real case, on both engines: made, judged, made again, spoiled everywhere.
#include "ledger/ledger.hpp"
#include "referral/bag.hpp"
#include "referral/bag_archive.hpp"
#include "referral/dossier_bag.hpp"
#include "referral/dossier_check.hpp"
#include "referral/dossier_store.hpp"
#include "referral/test_dossier.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fstream>
#include <gmock/gmock.h>

namespace adal::referral {
namespace {

namespace fs = std::filesystem;
using adal::test::must;
using ledger::Outcome;
using ledger::Verdict;

using Tree = std::map<std::string, std::string>;

Tree tree_of(const fs::path& folder)
{
    Tree out;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
        if (entry.is_regular_file())
            out[entry.path().lexically_relative(folder).string()] =
                adal::test::read_file(entry.path().string());
    return out;
}

std::string told(const ledger::Verification& verification)
{
    std::string out;
    for (const auto& statement : verification.statements) {
        if (statement.verdict == Verdict::proven) continue;
        out += std::string{ledger::verdict_name(statement.verdict)} + " " + statement.key;
        for (const auto& [name, value] : statement.params)
            out += " " + name + "=" + value;
        out += "\n";
    }
    return out;
}

std::ptrdiff_t count(const ledger::Verification& verification, Verdict verdict)
{
    return std::ranges::count(verification.statements, verdict, &ledger::Statement::verdict);
}

class DossierPath : public adal::test::BothEngines {
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (!IsSkipped()) made = std::make_unique<test::DossierCase>(db());
    }

    fs::path written(const std::string& name, LocalDate date = make_date(2026, 3, 20))
    {
        const fs::path out = made->folder / name;
        must(write_dossier_folder(must(made->gathered()), made->bagging(date), out));
        return out;
    }
    void sent_and_published()
    {
        made->sign_and_send();
        made->publish();
    }
    ledger::Verification judged(const fs::path& bag) const
    {
        return check_dossier(bag, ledger::policy_of(made->log_key.vkey()));
    }

    std::unique_ptr<test::DossierCase> made;
};
ADAL_BOTH_ENGINES(DossierPath);

TEST_P(DossierPath, stands_alone_and_is_proven_item_by_item)
{
    sent_and_published();
    const auto dossier = must(made->gathered());
    EXPECT_EQ(dossier.count(OpeningState::lost), 0);
    EXPECT_EQ(dossier.count(OpeningState::erased), 0);
    const auto bag = written("bag");
    EXPECT_EQ(read_bag(bag).outcome(), BagClass::valid);
    const auto verdict = judged(bag);
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    // Whoever took part is withheld, working copies rest on the signature alone; nothing else is
    // open to doubt.
    for (const auto& statement : verdict.statements) {
        if (statement.verdict != Verdict::not_provable ||
            statement.key == "ledger.verify.no_witnesses")
            continue;
        EXPECT_TRUE(statement.params.contains("label")
                        ? statement.params.at("label") == "actor"
                        : statement.params.at("file").ends_with("-view.jpg"))
            << told(verdict);
    }
    const auto tree = tree_of(bag);
    for (const auto* file :
         {"data/report.kk.pdf", "data/report.ru.pdf", "data/case.json", "data/custody.csv",
          "data/verify.html", "data/how-to-verify.kk.txt", "data/policy.txt", "data/checkpoint",
          "data/schema/case.schema.json", "data/letters/0001-letter.txt", "signature.note"})
        EXPECT_TRUE(tree.contains(file)) << file;
    EXPECT_EQ(tree.at("data/letters/0001-letter.txt"), "Жауап хаты");
    EXPECT_EQ(check_dossier(bag, {}).outcome(),
              Outcome::cannot_tell); // a key that came with it proves nothing
    const auto other = ledger::SigningKey::make("log.test/adal");
    EXPECT_EQ(check_dossier(bag, ledger::policy_of(other.vkey())).outcome(), Outcome::bad);
    for (const auto& [path, bytes] : tree)
        EXPECT_TRUE(std::ranges::all_of(path, [](char c) { return c > ' ' && c < 127; })) << path;
}

TEST_P(DossierPath, gives_the_same_bytes_but_for_the_day)
{
    sent_and_published();
    const auto first = tree_of(written("first"));
    // Others work on: the log grows, the case does not.
    made->at.write([&](auto& tx) {
        return ledger::append(tx, {.type = "event.held", .pub = {{"people", 12}}}, made->at.clock);
    });
    made->at.write([&](auto& tx) {
        return record_dossier(tx, must(gather_dossier(tx, made->house, made->document.id)),
                              made->at.lawyer, "сотқа", made->at.clock);
    });
    must(made->publisher.publish(made->at.clock));
    EXPECT_EQ(tree_of(written("again")), first);
    auto later = tree_of(written("later", make_date(2026, 3, 21)));
    for (const auto& [path, bytes] : first) {
        const bool is_of_the_day =
            path == "bag-info.txt" || path == "tagmanifest-sha256.txt" || path == "signature.note";
        EXPECT_EQ(later.at(path) == bytes, !is_of_the_day) << path;
    }
    EXPECT_EQ(later.size(), first.size());

    const auto bagging = made->bagging();
    must(write_dossier_zip(must(made->gathered()), bagging, made->folder / "a.zip"));
    must(write_dossier_zip(must(made->gathered()), bagging, made->folder / "b.zip"));
    EXPECT_EQ(adal::test::read_file(made->folder / "a.zip"),
              adal::test::read_file(made->folder / "b.zip"));
    fs::create_directory(made->folder / "unpacked");
    EXPECT_EQ(tree_of(must(unpack_bag(made->folder / "a.zip", made->folder / "unpacked"))), first);
}

TEST_P(DossierPath, shows_one_changed_byte_in_any_file)
{
    sent_and_published();
    const auto bag = written("bag");
    int changes = 0;
    for (const auto& [path, bytes] : tree_of(bag)) {
        const auto file = (bag / path).string();
        for (const auto place : std::set<std::size_t>{0, bytes.size() / 2, bytes.size() - 1}) {
            auto changed = bytes;
            changed[place] = static_cast<char>(changed[place] ^ 1);
            adal::test::write_file(file, changed);
            EXPECT_EQ(judged(bag).outcome(), Outcome::bad) << path << " " << place;
            ++changes;
        }
        fs::remove(file);
        EXPECT_NE(judged(bag).outcome(), Outcome::good) << path << " removed";
        adal::test::write_file(file, bytes);
    }
    EXPECT_EQ(judged(bag).outcome(), Outcome::good);
    EXPECT_GT(changes, 100);
    adal::test::write_file((bag / "data/more.txt").string(), "x");
    EXPECT_EQ(judged(bag).outcome(), Outcome::bad);
}

TEST_P(DossierPath, says_lawfully_erased_and_still_verifies)
{
    made->sign_and_send();
    made->erase({"photo.0", "gps"});
    made->publish();
    const auto dossier = must(made->gathered());
    EXPECT_EQ(dossier.count(OpeningState::erased), 2);
    EXPECT_EQ(dossier.count(OpeningState::lost), 0);
    const auto verdict = judged(written("bag"));
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    EXPECT_EQ(count(verdict, Verdict::erased), 2);
    // The same with the redaction entry taken away is no longer lawful.
    auto lying = dossier;
    std::erase_if(lying.parts, [&](const DossierPart& part) {
        return part.path.starts_with(
            "data/proofs/" +
            std::to_string(
                *std::ranges::find(dossier.openings, OpeningState::erased, &DossierOpening::state)
                     ->redaction));
    });
    must(write_dossier_folder(lying, made->bagging(), made->folder / "lying"));
    EXPECT_EQ(judged(made->folder / "lying").outcome(), Outcome::bad);
}

TEST_P(DossierPath, a_photo_that_was_erased_for_good_is_in_no_dossier_and_everything_else_still_is)
{
    made->sign_and_send();
    auto& at = made->at;
    const auto finding = db().read([&](storage::Snapshot& s) { return *oversight::find_finding(s, at.findings.at(0)); });
    const auto photo = finding.photos.front();
    const auto asked = at.write([&](auto& tx) {
        return oversight::ask_photo_erasure(tx, at.files(), {.finding = finding.id, .file = photo.file, .ground = oversight::ErasureGround::court_act, .text = "сот шешімі"},
                                            at.lawyer, at.clock);
    });
    at.write([&](auto& tx) { return oversight::approve_photo_erasure(tx, at.files(), asked.id, at.coordinator, at.clock); });
    EXPECT_EQ(at.files().remove_erased(db()), 1);
    made->publish();
    const auto dossier = must(made->gathered());
    EXPECT_EQ(dossier.count(OpeningState::lost), 0);
    EXPECT_GE(dossier.count(OpeningState::erased), 1);
    EXPECT_TRUE(std::ranges::none_of(dossier.parts, [&](const DossierPart& part) { return part.sha256 == photo.sha256; }));
    EXPECT_THAT(case_json(dossier), ::testing::Not(::testing::HasSubstr(hex(view(photo.sha256)))));
    const auto verdict = judged(written("bag"));
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    EXPECT_THAT(told(verdict), ::testing::HasSubstr("erased"));
}

TEST_P(DossierPath, a_place_that_was_renamed_twice_after_the_seal_is_proven_under_its_old_name)
{
    made->sign_and_send();
    for (const auto* name : {"Жаңа атау", "Ең жаңа атау"}) {
        auto place = db().read([&](storage::Snapshot& s) {
            return *oversight::find_place(s, oversight::find_finding(s, made->at.findings.at(0))->place);
        });
        place.name.kk = name;
        made->at.write([&](auto& tx) { return oversight::change_place(tx, place, made->at.coordinator, made->at.clock); });
    }
    made->publish();
    EXPECT_EQ(must(made->gathered()).count(OpeningState::lost), 0);
    EXPECT_EQ(judged(written("bag")).outcome(), Outcome::good);
}

TEST_P(DossierPath, raises_the_alarm_when_a_value_is_gone_without_a_word)
{
    made->sign_and_send();
    const auto finding = db().read(
        [&](storage::Snapshot& s) { return *oversight::find_finding(s, made->at.findings.at(0)); });
    made->at.write([&](auto& tx) {
        return tx.exec("delete from ledger_opening where eid = ?1 and label = ?2",
                       finding.seal->eid, "photo.0"),
               done();
    });
    made->publish();
    EXPECT_EQ(must(made->gathered()).count(OpeningState::lost), 1);
    const auto verdict = judged(written("bag"));
    EXPECT_EQ(verdict.outcome(), Outcome::bad);
    EXPECT_THAT(told(verdict), ::testing::HasSubstr("broken referral.dossier.lost"));
}

TEST_P(DossierPath, waits_for_signature_and_log)
{
    EXPECT_TRUE(made->gathered().error().is(dossier_unsigned));
    made->sign_and_send();
    EXPECT_TRUE(made->gathered().error().is(ledger::not_published_yet));
    made->publish();
    EXPECT_TRUE(made->gathered().has_value());
    const auto found = [&](std::string_view id) {
        return db().read([&](storage::Snapshot& s) { return dossier_document(s, id); });
    };
    EXPECT_EQ(found(made->document.id.text()), made->document.id);
    EXPECT_EQ(found(made->document.control.text()), made->document.id);
    EXPECT_EQ(found(made->document.facts[0].finding.text()), made->document.id);
    EXPECT_EQ(found(made->document.facts[0].case_id), made->document.id);
    EXPECT_EQ(found("00000000000000000000000000000000"), std::nullopt);
    EXPECT_EQ(found("nothing"), std::nullopt);
}

TEST_P(DossierPath, is_not_made_of_a_damaged_original)
{
    sent_and_published();
    const auto dossier = must(made->gathered());
    const auto part = *std::ranges::find_if(dossier.parts, [](const DossierPart& p) {
        return p.path.find("-original") != std::string::npos;
    });
    fs::permissions(part.source, fs::perms::owner_all);
    const auto bytes = adal::test::read_file(part.source);
    adal::test::write_file(part.source, bytes.substr(0, bytes.size() - 1) + "?");
    for (const auto* name : {"bag", "bag.zip"}) {
        const auto bagging = made->bagging();
        const fs::path out = made->folder / name;
        const auto tried = out.extension() == ".zip" ? write_dossier_zip(dossier, bagging, out)
                                                     : write_dossier_folder(dossier, bagging, out);
        ASSERT_FALSE(tried);
        EXPECT_TRUE(tried.error().is(dossier_original_damaged));
        EXPECT_FALSE(fs::exists(out));
        EXPECT_FALSE(fs::exists(out.string() + ".part"));
    }
    adal::test::write_file(made->folder / "there", "x");
    EXPECT_TRUE(write_dossier_folder(dossier, made->bagging(), made->folder / "there")
                    .error()
                    .is(dossier_out_exists));
}

TEST_P(DossierPath, is_written_into_the_access_log_whose_head_is_public)
{
    sent_and_published();
    const auto dossier = must(made->gathered());
    ASSERT_FALSE(dossier.originals.empty());
    made->at.write([&](auto& tx) {
        return record_opened(tx, dossier.originals[0], made->document.id, made->at.lawyer,
                             "салыстыру", made->at.clock);
    });
    made->at.write([&](auto& tx) {
        return record_dossier(tx, dossier, made->at.lawyer, "сотқа", made->at.clock);
    });
    const auto rows = db().read([&](storage::Snapshot& s) {
        return files::accesses_for(s, made->document.id.text(), 100);
    });
    EXPECT_EQ(rows.size(), dossier.originals.size() + 1);
    const auto newest =
        db().read([](storage::Snapshot& s) { return ledger::leaf(s, ledger::size(s) - 1)->bytes; });
    EXPECT_THAT(newest, ::testing::HasSubstr("\"type\":\"audit.head\""));
    // Opening an original by hand is part of its custody, and the next dossier says so.
    must(made->publisher.publish(made->at.clock));
    EXPECT_THAT(custody_csv(must(made->gathered()).custody),
                ::testing::HasSubstr(",opened,office," + made->at.lawyer.str()));
    EXPECT_THAT(db().read([](storage::Snapshot& s) { return files::check_access_chain(s); }),
                ::testing::IsEmpty());
}

TEST(BagArchive, is_unpacked_nowhere_else)
{
    adal::test::TempDir folder;
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
        adal::test::TempDir to;
        const auto unpacked = unpack_bag(name, to.path(), {.bytes = 10, .files = 2});
        return unpacked ? std::string{"good"} : unpacked.error().params.at("reason");
    };
    EXPECT_EQ(pack("../x", AE_IFREG, ""), "archive_path");
    EXPECT_EQ(pack("/tmp/adal-never", AE_IFREG, ""), "archive_path");
    EXPECT_EQ(pack("a/../../x", AE_IFREG, ""), "archive_path");
    EXPECT_EQ(pack("a/x", AE_IFLNK, "/etc/passwd"), "archive_kind");
    EXPECT_EQ(pack("x", AE_IFREG, ""), "archive_no_bag");
    EXPECT_EQ(pack("bagit.txt", AE_IFREG, ""), "good");
    adal::test::write_file(folder / "y.zip", "no archive");
    adal::test::TempDir to;
    EXPECT_EQ(unpack_bag(folder / "y.zip", to.path()).error().params.at("reason"),
              "archive_unknown");
}

TEST(DossierSample, of_the_shared_data_verifies)
{
    const auto bag = adal::test::shared_path("integrity/dossier-sample"),
               log = adal::test::shared_path("integrity/adal/log.json");
    if (!bag || !log) GTEST_SKIP() << adal::test::kNoSharedData;
    const auto described = *parse_json(adal::test::read_file(*log));
    const auto key = must(ledger::parse_vkey(*text_at(described, "log_vkey")));
    const auto verdict = check_dossier(*bag, ledger::policy_of(key));
    EXPECT_EQ(verdict.outcome(), Outcome::good) << told(verdict);
    EXPECT_EQ(check_dossier(*bag, {}).outcome(), Outcome::cannot_tell);
    EXPECT_THAT(verdict.statements, ::testing::Contains(::testing::Field(
                                        &ledger::Statement::key, "ledger.verify.inclusion")));
}

} // namespace
} // namespace adal::referral
