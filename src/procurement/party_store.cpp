#include "procurement/party_store.hpp"

#include "base/text.hpp"
#include "procurement/network.hpp"
#include "procurement/search_store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace adal::procurement {

namespace {

PartyRow party_row_of(const storage::Row& row)
{
    return {.id = row.get<std::string>(0), .name = row.get<std::string>(1), .identity = row.get<std::string>(2), .locality = row.get<std::string>(3),
            .bought = row.integer(4), .sold = row.integer(5), .offered = row.integer(6)};
}

constexpr std::string_view kPartyColumns = "p.id, p.name, p.identity, p.locality, p.bought, p.sold, p.offered";

PartySlice slice_of(const storage::Row& row)
{
    return {.value = row.get<std::string>(0), .count = row.integer(1), .failed = row.integer(2), .tenge = row.integer(3)};
}

std::string column_of(PartySide side)
{
    return side == PartySide::buyer ? "f.buyer" : "f.supplier";
}

std::string other_column_of(PartySide side)
{
    return side == PartySide::buyer ? "f.supplier" : "f.buyer";
}

// A bigint in both engines; sum() of PostgreSQL is a numeric.
constexpr std::string_view kSliceSums = "count(*), count(case when f.failed > 0 then 1 end), cast(coalesce(sum(f.tenge), 0) as bigint)";

constexpr std::size_t kPartyWords = 3;

std::array<std::string, kPartyWords> party_patterns(std::string_view typed)
{
    std::array<std::string, kPartyWords> out;
    out.fill("%");
    const auto words = query_words(typed);
    for (std::size_t i = 0; i < words.size() && i < kPartyWords; ++i)
        if (!words[i].exact.empty()) out[i] = "% " + words[i].exact.front() + "%";
    return out;
}

struct PartyStart {
    std::int64_t weight = INT64_MAX;
    std::string id{};
};

PartyStart party_start_from(std::string_view key)
{
    const auto dot = key.find('.');
    std::int64_t weight = 0;
    if (dot == std::string_view::npos) return {};
    const auto [end, error] = std::from_chars(key.data(), key.data() + dot, weight);
    if (error != std::errc{} || end != key.data() + dot) return {};
    return {weight, std::string{key.substr(dot + 1)}};
}

} // namespace

std::optional<PartyRow> PartyStore::find(PartyId id)
{
    return m_snapshot.first("select " + std::string{kPartyColumns} + " from procurement_parties p where p.id = ?1 and p.is_person = 0", party_row_of, id);
}

PartyPage PartyStore::list(const PartySearch& search)
{
    const auto start = party_start_from(search.after);
    const auto like = party_patterns(search.words);
    PartyPage page;
    m_snapshot.each(
        "select " + std::string{kPartyColumns} + " from procurement_parties p where p.is_person = 0 and p.bought + p.sold + p.offered > 0 "
        "and (p.bought + p.sold < ?1 or (p.bought + p.sold = ?1 and p.id > ?2)) and p.search_key like ?3 and p.search_key like ?4 and p.search_key like ?5 "
        "order by p.bought + p.sold desc, p.id limit ?6",
        [&](const storage::Row& row) {
            if (static_cast<int>(page.rows.size()) == search.most) {
                const auto& last = page.rows.back();
                page.next = std::to_string(last.bought + last.sold) + "." + last.id;
                return;
            }
            page.rows.push_back(party_row_of(row));
        },
        start.weight, start.id, like[0], like[1], like[2], search.most + 1);
    return page;
}

std::map<std::string, std::string> PartyStore::ids_of(ProcessId id)
{
    std::map<std::string, std::string> out;
    m_snapshot.each("select p.identity, p.id from process_parties r join procurement_parties p on p.id = r.party where r.process_id = ?1 and p.is_person = 0",
                    [&](const storage::Row& row) { out.emplace(row.get<std::string>(0), row.get<std::string>(1)); }, id);
    return out;
}

std::vector<PartySlice> PartyStore::by_year(PartyId id, PartySide side)
{
    return m_snapshot.all("select f.year, " + std::string{kSliceSums} + " from process_facets f where " + column_of(side) + " = ?1 group by f.year order by f.year desc",
                          slice_of, id);
}

std::vector<PartySlice> PartyStore::by_method(PartyId id, PartySide side)
{
    return m_snapshot.all("select f.method, " + std::string{kSliceSums} + " from process_facets f where " + column_of(side) + " = ?1 group by f.method order by 2 desc, 1 limit 12",
                          slice_of, id);
}

std::vector<PartySlice> PartyStore::by_flag(PartyId id, PartySide side)
{
    return m_snapshot.all("select g.code, count(*), count(*), cast(coalesce(sum(f.tenge), 0) as bigint) from process_facets f join process_flags g "
                          "on g.process_id = f.process_id and g.outcome = 'fail' where " + column_of(side) + " = ?1 group by g.code order by 2 desc, 1",
                          slice_of, id);
}

std::int64_t PartyStore::bids_without_win(PartyId id)
{
    return m_snapshot
        .value<std::int64_t>("select count(distinct r.process_id) from process_parties r join process_facets f on f.process_id = r.process_id "
                             "where r.party = ?1 and r.role = 'tenderer' and f.supplier <> ?1",
                             id)
        .value_or(0);
}

std::vector<PartyNeighbour> PartyStore::partners(PartyId id, PartySide side, int most)
{
    const auto other = other_column_of(side);
    return m_snapshot.all("select hit.party, p.name, hit.n, hit.sum from (select " + other + " as party, count(*) as n, cast(coalesce(sum(f.tenge), 0) as bigint) as sum "
                          "from process_facets f where " + column_of(side) + " = ?1 and " + other + " <> '' group by " + other + " order by sum desc, n desc, party limit ?2) as hit "
                          "join procurement_parties p on p.id = hit.party where p.is_person = 0 order by hit.sum desc, hit.n desc, hit.party",
                          [](const storage::Row& row) {
                              return PartyNeighbour{.id = row.get<std::string>(0), .name = row.get<std::string>(1), .count = row.integer(2), .won = row.integer(2),
                                                    .tenge = row.integer(3)};
                          },
                          id, most);
}

std::vector<PartyNeighbour> PartyStore::co_bidders(PartyId id, int most)
{
    return m_snapshot.all("select hit.party, p.name, hit.n, hit.won from (select b.party as party, count(distinct b.process_id) as n, "
                          "count(distinct case when f.supplier = b.party then b.process_id end) as won "
                          "from process_parties a join process_parties b on b.process_id = a.process_id and b.role = 'tenderer' and b.party <> a.party "
                          "join process_facets f on f.process_id = a.process_id join procurement_parties q on q.id = b.party and q.is_person = 0 "
                          "where a.party = ?1 and a.role = 'tenderer' group by b.party order by n desc, b.party limit ?2) as hit "
                          "join procurement_parties p on p.id = hit.party order by hit.n desc, hit.party",
                          [](const storage::Row& row) {
                              return PartyNeighbour{.id = row.get<std::string>(0), .name = row.get<std::string>(1), .count = row.integer(2), .won = row.integer(3)};
                          },
                          id, most);
}

std::vector<PartyTie> PartyStore::ties(const std::vector<PartyNeighbour>& neighbours)
{
    std::array<std::string, kMostNeighbours> ids;
    std::string list;
    for (std::size_t i = 0; i < kMostNeighbours; ++i) {
        ids[i] = i < neighbours.size() ? neighbours[i].id : std::string{"-"};
        list += (i == 0 ? "?" : ", ?") + std::to_string(i + 1);
    }
    const auto place = [&](std::string_view id) { return static_cast<std::size_t>(std::ranges::find(ids, id) - ids.begin()); };
    std::vector<PartyTie> out;
    std::apply(
        [&](const auto&... id) {
            m_snapshot.each("select a.party, b.party, count(distinct a.process_id) from process_parties a join process_parties b on b.process_id = a.process_id "
                            "and b.role = 'tenderer' and b.party > a.party and b.party in (" + list + ") where a.role = 'tenderer' and a.party in (" + list + ") "
                            "group by a.party, b.party order by 3 desc, 1, 2",
                            [&](const storage::Row& row) { out.push_back({place(row.text(0)), place(row.text(1)), row.integer(2)}); }, id...);
        },
        ids);
    return out;
}

} // namespace adal::procurement
