#include "cli/command.hpp"

#include "base/embedded.hpp"
#include "embedded/help.hpp"

#include <fmt/format.h>

namespace adal::cli {

CLI::App* add_command(CLI::App& app, Invocation& invocation, const std::string& name)
{
    const auto* page = embedded::find(embedded::help(), name + ".md");
    ADAL_CHECK(page != nullptr);
    auto* command = app.add_subcommand(name, std::string{page->bytes});
    command->add_option("--lang", invocation.language_code, "kk, ru or en")->check(CLI::IsMember({"kk", "ru", "en"}));
    return command;
}

void add_data_options(CLI::App& command, app::Settings& settings, bool required)
{
    auto* data = command.add_option("--data", settings.data, "data directory");
    if (required) data->required();
    command.add_option("--database", settings.database, "postgresql://… instead of the SQLite file in the data directory");
}

void add_mail_options(CLI::App& command, MailOptions& options)
{
    command.add_option("--smtp-url", options.url, "mail server, smtp://host:587 or smtps://host:465");
    command.add_option("--smtp-from", options.from, "address that letters come from");
    command.add_option("--smtp-user", options.user, "name at the mail server");
    command.add_option("--smtp-password-file", options.password_file, "file with the password, readable by its owner only");
    command.add_option("--open311-keys", options.open311_keys, "file with the keys of Open311 servers, a line \"address key\" each, readable by its owner only");
    command.add_option("--telegram-token-file", options.telegram_token_file, "file with the token of the Telegram bot that takes reports of links, readable by its owner only");
    command.add_option("--telegram-api", options.telegram_api, "Bot API server, https://api.telegram.org unless you run your own");
}

void add_link_options(CLI::App& command, app::Settings& settings)
{
    command.add_option("--suffix-list", settings.suffix_list, "public suffix list, where a newer one than the system's is wanted");
    command.add_option("--link-index", settings.link_index, "lists that reported links are held against, made by adal url match --index");
    command.add_option("--link-model", settings.link_model, "text model that reported links are judged with, made by adal url train");
    command.add_option("--page-copies", settings.page_copies, "take copies of reported pages: direct, or HOST:PORT of an HTTP gateway (CONNECT) with a way out of its own");
}

Result<Done> take_mail_options(const MailOptions& options, app::Settings& settings)
{
    auto smtp = mail::smtp_settings(options.url, options.from, options.user, options.password_file);
    if (!smtp) return pass(smtp);
    settings.smtp = std::move(*smtp);
    auto telegram = cyber::telegram_settings(options.telegram_token_file, options.telegram_api);
    if (!telegram) return pass(telegram);
    settings.telegram = std::move(*telegram);
    if (options.open311_keys.empty()) return done();
    auto keys = referral::read_open311_keys(options.open311_keys);
    if (!keys) return pass(keys);
    settings.open311_keys = std::move(*keys);
    return done();
}

int report(i18n::Language language, const Problem& problem)
{
    // The parameters follow for scripts and for whoever must find the place.
    std::string params;
    for (const auto& [name, value] : problem.params) params += fmt::format(" {}={}", name, value);
    fmt::print(stderr, "{}: {}{}\n", problem.code->key, i18n::sentence(language, problem), params.empty() ? "" : " [" + params.substr(1) + "]");
    return kBad;
}

} // namespace adal::cli
