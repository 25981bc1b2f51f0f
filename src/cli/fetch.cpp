#include "cli/command.hpp"

#include "base/text.hpp"
#include "procurement/goszakup/fetch.hpp"
#include "procurement/ocds_reader.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace adal::cli {

namespace {

namespace goszakup = procurement::goszakup;

struct Options {
    std::string token_file{}, since{}, base = "https://ows.goszakup.gov.kz", out = "goszakup", only{}, queries{};
    double rate = 1.0, first_wait = 1.0, timeout = 120.0;
    int tries = 8;
    std::int64_t most_megabytes = 64;
    bool no_journal = false;
};

// A line that rewrites itself on a terminal; one line per finished list elsewhere.
class PageBar {
public:
    void show(const goszakup::ListState& list, double share)
    {
        if (::isatty(STDERR_FILENO)) {
            const auto filled = static_cast<int>(30 * share);
            fmt::print(stderr, "\r[{:#<{}}{:<{}}] {} {}\033[K", "", filled, "", 30 - filled, list.name, list.rows);
            m_shown = true;
        } else if (list.is_done) fmt::print(stderr, "{}: {}\n", list.name, list.rows);
    }
    ~PageBar()
    {
        if (m_shown) fmt::print(stderr, "\r\033[K");
    }

private:
    bool m_shown = false;
};

void show_wait(std::string_view reason, int attempt, std::chrono::milliseconds wait)
{
    fmt::print(stderr, "{}{}: wait {:.1f} s (try {})\n", ::isatty(STDERR_FILENO) ? "\r\033[K" : "", reason, static_cast<double>(wait.count()) / 1000, attempt);
}

Result<goszakup::Queries> queries_of(const Options& options)
{
    if (options.queries.empty()) return goszakup::Queries::standard();
    std::ifstream in{options.queries, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in.good() && !in.eof()) return fail(procurement::unreadable_file, {{"file", options.queries}, {"reason", std::strerror(errno)}});
    return goszakup::Queries::read(text);
}

std::chrono::milliseconds milliseconds_of(double seconds)
{
    return std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)};
}

goszakup::ClientSettings client_of(const Options& options, std::string token)
{
    return {.base = options.base,
            .token = std::move(token),
            .rate = options.rate,
            .tries = options.tries,
            .first_wait = milliseconds_of(options.first_wait),
            .timeout = milliseconds_of(options.timeout),
            .most_bytes = options.most_megabytes * 1024 * 1024,
            .on_wait = show_wait};
}

std::vector<std::string> roots_of(const std::string& only)
{
    std::vector<std::string> roots;
    for (const auto root : split(only, ','))
        if (const auto name = trim(root); !name.empty()) roots.emplace_back(name);
    return roots;
}

int fetch_goszakup(const Options& options, i18n::Language language)
{
    const auto address = goszakup::check_portal_address(options.base);
    if (!address) return report(language, address.error());
    auto token = goszakup::read_token(options.token_file);
    if (!token) return report(language, token.error());
    const auto queries = queries_of(options);
    if (!queries) return report(language, queries.error());
    const auto lock = goszakup::FolderLock::take(options.out);
    if (!lock) return report(language, lock.error());
    goszakup::PortalClient client{client_of(options, std::move(*token))};
    PageBar bar;
    const goszakup::FetchOrder order{.folder = options.out,
                                     .base = options.base,
                                     .since = *parse_date(options.since),
                                     .today = local_date(now()),
                                     .roots = roots_of(options.only),
                                     .with_journal = !options.no_journal,
                                     .on_page = [&bar](const goszakup::ListState& list, double share) { bar.show(list, share); }};
    const auto fetched = goszakup::fetch(client, *queries, order, now());
    if (!fetched) return report(language, fetched.error());
    for (const auto& list : fetched->lists) fmt::print("{} rows {} pages {}\n", list.name, list.rows, list.pages);
    fmt::print("rows {} pages {} changed {} deleted {}\n", fetched->rows, fetched->pages, fetched->changed, fetched->deleted);
    return kGood;
}

std::string check_since(const std::string& text)
{
    const auto day = parse_date(text);
    if (!day) return "a day is written 2026-07-01";
    return local_date(now()) < *day ? "the day has not come yet" : "";
}

} // namespace

void add_fetch(CLI::App& app, Invocation& invocation)
{
    auto* command = add_command(app, invocation, "fetch");
    command->require_subcommand(1);
    auto options = std::make_shared<Options>();
    auto* portal = command->add_subcommand("goszakup", "what changed in the web services of goszakup.gov.kz");
    portal->add_option("--token-file", options->token_file, "file with the token, readable by its owner only")->required();
    portal->add_option("--since", options->since, "day from which on, 2026-07-01")->required()->check(check_since);
    portal->add_option("--base", options->base, "address of the web services");
    portal->add_option("--out", options->out, "folder for the files and the state");
    portal->add_option("--only", options->only, "kinds of objects, by commas: TrdBuy,Contract");
    portal->add_option("--queries", options->queries, "a changed copy of goszakup-queries.json");
    portal->add_option("--rate", options->rate, "requests a second at most")->check(CLI::Range(0.01, 1000.0));
    portal->add_option("--tries", options->tries, "times a request is tried")->check(CLI::Range(1, 50));
    portal->add_option("--first-wait", options->first_wait, "seconds before the second try; doubles from there")->check(CLI::Range(0.01, 60.0));
    portal->add_option("--timeout", options->timeout, "seconds for one answer")->check(CLI::Range(0.1, 3600.0));
    portal->add_option("--max-mb", options->most_megabytes, "largest answer, in megabytes")->check(CLI::Range(1, 1024));
    portal->add_flag("--no-journal", options->no_journal, "new objects only, not what changed in older ones");
    portal->add_option("--lang", invocation.language_code, "kk, ru or en")->check(CLI::IsMember({"kk", "ru", "en"}));
    portal->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return fetch_goszakup(*options, language); }; });
}

} // namespace adal::cli
