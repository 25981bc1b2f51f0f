// The program: reads the command line, runs one command, turns what was not expected into exit code 3.
#include "cli/command.hpp"

#include <csignal>
#include <exception>
#include <filesystem>
#include <fmt/format.h>

using namespace adal;

namespace {

// Help is the command's own page, word for word.
class PageFormatter : public CLI::Formatter
{
public:
    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override
    {
        if (app->get_parent() == nullptr) return CLI::Formatter::make_help(app, name, mode);
        return app->get_description() + "\n" + make_groups(app, mode) + "\n" + make_subcommands(app, mode);
    }
    // In the list of commands: the first line of the page, without the mark of a heading.
    std::string make_subcommand(const CLI::App* command) const override
    {
        auto first = command->get_description();
        first = first.substr(0, first.find('\n'));
        if (const auto dash = first.find(" — "); dash != std::string::npos) first = first.substr(dash + 5);
        return fmt::format("  {:<12} {}\n", command->get_name(), first);
    }
};

int read_and_run(int argc, char** argv)
{
    CLI::App app{"Adal: from the tender to the tenge, on the record", "adal"};
    app.formatter(std::make_shared<PageFormatter>());
    app.set_help_all_flag("--help-all");
    app.require_subcommand(1);
    app.fallthrough(false);
    cli::Invocation invocation;
    invocation.program = std::filesystem::read_symlink("/proc/self/exe");
    cli::add_demo(app, invocation);
    cli::add_serve(app, invocation);
    cli::add_init(app, invocation);
    cli::add_user(app, invocation);
    cli::add_import(app, invocation);
    cli::add_fetch(app, invocation);
    cli::add_screen(app, invocation);
    cli::add_url(app, invocation);
    cli::add_probe(app, invocation);
    cli::add_dossier(app, invocation);
    cli::add_verify(app, invocation);
    cli::add_log(app, invocation);
    cli::add_check(app, invocation);
    cli::add_backup(app, invocation);
    cli::add_restore(app, invocation);
    cli::add_migrate(app, invocation);
    cli::add_routes(app, invocation);
    cli::add_photo_worker(app, invocation);
    cli::add_capture_worker(app, invocation);
    app.add_subcommand("help", "# adal help — this list")->callback([&] {
        // app.help() would be the help of `help`: it delegates to the command that was named.
        fmt::print("{}", app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal));
    });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? cli::kGood : cli::kUsage;
    }
    if (!invocation.run) return cli::kGood;
    return invocation.run(i18n::language_from(invocation.language_code).value_or(i18n::Language::kk));
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return read_and_run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "internal: {}\n", error.what());
        return cli::kUnexpected;
    }
}
