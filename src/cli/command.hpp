// cli/command.hpp: what the commands of the program share. One file pair per command: x.cpp does it, x.md
// is its help, its man page and its page in the manual at once.
//
// Exit codes: 0 done and good · 1 checked and bad, or refused · 2 wrong usage, or it cannot be told ·
// 3 unexpected failure. Machine output goes to stdout only; problems go to stderr with their key.
#pragma once

#include "app/settings.hpp"
#include "base/result.hpp"
#include "i18n/i18n.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace adal::cli {

inline constexpr int kGood = 0, kBad = 1, kUsage = 2, kUnexpected = 3;

// Filled while the command line is read; `run` is set by the command that was named.
struct Invocation {
    std::string language_code = "kk";
    std::function<int(i18n::Language)> run{};
    std::string program{}; // path of this program, for the photo worker
};

// A subcommand with the text of its .md file as help and the option --lang.
CLI::App* add_command(CLI::App& app, Invocation& invocation, const std::string& name);
// --data DIR, --database URL
void add_data_options(CLI::App& command, app::Settings& settings, bool required = true);

inline constexpr ProblemCode unreadable{"app.log_read", 404}; // params: file

// "problem.key: sentence" on stderr; returns kBad.
// Where letters and other words to servers outside go (serve, demo).
struct MailOptions {
    std::string open311_keys{};
    std::string telegram_token_file{}, telegram_api = "https://api.telegram.org";
    std::string url{}, from{}, user{}, password_file{};
};
void add_mail_options(CLI::App& command, MailOptions& options);
void add_link_options(CLI::App& command, app::Settings& settings); // what reported links are judged with
Result<Done> take_mail_options(const MailOptions& options, app::Settings& settings);

int report(i18n::Language language, const Problem& problem);

// One function per command, each in its own file.
void add_demo(CLI::App& app, Invocation& invocation);
void add_serve(CLI::App& app, Invocation& invocation);
void add_init(CLI::App& app, Invocation& invocation);
void add_user(CLI::App& app, Invocation& invocation);
void add_import(CLI::App& app, Invocation& invocation);
void add_fetch(CLI::App& app, Invocation& invocation);
void add_screen(CLI::App& app, Invocation& invocation);
void add_url(CLI::App& app, Invocation& invocation);
void add_probe(CLI::App& app, Invocation& invocation);
void add_dossier(CLI::App& app, Invocation& invocation);
void add_verify(CLI::App& app, Invocation& invocation);
void add_log(CLI::App& app, Invocation& invocation);
void add_check(CLI::App& app, Invocation& invocation);
void add_backup(CLI::App& app, Invocation& invocation);
void add_restore(CLI::App& app, Invocation& invocation);
void add_migrate(CLI::App& app, Invocation& invocation);
void add_routes(CLI::App& app, Invocation& invocation);
void add_photo_worker(CLI::App& app, Invocation& invocation);
void add_capture_worker(CLI::App& app, Invocation& invocation);

} // namespace adal::cli
