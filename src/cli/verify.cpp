#include "cli/command.hpp"

#include "ledger/verify.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace adal::cli {

namespace {

namespace fs = std::filesystem;

inline constexpr ProblemCode no_trust{"app.verify_no_trust", 422};

struct Options {
    std::string path{}, policy{}, key{};
};

Result<std::string> read_file(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(unreadable, {{"file", path.string()}});
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<ledger::Policy> policy_of(const Options& options)
{
    if (!options.key.empty()) {
        const auto key = ledger::parse_vkey(options.key);
        if (!key) return pass(key);
        return ledger::policy_of(*key);
    }
    if (options.policy.empty()) return fail(no_trust);
    const auto text = read_file(options.policy);
    if (!text) return pass(text);
    return ledger::parse_policy(*text);
}

// The leaf of "12.tlog-proof" is "12.leaf" beside it.
Result<ledger::Verification> verify_one(const fs::path& path, const ledger::Policy& policy)
{
    const auto proof = read_file(path);
    if (!proof) return pass(proof);
    const auto leaf = read_file(fs::path{path}.replace_extension(".leaf"));
    if (!leaf) return pass(leaf);
    return ledger::verify_proof(*proof, *leaf, policy);
}

int say(const ledger::Verification& verification, i18n::Language language)
{
    for (const auto& statement : verification.statements) {
        const auto text = i18n::has(statement.key) ? i18n::text(language, statement.key, statement.params) : statement.key;
        fmt::print("{:<14} {}\n", i18n::text(language, "app.verdict." + std::string{ledger::verdict_name(statement.verdict)}), text);
    }
    switch (verification.outcome()) {
    case ledger::Outcome::good: fmt::print("{}\n", i18n::text(language, "app.verify_good")); return kGood;
    case ledger::Outcome::bad: fmt::print("{}\n", i18n::text(language, "app.verify_bad")); return kBad;
    case ledger::Outcome::cannot_tell: break;
    }
    fmt::print("{}\n", i18n::text(language, "app.verify_cannot_tell"));
    return kUsage;
}

int verify(const Options& options, i18n::Language language)
{
    const auto policy = policy_of(options);
    if (!policy) return report(language, policy.error()), kUsage;
    if (fs::is_directory(options.path)) return say(ledger::verify_log(options.path, *policy), language);
    const auto one = verify_one(options.path, *policy);
    if (!one) return report(language, one.error()), kUsage;
    return say(*one, language);
}

} // namespace

void add_verify(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "verify");
    command->add_option("path", options->path, "a .tlog-proof, or a directory with tiles")->required();
    command->add_option("--policy", options->policy, "file that names the log and the witnesses to trust");
    command->add_option("--key", options->key, "key of the log (vkey)");
    command->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return verify(*options, language); }; });
}

} // namespace adal::cli
