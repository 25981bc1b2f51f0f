#include "cli/command.hpp"

#include "base/json.hpp"
#include "ledger/verify.hpp"
#include "referral/bag.hpp"
#include "referral/bag_archive.hpp"
#include "referral/dossier_check.hpp"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace adal::cli {

namespace {

namespace fs = std::filesystem;

inline constexpr ProblemCode no_trust{"app.verify_no_trust", 422};

struct Options {
    std::string path{}, policy{}, key{}, format = "text";
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

// Goes away with the object.
class UnpackFolder
{
public:
    UnpackFolder()
    {
        if (::mkdtemp(m_path.data()) == nullptr) throw std::runtime_error("no temporary directory");
    }
    UnpackFolder(const UnpackFolder&) = delete;
    UnpackFolder& operator=(const UnpackFolder&) = delete;
    ~UnpackFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    std::string m_path = (fs::temp_directory_path() / "adal-verify-XXXXXX").string();
};

bool is_archive(const fs::path& path)
{
    const auto name = path.filename().string();
    return name.ends_with(".zip") || name.ends_with(".tar") || name.ends_with(".tar.gz") || name.ends_with(".tgz") || name.ends_with(".tar.xz");
}

Result<ledger::Verification> verify_any(const Options& options, const ledger::Policy& policy)
{
    if (fs::is_directory(options.path)) {
        if (referral::is_bag(options.path)) return referral::check_dossier(options.path, policy);
        return ledger::verify_log(options.path, policy);
    }
    if (!is_archive(options.path)) return verify_one(options.path, policy);
    const UnpackFolder folder;
    const auto bag = referral::unpack_bag(options.path, folder.path());
    if (!bag) return pass(bag);
    return referral::check_dossier(*bag, policy);
}

int exit_code(ledger::Outcome outcome)
{
    return outcome == ledger::Outcome::good ? kGood : outcome == ledger::Outcome::bad ? kBad : kUsage;
}

int say_json(const ledger::Verification& verification, i18n::Language language)
{
    json::array statements;
    for (const auto& statement : verification.statements) {
        json::object params;
        for (const auto& [name, value] : statement.params) params[name] = value;
        statements.push_back(json::object{{"verdict", ledger::verdict_name(statement.verdict)}, {"key", statement.key},
                                          {"params", std::move(params)}, {"text", i18n::text(language, statement.key, statement.params)}});
    }
    const auto outcome = verification.outcome();
    const std::string_view name = outcome == ledger::Outcome::good ? "good" : outcome == ledger::Outcome::bad ? "bad" : "cannot_tell";
    fmt::print("{}\n", to_text(json::object{{"outcome", name}, {"statements", std::move(statements)}}));
    return exit_code(outcome);
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
    // A dossier is judged without a key too: everything but who signed.
    const bool is_trusting = !options.key.empty() || !options.policy.empty();
    const bool is_dossier = is_archive(options.path) || referral::is_bag(options.path);
    const auto policy = is_dossier && !is_trusting ? Result<ledger::Policy>{ledger::Policy{}} : policy_of(options);
    if (!policy) return report(language, policy.error()), kUsage;
    const auto verified = verify_any(options, *policy);
    if (!verified) return report(language, verified.error()), kUsage;
    return options.format == "json" ? say_json(*verified, language) : say(*verified, language);
}

} // namespace

void add_verify(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "verify");
    command->add_option("path", options->path, "a dossier (folder, ZIP, tar), a .tlog-proof, or a directory with tiles")->required();
    command->add_option("--policy", options->policy, "file that names the log and the witnesses to trust");
    command->add_option("--key", options->key, "key of the log (vkey)");
    command->add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->callback([options, &invocation] { invocation.run = [options](i18n::Language language) { return verify(*options, language); }; });
}

} // namespace adal::cli
