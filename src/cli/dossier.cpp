#include "cli/command.hpp"

#include "app/house.hpp"
#include "referral/dossier_bag.hpp"
#include "referral/dossier_store.hpp"

#include <fmt/format.h>

namespace adal::cli {

namespace {

struct DossierOptions {
    app::Settings settings{};
    std::string id{}, out{}, reason{};
};

// The key of dossiers is announced in the log before the first one; what is new is published, so
// that proofs lead to a signed checkpoint.
Result<referral::Dossier> gather(app::House& house, const referral::DossierHouse& desk,
                                 const DossierOptions& options)
{
    const auto document = house.database.read(
        [&](storage::Snapshot& db) { return referral::dossier_document(db, options.id); });
    if (!document) return fail(not_found);
    const auto announced = house.database.write([&](storage::Transaction& tx) {
        return referral::announce_dossier_key(tx, desk.dossier_key.vkey(), now());
    });
    if (!announced) return pass(announced);
    if (const auto published = house.publish_now(); !published) return pass(published);
    return house.database.read(
        [&](storage::Snapshot& db) { return referral::gather_dossier(db, desk, *document); });
}

int make_dossier(const DossierOptions& options, i18n::Language language)
{
    const auto house = app::open_house(options.settings);
    if (!house) return report(language, house.error());
    const referral::DossierHouse desk{.law = (*house)->law,
                                      .files = (*house)->files,
                                      .log_key = (*house)->keys.log,
                                      .dossier_key = (*house)->keys.dossier,
                                      .origin = options.settings.origin};
    const auto dossier = gather(**house, desk, options);
    if (!dossier) return report(language, dossier.error());
    const referral::Bagging bagging{.date = local_date(now()), .key = desk.dossier_key};
    const bool is_zip = options.out.ends_with(".zip");
    const auto written = is_zip ? referral::write_dossier_zip(*dossier, bagging, options.out)
                                : referral::write_dossier_folder(*dossier, bagging, options.out);
    if (!written) return report(language, written.error());
    const auto recorded = (*house)->database.write([&](storage::Transaction& tx) {
        return referral::record_dossier(tx, *dossier, {}, options.reason, now());
    });
    if (!recorded) return report(language, recorded.error());
    if (const auto published = (*house)->publish_now(); !published)
        return report(language, published.error());
    fmt::print("{}\n",
               to_text(json::object{{"dossier", options.out},
                                    {"identifier", dossier->identifier},
                                    {"files", written->files},
                                    {"bytes", written->bytes},
                                    {"opened", dossier->count(referral::OpeningState::opened)},
                                    {"erased", dossier->count(referral::OpeningState::erased)},
                                    {"withheld", dossier->count(referral::OpeningState::withheld)},
                                    {"lost", dossier->count(referral::OpeningState::lost)},
                                    {"key", desk.log_key.vkey().text()}}));
    return dossier->count(referral::OpeningState::lost) == 0 ? kGood : kBad;
}

} // namespace

void add_dossier(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<DossierOptions>();
    auto* command = add_command(app, invocation, "dossier");
    command->add_option("case", options->id, "final document, control, finding, or case of the log")
        ->required();
    add_data_options(*command, options->settings);
    command->add_option("--out", options->out, "new file NAME.zip, or new folder")->required();
    command->add_option("--reason", options->reason, "what it is for; kept in the access log");
    command->add_option("--origin", options->settings.origin,
                        "address of the public site, for the code on the paper");
    command->callback([options, &invocation] {
        invocation.run = [options, &invocation](i18n::Language language) {
            options->settings.program = invocation.program;
            return make_dossier(*options, language);
        };
    });
}

} // namespace adal::cli
