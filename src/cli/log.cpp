#include "cli/command.hpp"

#include "app/house.hpp"
#include "ledger/ledger.hpp"
#include "ledger/ledger_store.hpp"

#include <fmt/format.h>

namespace adal::cli {

namespace {

struct Options {
    app::Settings settings{};
    std::int64_t index = 0;
};

using Work = int (*)(app::House&, const Options&, i18n::Language);

int checkpoint(app::House& house, const Options&, i18n::Language language)
{
    const auto round = house.publisher->publish(now());
    if (!round) return report(language, round.error());
    const auto newest = house.database.read([](storage::Snapshot& db) { return ledger::newest_checkpoint(db); });
    if (newest) fmt::print("{}", newest->note);
    return kGood;
}

int key(app::House& house, const Options&, i18n::Language)
{
    fmt::print("log {}\nquorum none\n", house.keys.log.vkey().text());
    return kGood;
}

int proof(app::House& house, const Options& options, i18n::Language language)
{
    const auto text = house.database.read([&](storage::Snapshot& db) { return ledger::proof_file(db, options.index); });
    if (!text) return report(language, text.error());
    fmt::print("{}", *text);
    return kGood;
}

int leaf(app::House& house, const Options& options, i18n::Language language)
{
    const auto found = house.database.read([&](storage::Snapshot& db) { return ledger::leaf(db, options.index); });
    if (!found) return report(language, {&not_found, {}});
    fmt::print("{}", found->bytes);
    return kGood;
}

CLI::App* add_work(CLI::App& parent, Invocation& invocation, const std::shared_ptr<Options>& options, const std::string& name, const std::string& what, Work work)
{
    auto* command = parent.add_subcommand(name, what);
    add_data_options(*command, options->settings);
    command->callback([options, work, &invocation] {
        invocation.run = [options, work, &invocation](i18n::Language language) {
            options->settings.program = invocation.program;
            const auto house = app::open_house(options->settings);
            return house ? work(**house, *options, language) : report(language, house.error());
        };
    });
    return command;
}

} // namespace

void add_log(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "log");
    command->require_subcommand(1);
    add_work(*command, invocation, options, "checkpoint", "publish what is not yet published", checkpoint);
    add_work(*command, invocation, options, "key", "the trust policy with the log's key", key);
    add_work(*command, invocation, options, "proof", "a .tlog-proof", proof)->add_option("index", options->index, "index of the leaf")->required();
    add_work(*command, invocation, options, "leaf", "the bytes of a leaf", leaf)->add_option("index", options->index, "index of the leaf")->required();
}

} // namespace adal::cli
