#include "referral/dossier_http.hpp"

#include "base/text.hpp"
#include "files/file_store.hpp"
#include "ledger/ledger.hpp"
#include "people/people.hpp"
#include "referral/document_store.hpp"
#include "referral/dossier_bag.hpp"
#include "referral/dossier_view.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <thread>

namespace adal::referral {

namespace dossier_desk {

namespace fs = std::filesystem;
using Answer = Result<http::Reply>;
using http::Request;

constexpr int accesses_shown = 100;
constexpr std::size_t longest_reason = 500;
constexpr std::chrono::hours kept_for{1};

class Desk {
public:
    Desk(storage::Database& database, DossierHouse house, std::string folder)
        : m_database(database), m_house(std::move(house)), m_folder(std::move(folder))
    {
    }

    [[nodiscard]] Answer show(storage::Snapshot& db, const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        const auto document = id ? read_document(db, *id) : std::nullopt;
        if (!document) return fail(not_found);
        DossierPage view{.document = *document,
                         .originals = m_house.files.find_all(db, originals_of(db, *document)),
                         .accesses = files::accesses_for(db, document->id.text(), accesses_shown)};
        std::erase_if(view.originals, [](const files::StoredFile& file) { return file.erased_at.has_value(); });
        for (const auto& access : view.accesses)
            if (access.person.is_set() && !view.names.contains(access.person))
                if (const auto person = people::get(db, access.person))
                    view.names[access.person] = person->full_name();
        return render(request, dossier_page(request, view));
    }

    // Slow, so in transactions of its own: announces the key, gathers, writes the ZIP, records who
    // took it.
    [[nodiscard]] Answer make(const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        if (!id) return pass(id);
        const auto reason = reason_of(request);
        if (!reason) return pass(reason);
        const auto announced = m_database.write([&](storage::Transaction& tx) {
            return announce_dossier_key(tx, m_house.dossier_key.vkey(), request.at);
        });
        if (!announced) return pass(announced);
        const auto dossier = gather_when_published(*id);
        if (!dossier) return pass(dossier);
        forget_old();
        fs::create_directories(m_folder);
        const auto name = dossier_name(*dossier) + "-" + hex(random_bytes(8)) + ".zip";
        const auto written = write_dossier_zip(
            *dossier, {.date = local_date(request.at), .key = m_house.dossier_key},
            fs::path{m_folder} / name);
        if (!written) return pass(written);
        const auto recorded = m_database.write([&](storage::Transaction& tx) {
            return record_dossier(tx, *dossier, request.person(), *reason, request.at);
        });
        if (!recorded) return pass(recorded);
        return http::see_other(request.link("/documents/" + id->str() + "/dossier/" + name));
    }

    [[nodiscard]] Answer download(storage::Snapshot&, const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        if (!id) return pass(id);
        const std::string name{request.param("name")};
        const auto beginning = "adal-dossier-" + id->str();
        const bool is_ours = name.starts_with(beginning + "-") && name.ends_with(".zip") &&
                             name.find('/') == std::string::npos;
        if (!is_ours) return fail(not_found);
        const auto path = fs::path{m_folder} / name;
        if (!fs::exists(path)) return fail(dossier_gone);
        return http::download(http::file_reply(path.string(), "application/zip"),
                              beginning + ".zip");
    }

    [[nodiscard]] Answer open_original(storage::Transaction& tx, const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        const auto document = id ? read_document(tx, *id) : std::nullopt;
        const auto file = FileId::parse(request.field("file"));
        if (!document || !file) return fail(not_found);
        const auto originals = originals_of(tx, *document);
        const auto stored = std::ranges::find(originals, *file) == originals.end()
                                ? std::nullopt
                                : m_house.files.find(tx, *file);
        if (!stored) return fail(not_found);
        if (stored->erased_at) return fail(oversight::erasure_photo_gone);
        const auto reason = reason_of(request);
        if (!reason) return pass(reason);
        const auto recorded =
            record_opened(tx, *file, document->id, request.person(), *reason, request.at);
        if (!recorded) return pass(recorded);
        auto reply = http::download(
            http::file_reply(m_house.files.original_path(stored->sha256), stored->mime),
            "original-" + file->str());
        reply.headers.emplace_back("Cache-Control", "no-store");
        return reply;
    }

private:
    [[nodiscard]] static Result<std::string> reason_of(const Request& request)
    {
        const auto reason = clean_text(request.field("reason"));
        if (!reason) return fail(bad_field, {{"field", "reason"}, {"reason", "bad_text"}});
        if (reason->empty()) return fail(dossier_reason_missing);
        if (reason->size() > longest_reason)
            return fail(bad_field, {{"field", "reason"}, {"reason", "too_long"}});
        return *reason;
    }

    // The publisher makes a checkpoint of what is new within a second.
    [[nodiscard]] Result<Dossier> gather_when_published(DocumentId id) const
    {
        for (int tries = 0;; ++tries) {
            auto dossier = m_database.read(
                [&](storage::Snapshot& db) { return gather_dossier(db, m_house, id); });
            if (dossier || !dossier.error().is(ledger::not_published_yet) || tries == 20)
                return dossier;
            std::this_thread::sleep_for(std::chrono::milliseconds{200});
        }
    }

    void forget_old() const
    {
        std::error_code ignored;
        for (const auto& file : fs::directory_iterator{m_folder, ignored}) {
            const auto age = fs::file_time_type::clock::now() - file.last_write_time(ignored);
            if (age > kept_for) fs::remove(file.path(), ignored);
        }
    }

    storage::Database& m_database;
    DossierHouse m_house;
    std::string m_folder;
};

} // namespace dossier_desk

void add_dossier_routes(http::Router& router, storage::Database& database, DossierHouse house,
                        std::string folder)
{
    using dossier_desk::Desk;
    const auto desk = std::make_shared<const Desk>(database, std::move(house), std::move(folder));
    using enum Permission;
    router.page("/documents/{id}/dossier", send_referrals,
                [desk](storage::Snapshot& db, const http::Request& r) { return desk->show(db, r); },
                {.doc = "the dossier of a document: make it, open an original, who opened what"});
    router.plain_form("/documents/{id}/dossier", send_referrals,
                      [desk](const http::Request& r) { return desk->make(r); },
                      {.doc = "make the dossier; recorded in the access log"});
    router.page(
        "/documents/{id}/dossier/{name}", send_referrals,
        [desk](storage::Snapshot& db, const http::Request& r) { return desk->download(db, r); },
        {.doc = "a dossier that was just made, as ZIP"});
    router.form("/documents/{id}/originals", send_referrals,
                [desk](storage::Transaction& tx, const http::Request& r) {
                    return desk->open_original(tx, r);
                },
                {.doc = "open an original; recorded in the access log"});
}

} // namespace adal::referral
