#include "app/check.hpp"

#include "files/access_store.hpp"
#include "files/file_store.hpp"
#include "impact/impact.hpp"
#include "ledger/ledger_invariants.hpp"
#include "ledger/verify.hpp"
#include "oversight/oversight.hpp"
#include "people/people.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace adal::app {

namespace {

void add(std::vector<std::string>& all, std::vector<std::string> more)
{
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// The published files as a stranger would see them, with our own key.
std::vector<std::string> log_faults(House& house)
{
    std::vector<std::string> out;
    for (const auto& statement : ledger::verify_log(house.settings.log_directory(), ledger::policy_of(house.keys.log.vkey())).statements)
        if (statement.verdict == ledger::Verdict::broken) out.push_back("log " + statement.key);
    return out;
}

// Every original is there and hashes to its name (invariant 1).
std::vector<std::string> file_faults(House& house, storage::Snapshot& db)
{
    std::vector<std::string> out;
    for (const auto& hash : files::all_originals(db)) {
        std::ifstream in(house.files.original_path(hash), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in || sha256(bytes) != hash) out.push_back("file " + hex(view(hash)));
    }
    for (const auto& hash : files::erased_originals(db))
        if (std::filesystem::exists(house.files.original_path(hash))) out.push_back("file.erased " + hex(view(hash)));
    return out;
}

} // namespace

std::vector<std::string> broken_invariants(House& house)
{
    std::vector<std::string> broken;
    if (const auto published = house.publish_now(); !published) broken.push_back(fmt::format("log {}", published.error().code->key));
    add(broken, log_faults(house));
    house.files.remove_erased(house.database); // what was erased a moment ago
    house.database.read([&](storage::Snapshot& db) {
        add(broken, ledger::check_invariants(db));
        add(broken, oversight::check_invariants(db));
        add(broken, people::violations(db));
        add(broken, referral::check_invariants(db));
        add(broken, cyber::check_invariants(db));
        add(broken, impact::check_invariants(db));
        add(broken, files::check_access_chain(db));
        add(broken, file_faults(house, db));
        return true;
    });
    return broken;
}

} // namespace adal::app
