#include "cli/command.hpp"

#include "base/json.hpp"
#include "cyber/url.hpp"
#include "probe/dns.hpp"
#include "probe/probe.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace adal::cli {

namespace probe_command {

constexpr ProblemCode nothing_to_look_at{"probe.nothing_to_look_at", 422};
constexpr ProblemCode bad_resolver{"probe.bad_resolver", 422}; // params: value
constexpr ProblemCode key_exists{"probe.key_exists", 409};     // params: file
constexpr ProblemCode bad_key_file{"probe.bad_key", 422};      // params: file
constexpr std::size_t kAtOnce = 8;

struct Options {
    std::string key_file{}, name{};
    std::vector<std::string> urls{};
    std::string list{}, server{}, out{};
    std::string resolver{}, control = "1.1.1.1";
    bool allow_private = false;
};

int new_key(const Options& options, i18n::Language language)
{
    if (!ledger::is_key_name(options.name)) return report(language, Problem{&ledger::bad_key, {{"reason", "name"}}});
    const int fd = ::open(options.key_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) return report(language, Problem{&key_exists, {{"file", options.key_file}}});
    if (fd < 0) return report(language, Problem{&unreadable, {{"file", options.key_file}}});
    const auto key = ledger::SigningKey::make(options.name);
    const auto text = key.secret_text() + "\n";
    const bool is_written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!is_written) return report(language, Problem{&unreadable, {{"file", options.key_file}}});
    fmt::print("{}\n", key.vkey().text());
    return kGood;
}

Result<ledger::SigningKey> read_key(const std::string& file)
{
    struct stat about{};
    if (::stat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode) || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) return fail(bad_key_file, {{"file", file}});
    std::ifstream in{file};
    std::string text;
    std::getline(in, text);
    auto key = ledger::SigningKey::parse(text);
    if (!key || key->vkey().kind != ledger::KeyKind::ed25519) return fail(bad_key_file, {{"file", file}});
    return key;
}

// Nothing: no address of the web, or one that a report cannot hold.
std::optional<probe::Target> target_of(std::string id, std::string_view written)
{
    const bool has_scheme = written.find("://") != std::string_view::npos;
    const auto url = cyber::parse_url(has_scheme ? std::string{written} : "https://" + std::string{written});
    if (!url || (url->scheme() != "https" && url->scheme() != "http") || url->host().empty() || probe::plain_text(written) != written) return std::nullopt;
    probe::Target out{.id = std::move(id), .url = std::string{written}, .host = std::string{url->host()}, .is_tls = url->scheme() == "https"};
    if (out.host.starts_with('[')) out.host = out.host.substr(1, out.host.size() - 2);
    out.port = static_cast<std::uint16_t>(url->port_number >= 0 ? url->port_number : out.is_tls ? 443 : 80);
    out.may_be_plain = url->port_number < 0;
    out.path = std::string{url->path()};
    if (url->query_begin != cyber::Url::kNone) out.path += "?" + std::string{url->query()};
    return out;
}

Result<std::vector<probe::Target>> own_targets(const Options& options)
{
    auto written = options.urls;
    if (!options.list.empty()) {
        std::ifstream in{options.list};
        if (!in.is_open()) return fail(unreadable, {{"file", options.list}});
        for (std::string line; std::getline(in, line);)
            if (!line.empty() && !line.starts_with('#')) written.push_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    }
    std::vector<probe::Target> out;
    for (const auto& one : written) {
        if (auto target = target_of({}, one)) out.push_back(std::move(*target));
        else fmt::print(stderr, "not an address of the web: {}\n", probe::plain_text(one));
    }
    return out;
}

Result<std::vector<probe::Target>> asked_targets(const std::string& server, const ledger::SigningKey& key)
{
    const auto answer = probe::post_note(server + "/api/v1/probe-tasks", probe::sign_question({.probe = key.name(), .to = server, .at = now()}, key));
    if (!answer) return pass(answer);
    const auto read = parse_json(*answer);
    const auto* tasks = read ? array_at(*read, "tasks") : nullptr;
    if (tasks == nullptr) return fail(probe::server_refused, {{"status", "JSON"}});
    std::vector<probe::Target> out;
    for (const auto& task : *tasks)
        if (auto target = target_of(std::string{text_at(task, "id").value_or("")}, text_at(task, "url").value_or(""))) out.push_back(std::move(*target));
    return out;
}

Result<probe::Settings> settings_of(const Options& options)
{
    const auto here = options.resolver.empty() ? probe::system_resolver() : probe::parse_server(options.resolver, 53);
    if (!here) return fail(bad_resolver, {{"value", options.resolver.empty() ? "/etc/resolv.conf" : options.resolver}});
    const auto control = probe::parse_server(options.control, 53);
    if (!control) return fail(bad_resolver, {{"value", options.control}});
    probe::Settings out;
    out.dns = *here;
    out.control_dns = *control;
    out.allow_private = options.allow_private;
    return out;
}

std::vector<probe::Measurement> look_at(const std::vector<probe::Target>& targets, const probe::Settings& settings)
{
    std::vector<probe::Measurement> out(targets.size());
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t n = 0; n < std::min(kAtOnce, targets.size()); ++n)
        threads.emplace_back([&] {
            for (std::size_t i = next++; i < targets.size(); i = next++) out[i] = probe::measure(targets[i], settings, now());
        });
    threads.clear(); // joins
    return out;
}

int deliver(const Options& options, const std::string& server, const std::string& note, i18n::Language language)
{
    if (!options.out.empty()) {
        std::ofstream out{options.out, std::ios::binary | std::ios::trunc};
        out << note << std::flush;
        if (!out) return report(language, Problem{&unreadable, {{"file", options.out}}});
    }
    if (server.empty()) return kGood;
    const auto answer = probe::post_note(server + "/api/v1/probe-reports", note);
    if (!answer) return report(language, answer.error());
    const auto read = parse_json(*answer);
    fmt::print("counted {}\n", read ? int_at(*read, "counted").value_or(0) : 0);
    return kGood;
}

int run(const Options& options, i18n::Language language)
{
    std::signal(SIGPIPE, SIG_IGN); // a server that hangs up is an answer
    const auto key = read_key(options.key_file);
    if (!key) return report(language, key.error());
    const auto settings = settings_of(options);
    if (!settings) return report(language, settings.error());
    std::string server;
    auto targets = own_targets(options);
    if (!targets) return report(language, targets.error());
    if (!options.server.empty()) {
        auto address = probe::server_address(options.server);
        if (!address) return report(language, address.error());
        server = std::move(*address);
        auto asked = asked_targets(server, *key);
        if (!asked) return report(language, asked.error());
        std::ranges::move(*asked, std::back_inserter(*targets));
    } else if (targets->empty()) {
        return report(language, Problem{&nothing_to_look_at});
    }
    const auto started = now();
    int code = kGood;
    for (std::size_t from = 0; from < targets->size(); from += probe::kMostOfARun) {
        const auto to = std::min(targets->size(), from + probe::kMostOfARun);
        const auto seen = look_at({targets->begin() + static_cast<std::ptrdiff_t>(from), targets->begin() + static_cast<std::ptrdiff_t>(to)}, *settings);
        for (const auto& one : seen) {
            const auto verdict = probe::verdict_of(one, false);
            fmt::print("{} {} {} {}\n", probe::name(verdict.outcome), probe::name(verdict.by), verdict.reason, one.target.url);
        }
        code = std::max(code, deliver(options, server, probe::sign_report({.probe = key->name(), .software = "Adal", .started = started}, seen, *key), language));
    }
    return code;
}

} // namespace probe_command

void add_probe(CLI::App& app, Invocation& invocation)
{
    using namespace probe_command;
    auto* command = add_command(app, invocation, "probe");
    command->require_subcommand(1);
    auto options = std::make_shared<Options>();
    auto* make = command->add_subcommand("new-key", "a key for a probe; prints the public half");
    make->add_option("file", options->key_file, "where the key goes; must not exist")->required();
    make->add_option("--name", options->name, "name of the probe, for example almaty-telecom-1")->required();
    make->callback([&invocation, options] { invocation.run = [options](i18n::Language language) { return new_key(*options, language); }; });
    auto* look = command->add_subcommand("run", "looks at addresses from here and signs what was seen");
    look->add_option("urls", options->urls, "addresses to look at");
    look->add_option("--list", options->list, "file with an address a line");
    look->add_option("--server", options->server, "an Adal server: asks it what to look at, and reports back");
    look->add_option("--key", options->key_file, "the probe's key, readable by its owner only")->required();
    look->add_option("--resolver", options->resolver, "resolver of this network; without it the system's");
    look->add_option("--control", options->control, "resolver whose answers the first are held against");
    look->add_option("--out", options->out, "file for the signed report");
    look->add_flag("--allow-private", options->allow_private, "connects to private addresses, too (a lab)");
    look->callback([&invocation, options] { invocation.run = [options](i18n::Language language) { return run(*options, language); }; });
}

} // namespace adal::cli
