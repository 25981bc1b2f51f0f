#include "ledger/verify.hpp"

#include "base/time.hpp"
#include "ledger/durable_file.hpp"
#include "ledger/leaf.hpp"
#include "ledger/tiles.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <unordered_map>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;
using RawId = std::array<char, 16>;

struct HashRawId {
    std::size_t operator()(const RawId& id) const
    {
        return std::hash<std::string_view>{}({id.data(), id.size()});
    }
};

RawId raw_id(std::string_view hex_text)
{
    RawId out{};
    const auto raw = unhex(hex_text);
    if (raw && raw->size() == out.size()) std::copy(raw->begin(), raw->end(), out.begin());
    return out;
}

// What one entry says, kept small: a log of millions is judged in memory.
struct Entry {
    Hash hash{};
    RawId eid{};
    RawId case_id{};
    bool in_case = false;
    std::int64_t seq = 0;
    std::int64_t t = 0;
    std::optional<Hash> prev{};
    std::string fault{};                     // reason when it is not a leaf
    std::optional<json::object> redaction{}; // pub of a redaction
};

struct Bundle {
    Tile tile{};
    std::string fault{}; // key of the statement when the bundle or its tile is wrong
    Hash root{};
    std::vector<Entry> entries{};
};

Entry read_entry(std::string_view bytes, Entries kind)
{
    Entry out{.hash = hash_leaf(bytes)};
    if (kind == Entries::any) return out;
    const auto leaf = parse_leaf(bytes);
    if (!leaf) {
        out.fault = leaf.error().params.at("reason");
        return out;
    }
    out.eid = raw_id(leaf->eid);
    out.in_case = !leaf->case_id.empty();
    if (out.in_case) out.case_id = raw_id(leaf->case_id);
    out.seq = leaf->seq;
    out.t = leaf->t;
    out.prev = leaf->prev;
    if (leaf->type == "redaction") out.redaction = leaf->pub;
    return out;
}

// The bundle, its hashes, and that the tile of hashes beside it says the same.
Bundle read_bundle(const fs::path& folder, const Tile& tile, Entries kind)
{
    Bundle out{.tile = tile};
    const auto bytes = read_file(folder / tile_path(tile));
    if (!bytes) return {.tile = tile, .fault = "missing"};
    const auto entries = decode_bundle(*bytes, tile.width);
    if (!entries) return {.tile = tile, .fault = "bundle"};
    std::vector<Hash> hashes;
    for (const auto entry : *entries) {
        out.entries.push_back(read_entry(entry, kind));
        hashes.push_back(out.entries.back().hash);
    }
    out.root = root_of(hashes);
    out.tile.level = 0;
    const auto beside = read_file(folder / tile_path(out.tile));
    if (!beside)
        out.fault = "missing";
    else if (*beside != encode_tile(hashes))
        out.fault = "tile";
    if (out.fault.empty()) out.tile.level = kEntries;
    return out;
}

unsigned thread_count(const VerifyOptions& options)
{
    if (options.threads != 0) return options.threads;
    return std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
}

class LogJudge {
public:
    LogJudge(const fs::path& folder, const VerifyOptions& options, Verification& out)
        : m_folder(folder), m_options(options), m_out(out)
    {
    }

    void judge(const Checkpoint& checkpoint)
    {
        m_size = checkpoint.size;
        TileTree tree(m_size, checkpoint.root, [this](const Tile& tile) { return fetch(tile); });
        const auto bundles = (m_size + kTileWidth - 1) / kTileWidth;
        const std::uint64_t at_once = 32 * thread_count(m_options);
        for (std::uint64_t at = 0; at < bundles && !is_enough(); at += at_once)
            for (const auto& bundle : read_many(at, std::min(bundles, at + at_once)))
                merge(bundle, tree);
        if (m_out.is_broken()) return;
        check_partials();
        check_unique_ids();
        check_redactions();
        check_first(checkpoint.origin);
        if (m_out.is_broken()) return;
        m_out.say(Verdict::proven, "tiles", {{"count", std::to_string(m_size)}});
        if (m_options.entries == Entries::any) return;
        m_out.say(Verdict::proven, "entries", {{"count", std::to_string(m_size)}});
        m_out.say(Verdict::proven, "chains", {{"count", std::to_string(m_cases.size())}});
        for (auto& said : m_erased)
            m_out.statements.push_back(std::move(said));
    }

private:
    std::optional<std::string> fetch(const Tile& tile) const
    {
        return read_file(m_folder / tile_path(tile));
    }

    bool is_enough() const { return m_faults >= m_options.most_faults; }

    void fault(std::string_view what, ProblemParams params)
    {
        ++m_faults;
        if (m_faults <= m_options.most_faults) m_out.say(Verdict::broken, what, std::move(params));
    }

    std::vector<Bundle> read_many(std::uint64_t begin, std::uint64_t end) const
    {
        std::vector<Bundle> out(static_cast<std::size_t>(end - begin));
        const auto threads = thread_count(m_options);
        const auto work = [&](std::size_t first) {
            for (std::size_t i = first; i < out.size(); i += threads) {
                const auto index = begin + i;
                out[i] = read_bundle(
                    m_folder,
                    {.level = kEntries, .index = index, .width = tile_width(0, index, m_size)},
                    m_options.entries);
            }
        };
        std::vector<std::jthread> helpers;
        for (unsigned i = 1; i < threads; ++i)
            helpers.emplace_back(work, i);
        work(0);
        return out;
    }

    void merge(const Bundle& bundle, TileTree& tree)
    {
        if (!bundle.fault.empty()) return fault(bundle.fault, {{"tile", tile_path(bundle.tile)}});
        const auto first = bundle.tile.index * kTileWidth;
        if (bundle.tile.width == kTileWidth) {
            if (tree.node(8, bundle.tile.index) != bundle.root)
                return fault("tile", {{"tile", tile_path(bundle.tile)}});
        } else {
            for (std::size_t i = 0; i < bundle.entries.size(); ++i)
                if (tree.node(0, first + i) != bundle.entries[i].hash)
                    return fault("tile", {{"tile", tile_path(bundle.tile)}});
        }
        if (m_options.entries == Entries::any) return;
        for (std::size_t i = 0; i < bundle.entries.size(); ++i)
            check_entry(bundle.entries[i], first + i);
    }

    void check_entry(const Entry& entry, std::uint64_t index)
    {
        const auto number = std::to_string(index);
        if (!entry.fault.empty())
            return fault("entry", {{"index", number}, {"reason", entry.fault}});
        if (entry.t < m_time) fault("time", {{"index", number}});
        m_time = std::max(m_time, entry.t);
        m_ids.push_back(entry.eid);
        if (entry.redaction) m_redactions.emplace_back(index, *entry.redaction, entry.t);
        if (!entry.in_case) return;
        const auto [known, is_first] = m_cases.try_emplace(entry.case_id, Link{});
        auto& link = known->second;
        const bool follows =
            is_first ? entry.seq == 0 : entry.seq == link.seq + 1 && entry.prev == link.hash;
        if (!follows) fault("chain", {{"index", number}});
        link = {.seq = entry.seq, .hash = entry.hash};
    }

    void check_unique_ids()
    {
        std::sort(m_ids.begin(), m_ids.end());
        const auto twice = std::adjacent_find(m_ids.begin(), m_ids.end());
        if (twice != m_ids.end())
            fault("eid_twice", {{"eid", hex({twice->data(), twice->size()})}});
    }

    // Partial tiles of earlier checkpoints say the beginning of what the tile says now.
    void check_partials()
    {
        for (const auto& found : fs::recursive_directory_iterator(m_folder / "tile")) {
            if (!found.is_regular_file()) continue;
            auto tile = parse_tile_path(fs::relative(found.path(), m_folder).string());
            if (!tile || tile->width == kTileWidth) continue;
            const auto path = tile_path(*tile);
            const auto width = tile_width(tile->level, tile->index, m_size);
            if (tile->width >= width) continue; // beyond this checkpoint, or checked as part of it
            tile->width = width;
            const auto whole = fetch(*tile);
            const auto part = read_file(found.path());
            if (!whole || !part || !whole->starts_with(*part) || !has_width(*part, path))
                fault("tile", {{"tile", path}});
        }
    }

    static bool has_width(std::string_view bytes, std::string_view path)
    {
        const auto tile = *parse_tile_path(path);
        return tile.level == kEntries ? decode_bundle(bytes, tile.width).has_value()
                                      : decode_tile(bytes, tile.width).has_value();
    }

    std::optional<Leaf> leaf_at(std::uint64_t index) const
    {
        const auto at = index / kTileWidth;
        const Tile tile{.level = kEntries, .index = at, .width = tile_width(0, at, m_size)};
        const auto bytes = fetch(tile);
        const auto entries = bytes ? decode_bundle(*bytes, tile.width) : std::nullopt;
        if (!entries) return std::nullopt;
        auto leaf = parse_leaf((*entries)[static_cast<std::size_t>(index % kTileWidth)]);
        return leaf ? std::optional(std::move(*leaf)) : std::nullopt;
    }

    void check_redactions()
    {
        for (const auto& [index, pub, t] : m_redactions) {
            const json::value value(pub);
            const auto target = int_at(value, "target");
            const auto* labels = array_at(value, "labels");
            const auto number = std::to_string(index);
            if (!target || !labels || *target < 0 || std::cmp_greater_equal(*target, index)) {
                fault("redaction", {{"index", number}});
                continue;
            }
            say_erased(static_cast<std::uint64_t>(*target), *labels, number, value, t);
        }
    }

    void say_erased(std::uint64_t target, const json::array& labels, const std::string& by,
                    const json::value& pub, std::int64_t t)
    {
        const auto leaf = leaf_at(target);
        std::string names;
        for (const auto& label : labels) {
            if (!label.is_string()) return fault("redaction", {{"index", by}});
            // Harmless, but nothing was erased by it.
            if (!leaf || !leaf->com.contains(std::string_view(label.get_string()))) {
                m_erased.push_back({.verdict = Verdict::not_provable,
                                    .key = "ledger.verify.erased_nothing",
                                    .params = {{"index", by}}});
                return;
            }
            names += (names.empty() ? "" : ", ") + std::string(label.get_string());
        }
        m_erased.push_back({.verdict = Verdict::erased,
                            .key = "ledger.verify.erased",
                            .params = {{"index", std::to_string(target)},
                                       {"labels", names},
                                       {"by", by},
                                       {"basis", std::string(text_at(pub, "basis").value_or(""))},
                                       {"date", iso(local_date(Instant{t}))}}});
    }

    void check_first(const std::string& origin)
    {
        if (m_options.entries == Entries::any || m_size == 0) return;
        const auto leaf = leaf_at(0);
        const auto* stated = leaf ? leaf->pub.if_contains("origin") : nullptr;
        const bool is_ours = leaf && leaf->type == "log.init" && stated && stated->is_string() &&
                             std::string_view(stated->get_string()) == origin;
        if (!is_ours) fault("first_entry", {{"origin", origin}});
    }

    struct Link {
        std::int64_t seq = 0;
        Hash hash{};
    };
    struct Redaction {
        std::uint64_t index;
        json::object pub;
        std::int64_t t;
        Redaction(std::uint64_t i, json::object p, std::int64_t at)
            : index(i), pub(std::move(p)), t(at)
        {
        }
    };

    const fs::path& m_folder;
    const VerifyOptions& m_options;
    Verification& m_out;
    std::uint64_t m_size = 0;
    std::size_t m_faults = 0;
    std::int64_t m_time = 0;
    std::vector<RawId> m_ids{};
    std::unordered_map<RawId, Link, HashRawId> m_cases{};
    std::vector<Redaction> m_redactions{};
    std::vector<Statement> m_erased{};
};

} // namespace

Verification verify_log(const fs::path& folder, const Policy& policy, const VerifyOptions& options)
{
    Verification out;
    const auto note = read_file(folder / "checkpoint");
    if (!note) {
        out.say(Verdict::broken, "missing", {{"tile", "checkpoint"}});
        return out;
    }
    const auto checkpoint = verify_checkpoint(out, *note, policy);
    if (!checkpoint || checkpoint->size == 0) return out;
    try {
        LogJudge(folder, options, out).judge(*checkpoint);
    } catch (const TileError& error) {
        const std::string_view what(error.what());
        if (what == "root")
            out.say(Verdict::broken, "root", {{"size", std::to_string(checkpoint->size)}});
        else
            out.say(Verdict::broken, what == "missing" ? "missing" : "tile",
                    {{"tile", tile_path(error.tile)}});
    }
    return out;
}

} // namespace adal::ledger
