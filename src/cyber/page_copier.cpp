#include "cyber/page_copier.hpp"

#include "capture/dial.hpp"
#include "capture/warc.hpp"

#include <charconv>
#include <condition_variable>
#include <mutex>

namespace adal::cyber {

namespace copier_rounds {

constexpr std::chrono::seconds kIdle{3}, kAfterTrouble{60};

void rest(std::chrono::seconds wait, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, wait, [] { return false; });
}

} // namespace copier_rounds

Result<CopyWay> read_copy_way(std::string_view written)
{
    if (written.empty()) return CopyWay{};
    if (written == "direct") return CopyWay{.by = CopyWay::By::direct};
    const auto colon = written.rfind(':');
    CopyWay out{.by = CopyWay::By::gateway};
    if (colon != std::string_view::npos && colon > 0) {
        out.host = written.substr(0, colon);
        const auto port = written.substr(colon + 1);
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (error == std::errc{} && end == port.data() + port.size() && out.port > 0 && out.port < 65536) return out;
    }
    return fail(bad_copy_way, {{"value", std::string{written.substr(0, 100)}}});
}

PageFetch fetch_by(const std::string& program, const CopyWay& way, std::function<Instant()> clock)
{
    ADAL_CHECK(way.is_on());
    const capture::Dialer dial = way.by == CopyWay::By::direct ? capture::Dialer{capture::dial_public} : capture::dial_by_gateway(way.host, way.port);
    return [program, dial, clock = std::move(clock)](const capture::Target& target, const capture::Errand& errand) { return capture::fetch_hop(program, dial, target, errand, clock()); };
}

bool take_next_copy(storage::Database& database, const files::Store& files, const Rulebook& rules, const PageFetch& fetch, std::string_view software, const std::function<Instant()>& clock)
{
    const auto wanted = database.read([&](storage::Snapshot& db) { return next_wanted(db, clock().plus(-kSiteRest)); });
    if (!wanted) return false;
    const auto& identity = wanted->resource.identity.key;
    const auto visit = visit_page(std::string_view{identity}.substr(identity.find(':') + 1), fetch);
    auto copy = copy_of(visit, rules.suffixes);
    copy.id = wanted->copy.id;
    copy.resource = wanted->copy.resource;
    std::optional<files::StoredFile> packed;
    if (visit.page) {
        auto hops = visit.hops;
        if (visit.icon) hops.push_back(*visit.icon);
        auto archive = capture::write_archive(hops, software, copy.id.str() + ".warc.gz");
        copy.cdxj = std::move(archive.cdxj);
        packed = files.prepare_archive(archive.warc, "application/warc");
    }
    const auto kept = database.write([&](storage::Transaction& tx) -> Result<PageCopy> {
        const auto stored = packed ? std::optional{files.record(tx, *packed, clock())} : std::nullopt;
        return keep_copy(tx, rules, copy, stored ? &*stored : nullptr, clock());
    });
    if (!kept && !kept.error().is(not_found)) throw std::runtime_error("a copy of a page could not be kept: " + std::string{kept.error().code->key});
    return true;
}

void run_page_copies(storage::Database& database, const files::Store& files, const Rulebook& rules, const PageFetch& fetch, std::string_view software, const std::stop_token& stop,
                     const CopierHeard& heard)
{
    while (!stop.stop_requested()) {
        try {
            if (!take_next_copy(database, files, rules, fetch, software, now)) copier_rounds::rest(copier_rounds::kIdle, stop);
        } catch (const std::exception& trouble) {
            heard(trouble.what());
            copier_rounds::rest(copier_rounds::kAfterTrouble, stop);
        }
    }
}

} // namespace adal::cyber
