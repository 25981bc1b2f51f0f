#include "procurement/search_store.hpp"

#include "base/text.hpp"
#include "procurement/bulk_insert_store.hpp"
#include "procurement/summary_store.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace adal::procurement {

namespace {

constexpr std::size_t kPartiesShown = 8; // of buyers, of suppliers

std::shared_ptr<const SearchColumns> read_columns(storage::Snapshot& snapshot)
{
    auto columns = std::make_shared<SearchColumns>();
    snapshot.each("select process_id, rank, ocid, district, works, method, category, band, year, buyer, supplier, flags, words from process_facets order by rank desc, ocid",
                  [&](const storage::Row& row) {
                      SearchRow out{.id = row.get<std::string>(0), .ocid = row.get<std::string>(2), .flags = row.get<std::string>(11), .words = row.get<std::string>(12), .rank = row.integer(1)};
                      constexpr std::array kOrder{Facet::district, Facet::works, Facet::method, Facet::category, Facet::band, Facet::year, Facet::buyer, Facet::supplier};
                      for (std::size_t i = 0; i < kOrder.size(); ++i) out.values[static_cast<std::size_t>(kOrder[i])] = row.get<std::string>(static_cast<int>(i) + 3);
                      columns->add(out);
                  });
    return columns;
}

// The last states that were asked for; a token is of one database and one state.
std::shared_ptr<const SearchColumns> columns_of(storage::Snapshot& snapshot)
{
    struct Kept {
        std::string token{};
        std::shared_ptr<const SearchColumns> columns{};
    };
    static std::mutex mutex;
    static std::array<Kept, 2> kept;
    const auto token = snapshot.value<std::string>("select token from procurement_search_state where id = 1").value_or("");
    const std::lock_guard lock(mutex); // held while reading: the others would read the same
    for (const auto& one : kept)
        if (one.columns && one.token == token) return one.columns;
    std::swap(kept[0], kept[1]);
    kept[0] = {token, read_columns(snapshot)};
    return kept[0].columns;
}

} // namespace

const SearchColumns& SearchStore::columns()
{
    if (!m_columns) m_columns = columns_of(m_snapshot);
    return *m_columns;
}

ListPage SearchStore::page(const Search& search)
{
    auto found = columns().page(search);
    ListPage page{.next = std::move(found.next)};
    for (const auto& id : found.ids)
        m_snapshot.each("select " ADAL_SUMMARY_COLUMNS "from processes p where p.id = ?1", [&](const storage::Row& row) { page.rows.push_back(summary_of(row)); }, id);
    return page;
}

SearchColumns::Page SearchStore::ids(const Search& search)
{
    return columns().page(search);
}

std::string SearchStore::each_export(const Search& search, const std::function<void(const ExportRow&)>& give)
{
    auto found = columns().page(search);
    for (const auto& id : found.ids)
        m_snapshot.each("select " ADAL_SUMMARY_COLUMNS ", f.district, f.method, f.category, f.year, f.flags, f.accepted_at from processes p join process_facets f on f.process_id = p.id where p.id = ?1",
                        [&](const storage::Row& row) {
                            ExportRow out{.summary = summary_of(row),
                                          .values = {.district = row.get<std::string>(kSummaryRank + 1), .method = row.get<std::string>(kSummaryRank + 2),
                                                     .category = row.get<std::string>(kSummaryRank + 3), .year = row.get<std::string>(kSummaryRank + 4),
                                                     .accepted_at = row.get<std::optional<Instant>>(kSummaryRank + 6)}};
                            for (const auto code : split(row.text(kSummaryRank + 5), ' '))
                                if (!code.empty()) out.flags.emplace_back(code);
                            give(out);
                        },
                        id);
    return found.next;
}

std::int64_t SearchStore::total(const Search& search)
{
    return columns().total(search);
}

Found SearchStore::counts(const Search& search)
{
    auto found = columns().counts(search, kPartiesShown);
    for (const auto facet : {Facet::buyer, Facet::supplier})
        for (auto& one : found.of(facet))
            one.label = m_snapshot.value<std::string>("select name from procurement_parties where id = ?1 and is_person = 0", one.value).value_or(one.value);
    return found;
}

namespace {

struct KnownParty {
    std::string name{}, locality{};
    bool is_person = false;
};

// Everybody the rows name, once each.
std::unordered_map<std::string, KnownParty> parties_in(std::span<const SearchWriter::Row> rows)
{
    std::unordered_map<std::string, KnownParty> out;
    for (const auto& row : rows) {
        const auto& process = *row.process;
        const auto add = [&](const PartyRef& party) {
            const auto identity = identity_of(party);
            if (identity.empty()) return;
            auto& known = out[identity];
            known.is_person = known.is_person || is_person(process, party);
            if (!party.name.empty()) known.name = party.name;
            if (const auto* described = party_of(process, party.id); described && !described->locality.empty()) known.locality = described->locality;
        };
        add(process.buyer);
        add(process.procuring_entity);
        for (const auto& bid : process.bids) std::ranges::for_each(bid.tenderers, add);
        for (const auto& award : process.awards) std::ranges::for_each(award.suppliers, add);
    }
    return out;
}

using PartyIds = std::unordered_map<std::string, std::string>;

PartyIds save_parties_of(storage::Transaction& tx, std::span<const SearchWriter::Row> rows, Instant now)
{
    PartyIds ids;
    tx.each("select identity, id from procurement_parties", [&](const storage::Row& row) { ids.emplace(row.get<std::string>(0), row.get<std::string>(1)); });
    BulkInsert insert{tx, "insert into procurement_parties (id, identity, name, is_person, locality, search_key) values", 6,
                      "on conflict (identity) do update set name = excluded.name, is_person = excluded.is_person, "
                      "locality = excluded.locality, search_key = excluded.search_key"};
    for (auto& [identity, party] : parties_in(rows)) {
        auto known = ids.find(identity);
        if (known == ids.end()) known = ids.emplace(identity, PartyId::make(now).str()).first;
        if (party.is_person) party.name = party.locality = {};
        const auto key = party.is_person ? std::string{} : " " + fold(party.name + " " + identity);
        insert.row(known->second, identity, party.name, party.is_person, party.locality, key);
    }
    insert.finish();
    return ids;
}

} // namespace

void SearchWriter::save(std::span<const Row> rows, Instant now)
{
    const auto ids = save_parties_of(m_tx, rows, now);
    const auto id_of = [&](const PartyRef& party) {
        const auto found = ids.find(identity_of(party));
        return found == ids.end() ? std::string{} : found->second;
    };
    BulkInsert facets{m_tx,
                      "insert into process_facets (process_id, rank, ocid, failed, district, works, method, category, band, year, flags, "
                      "buyer, supplier, tenge, accepted_at, words) values",
                      16,
                      "on conflict (process_id) do update set district = excluded.district, "
                      "works = excluded.works, method = excluded.method, category = excluded.category, band = excluded.band, "
                      "year = excluded.year, flags = excluded.flags, buyer = excluded.buyer, supplier = excluded.supplier, "
                      "tenge = excluded.tenge, accepted_at = excluded.accepted_at, words = excluded.words"};
    for (const auto& row : rows) {
        const auto& process = *row.process;
        const Shown shown{process};
        const auto values = facet_values(*shown);
        const auto supplier = deal_of(process).supplier;
        const bool hides_supplier = is_person(process, supplier);
        const bool hides_buyer = is_person(process, process.buyer);
        const auto words =
            " " + fold(shown->title + " " + shown->buyer.name + " " + deal_of(*shown).supplier.name + " " + shown->locality + " " + process.ocid);
        facets.row(row.id, 0, process.ocid, 0, values.district, row.work_kind, values.method, values.category, values.band, values.year, row.flags,
                   hides_buyer ? std::string{} : id_of(process.buyer), hides_supplier ? std::string{} : id_of(supplier), values.tenge,
                   values.accepted_at, words);
    }
    facets.finish();
    // Who took part points to the parties.
    m_tx.exec("update process_parties set party = coalesce((select p.id from procurement_parties p where p.identity = "
              "case when process_parties.party_id <> '' then process_parties.party_id else 'name:' || process_parties.name end), '') "
              "where party = ''");
    change_state();
}

void SearchWriter::change_state()
{
    const auto token = make_ulid(now());
    m_tx.exec("update procurement_search_state set token = ?1 where id = 1", std::string_view{token.data(), token.size()});
}

void SearchWriter::copy_ranks()
{
    m_tx.exec("update process_facets set rank = (select p.rank from processes p where p.id = process_facets.process_id), "
              "failed = (select p.failed from processes p where p.id = process_facets.process_id) "
              "where exists (select 1 from processes p where p.id = process_facets.process_id "
              "and (p.rank <> process_facets.rank or p.failed <> process_facets.failed))");
    change_state();
}

void SearchWriter::count_parties()
{
    m_tx.exec("update procurement_parties set "
              "bought = (select count(*) from process_facets f where f.buyer = procurement_parties.id), "
              "sold = (select count(*) from process_facets f where f.supplier = procurement_parties.id), "
              "offered = (select count(distinct r.process_id) from process_parties r where r.party = procurement_parties.id and r.role = 'tenderer')");
}

} // namespace adal::procurement
