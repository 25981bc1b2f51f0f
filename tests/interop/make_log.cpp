// make_log FOLDER: writes a log as the server does (database, appends, publisher) and what a
// stranger gets of it:
//   vkey · policy.txt · log/ (checkpoint, tiles) · checkpoints/SIZE ·
//   proofs/INDEX.{leaf,tlog-proof}
#include "ledger/keys.hpp"
#include "ledger/ledger.hpp"
#include "ledger/publisher.hpp"

#include <cstdio>
#include <fstream>

namespace fs = std::filesystem;
using namespace adal;

namespace {

constexpr const char* kOrigin = "log.example/interop";
constexpr int kCases = 40;

void write(const fs::path& file, std::string_view bytes)
{
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

ledger::Event event(std::int64_t i, const std::vector<std::string>& cases)
{
    if (i % 7 == 0) return {.type = "event.held", .role = "system", .pub = {{"n", i}}};
    ledger::Event out{.type = i % 2 ? "case.sealed" : "review.decided",
                      .case_id = cases[static_cast<std::size_t>(i) % cases.size()],
                      .role = "volunteer"};
    if (i % 2)
        out.commitments = {{.label = "body", .value = "words of entry " + std::to_string(i)}};
    return out;
}

void grow(storage::Database& db, std::int64_t size, const std::vector<std::string>& cases)
{
    const auto done_or_not = db.write([&](storage::Transaction& tx) -> Result<Done> {
        for (auto i = ledger::size(tx); i < size; ++i) {
            const auto appended = i == 300 ? ledger::erase(tx, 5, {"body"}, "kz-94v", now())
                                           : ledger::append(tx, event(i, cases), now());
            if (!appended) return pass(appended);
        }
        return done();
    });
    if (!done_or_not) throw std::runtime_error(std::string(done_or_not.error().code->key));
}

void write_proofs(storage::Database& db, const fs::path& folder, std::int64_t size)
{
    fs::create_directories(folder);
    for (const std::int64_t i : {std::int64_t{0}, std::int64_t{5}, std::int64_t{255},
                                 std::int64_t{256}, size / 2, size - 1}) {
        const auto leaf = db.read([&](storage::Snapshot& s) { return ledger::leaf(s, i); });
        const auto proof = db.read([&](storage::Snapshot& s) { return ledger::proof_file(s, i); });
        write(folder / (std::to_string(i) + ".leaf"), leaf.value().bytes);
        write(folder / (std::to_string(i) + ".tlog-proof"), proof.value());
    }
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 2) return std::fputs("usage: make_log FOLDER\n", stderr), 2;
    const fs::path folder = argv[1];
    fs::create_directories(folder / "checkpoints");
    auto db = storage::Database::open((folder / "adal.db").string());
    db.migrate();
    const auto keys = ledger::make_keys(folder / "keys", kOrigin);
    ledger::open_vault(keys.master_file.string());
    const auto vkey = keys.log.vkey().text();
    write(folder / "vkey", vkey + "\n");
    write(folder / "policy.txt", "log " + vkey + "\nquorum none\n");
    const auto begun = db.write(
        [&](storage::Transaction& tx) { return ledger::begin_log(tx, kOrigin, vkey, now()); });
    if (!begun) return 1;
    std::vector<std::string> cases(kCases);
    for (auto& id : cases)
        id = ledger::new_event_id();
    ledger::Publisher publisher(db, folder / "log", keys.log);
    std::int64_t size = 0;
    for (size = 1; const std::int64_t next : {1, 2, 3, 255, 256, 257, 700, 65536, 66000}) {
        grow(db, size = next, cases);
        if (!publisher.publish(now())) return 1;
        fs::copy_file(folder / "log/checkpoint", folder / "checkpoints" / std::to_string(size));
    }
    write_proofs(db, folder / "proofs", size);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "make_log: %s\n", error.what());
    return 1;
}
