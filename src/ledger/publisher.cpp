#include "ledger/publisher.hpp"

#include "ledger/durable_file.hpp"
#include "ledger/ledger_store.hpp"
#include "ledger/wire_text.hpp"

#include <algorithm>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLeavesAtOnce = 4096; // leaves read at a time
constexpr std::string_view kHighWater = "HIGHWATER";
constexpr std::string_view kCheckpoint = "checkpoint";

// One signal for the process: publishers wait on it, appends ring it.
struct Bell {
    std::mutex mutex;
    std::condition_variable_any rung;
    std::uint64_t count = 0;
};

Bell& bell()
{
    static Bell one;
    return one;
}

tl::unexpected<Problem> damaged(std::string_view file, std::string_view reason)
{
    return fail(published_damaged, {{"file", std::string(file)}, {"reason", std::string(reason)}});
}

std::string high_water_text(std::uint64_t size, const Hash& root)
{
    return std::to_string(size) + " " + base64(view(root)) + "\n";
}

struct Mark {
    std::uint64_t size = 0;
    Hash root{};
};

std::optional<Mark> parse_high_water(std::string_view text)
{
    const auto space = text.find(' ');
    if (space == std::string_view::npos || !text.ends_with('\n')) return std::nullopt;
    const auto size = parse_decimal(text.substr(0, space));
    const auto raw = unbase64(text.substr(space + 1, text.size() - space - 2));
    const auto root = raw ? hash_from(*raw) : std::nullopt;
    if (!size || !root) return std::nullopt;
    return Mark{*size, *root};
}

std::string line_of(const Problem& problem)
{
    std::string out(problem.code->key);
    for (const auto& [name, value] : problem.params)
        out += " " + name + "=" + value;
    return out;
}

} // namespace

struct Publisher::Round {
    std::uint64_t begin = 0;
    TileEdge edge{};
    std::vector<Subtree> subtrees{};
};

Publisher::Publisher(storage::Database& database, fs::path folder, SigningKey key,
                     PublisherOptions options)
    : m_database(database), m_folder(std::move(folder)), m_key(std::move(key)),
      m_options(std::move(options))
{
}

Publisher::~Publisher()
{
    stop();
}

void Publisher::passed(PublishStep step) const
{
    if (m_options.after) m_options.after(step);
}

// The edge at the newest checkpoint, out of the database, checked against its root.
Result<Done> Publisher::load()
{
    const auto checkpoint =
        m_database.read([](storage::Snapshot& db) { return newest_checkpoint(db); });
    const std::uint64_t size = checkpoint ? checkpoint->size : 0;
    std::vector<std::vector<Hash>> hashes;
    std::vector<std::string> leaves;
    m_database.read([&](storage::Snapshot& db) {
        for (int level = 0; level <= kMaxTileLevel; ++level) {
            const auto count = size >> (8 * level);
            hashes.push_back(list_hashes(db, level, count - count % kTileWidth, count));
        }
        const auto begin = static_cast<std::int64_t>(size - size % kTileWidth);
        for (auto& leaf : list_leaves(db, begin, static_cast<std::int64_t>(size)))
            leaves.push_back(std::move(leaf.bytes));
        return true;
    });
    TileEdge edge(size, std::move(hashes), leaves);
    if (edge.root() != (checkpoint ? checkpoint->root : empty_root()))
        return fail(two_roots, {{"size", std::to_string(size)}});
    const auto compared = compare_with_world(size, edge.root());
    if (!compared) return compared;
    if (checkpoint) announce(size, checkpoint->root, checkpoint->note);
    m_edge = std::move(edge);
    return done();
}

// Nobody outside may have seen more, or something else, than the database has.
Result<Done> Publisher::compare_with_world(std::uint64_t size, const Hash& root)
{
    std::vector<Mark> seen;
    if (const auto text = read_file(m_folder / kHighWater)) {
        const auto mark = parse_high_water(*text);
        if (!mark) return damaged(kHighWater, "form");
        seen.push_back(*mark);
    }
    if (const auto note = read_file(m_folder / kCheckpoint)) {
        const auto published = open_checkpoint(*note, m_key.vkey());
        if (!published) return damaged(kCheckpoint, published.error().params.at("reason"));
        seen.push_back({published->size, published->root});
    }
    for (const auto& mark : seen) {
        if (mark.size > size)
            return fail(database_behind,
                        {{"size", std::to_string(size)}, {"published", std::to_string(mark.size)}});
        const auto known =
            m_database.read([&](storage::Snapshot& db) { return find_checkpoint(db, mark.size); });
        const auto& expected = known ? known->root : mark.size == size ? root : empty_root();
        if (expected != mark.root) return fail(two_roots, {{"size", std::to_string(mark.size)}});
    }
    return done();
}

Result<Done> Publisher::check()
{
    const std::lock_guard lock(m_round);
    return load();
}

// The folder's view of the newest checkpoint; files that say so already are left alone.
void Publisher::announce(std::uint64_t size, const Hash& root, const std::string& note)
{
    const auto mark = high_water_text(size, root);
    if (read_file(m_folder / kHighWater) != mark) write_durably(m_folder / kHighWater, mark);
    passed(PublishStep::high_water);
    if (read_file(m_folder / kCheckpoint) != note) write_durably(m_folder / kCheckpoint, note);
    passed(PublishStep::published);
}

Result<Publisher::Round> Publisher::write_tiles(std::int64_t size)
{
    Round round{.begin = m_edge->size(), .edge = *m_edge};
    DurableBatch batch;
    const auto emit = [&](const Tile& tile, std::string_view bytes) {
        batch.add(m_folder / tile_path(tile), bytes);
    };
    const auto grown = [&](int level, std::uint64_t index, const Hash& hash) {
        round.subtrees.push_back({.level = level, .index = index, .hash = hash});
    };
    for (auto at = static_cast<std::int64_t>(round.begin); at < size; at += kLeavesAtOnce) {
        const auto leaves = m_database.read([&](storage::Snapshot& db) {
            return list_leaves(db, at, std::min(size, at + kLeavesAtOnce));
        });
        for (const auto& leaf : leaves) {
            if (std::cmp_not_equal(leaf.index, round.edge.size()) ||
                hash_leaf(leaf.bytes) != leaf.hash)
                return fail(leaf_damaged, {{"index", std::to_string(round.edge.size())}});
            round.edge.add(leaf.bytes, leaf.hash, emit, grown);
        }
    }
    if (std::cmp_not_equal(round.edge.size(), size))
        return fail(leaf_damaged, {{"index", std::to_string(round.edge.size())}});
    round.edge.emit_partials(emit);
    batch.commit();
    return round;
}

// What is on the disk now, not what was meant to be there: every bundle against its tile, every
// tile against the one above, up to the root that will be signed.
Result<Done> Publisher::read_back(const Round& round)
{
    const auto size = round.edge.size();
    Tile tile{.level = kEntries};
    try {
        const auto fetch = [&](const Tile& wanted) {
            return read_file(m_folder / tile_path(wanted));
        };
        TileTree tree(size, round.edge.root(), fetch);
        for (tile.index = round.begin / kTileWidth; tile.index * kTileWidth < size; ++tile.index) {
            tile.width = tile_width(kEntries, tile.index, size);
            const auto bytes = fetch(tile);
            const auto entries = bytes ? decode_bundle(*bytes, tile.width) : std::nullopt;
            if (!entries) throw TileError(tile, "bundle");
            for (std::size_t i = 0; i < entries->size(); ++i)
                if (hash_leaf((*entries)[i]) != tree.node(0, tile.index * kTileWidth + i))
                    throw TileError(tile, "entry");
        }
    } catch (const TileError& error) {
        return fail(tiles_damaged, {{"tile", tile_path(error.tile)}});
    }
    return done();
}

Result<std::optional<Checkpoint>> Publisher::publish(Instant now)
{
    const std::lock_guard lock(m_round);
    if (!m_edge)
        if (const auto loaded = load(); !loaded) return pass(loaded);
    return publish_locked(now);
}

Result<std::optional<Checkpoint>> Publisher::publish_locked(Instant now)
{
    const auto size = m_database.read([](storage::Snapshot& db) { return head(db).size; });
    if (std::cmp_less_equal(size, m_edge->size())) return std::nullopt;
    auto round = write_tiles(size);
    m_edge.reset(); // until this round is through, the database is the only truth
    if (!round) return pass(round);
    passed(PublishStep::tiles_written);
    if (const auto good = read_back(*round); !good) return pass(good);
    passed(PublishStep::read_back);
    const Checkpoint checkpoint{
        .origin = m_key.vkey().name, .size = round->edge.size(), .root = round->edge.root()};
    const SigningKey* const keys[] = {&m_key};
    const auto note = sign_note(checkpoint_text(checkpoint), keys);
    passed(PublishStep::signed_note);
    const auto stored = m_database.write([&](storage::Transaction& tx) -> Result<Done> {
        insert_checkpoint(
            tx, {.size = checkpoint.size, .root = checkpoint.root, .note = note, .at = now},
            round->subtrees);
        return done();
    });
    if (!stored) return pass(stored);
    passed(PublishStep::stored);
    announce(checkpoint.size, checkpoint.root, note);
    m_edge = std::move(round->edge);
    return checkpoint;
}

std::size_t Publisher::prune(Instant now)
{
    const std::lock_guard lock(m_round);
    std::size_t removed = 0;
    const auto root = m_folder / "tile";
    if (!fs::exists(root)) return 0;
    const auto age_limit = std::chrono::file_clock::from_sys(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(now.ms)) -
        m_options.keep_partials);
    std::vector<fs::path> replaced;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (!entry.is_directory() || entry.path().extension() != ".p") continue;
        auto full = entry.path();
        full.replace_extension();
        if (fs::exists(full) && fs::last_write_time(full) < age_limit)
            replaced.push_back(entry.path());
    }
    for (const auto& folder : replaced)
        removed += fs::remove_all(folder) - 1;
    return removed;
}

void Publisher::start(std::function<void(const std::string& reason)> tell)
{
    stop();
    m_thread = std::jthread(
        [this, tell = std::move(tell)](const std::stop_token& stop) { run(stop, tell); });
}

void Publisher::stop()
{
    if (!m_thread.joinable()) return;
    m_thread.request_stop();
    m_thread.join();
}

void Publisher::run(const std::stop_token& stop,
                    const std::function<void(const std::string&)>& tell)
{
    std::uint64_t heard = 0;
    std::string told;
    Instant pruned_at{};
    while (!stop.stop_requested()) {
        const auto began = std::chrono::steady_clock::now();
        try {
            if (const auto round = publish(now()); !round) return tell(line_of(round.error()));
            told.clear();
            if (now().since(pruned_at) > std::chrono::hours{1}) {
                prune(now());
                pruned_at = now();
            }
        } catch (const std::exception& error) {
            if (told != error.what()) tell(told = error.what());
        }
        std::unique_lock lock(bell().mutex);
        bell().rung.wait_for(lock, stop, m_options.interval, [&] { return bell().count != heard; });
        heard = bell().count;
        bell().rung.wait_until(lock, stop, began + m_options.interval, [] { return false; });
    }
}

void wake_publisher()
{
    {
        const std::lock_guard lock(bell().mutex);
        ++bell().count;
    }
    bell().rung.notify_all();
}

} // namespace adal::ledger
