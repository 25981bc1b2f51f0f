#include "procurement/search_store.hpp"

#include "base/text.hpp"
#include "procurement/bulk_insert_store.hpp"
#include "procurement/summary_store.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace adal::procurement {

namespace {

constexpr std::size_t kSearchWords = 4;
constexpr int kPartiesShown = 8; // of buyers, of suppliers

// "rank.ocid" of the last row shown; anything else begins at the beginning.
struct PageStart {
    std::int64_t rank = INT64_MAX;
    std::string ocid{};
};

PageStart page_start_from(std::string_view key)
{
    const auto dot = key.find('.');
    if (dot == std::string_view::npos) return {};
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + dot, number);
    if (error != std::errc{} || end != key.data() + dot) return {};
    return {number, std::string{key.substr(dot + 1)}};
}

// ?1 … ?16: two patterns for each of four words, then seven small facets and two parties. A filter that is not asked
// for leaves "?n = ''", which the engine answers once, not for each row.
constexpr std::size_t kConditionArguments = kSearchWords * 2 + kFacets;

enum class Filters { all, no_small, no_buyer, no_supplier };

class Condition
{
public:
    Condition(const Search& search, Filters filters)
    {
        add_words(search.words);
        for (const auto facet : all_facets) add_facet(facet, is_kept(facet, filters) ? search.value(facet) : std::string{});
    }
    [[nodiscard]] const std::string& sql() const { return m_sql; }
    [[nodiscard]] const auto& arguments() const { return m_arguments; }

private:
    static bool is_kept(Facet facet, Filters filters)
    {
        const bool is_party = facet == Facet::buyer || facet == Facet::supplier;
        if (filters == Filters::no_small) return is_party;
        if (filters == Filters::no_buyer) return facet != Facet::buyer;
        return filters == Filters::no_supplier ? facet != Facet::supplier : true;
    }
    void put(std::size_t at, std::string_view asked, std::string value)
    {
        const std::string number = std::to_string(at + 1);
        m_sql += (m_sql.empty() ? "" : " and ") + (value.empty() ? "?" + number + " = ''" : std::string{asked} + "?" + number);
        m_arguments[at] = std::move(value);
    }
    void add_words(std::string_view typed)
    {
        const auto words = query_words(typed);
        for (std::size_t i = 0; i < kSearchWords; ++i) {
            const auto* word = i < words.size() && !words[i].exact.empty() ? &words[i] : nullptr;
            const std::string first = !word ? std::string{} : word->prefix.empty() ? word->exact.front() : word->prefix;
            const std::string second = !word ? std::string{} : word->exact.size() > 1 ? word->exact[1] : word->exact.front();
            const bool is_one = second.starts_with(first);
            put(i * 2, is_one ? "f.words like " : "(f.words like ", word ? "% " + first + "%" : std::string{});
            if (is_one || !word) put(i * 2 + 1, "", {});
            else {
                m_sql += " or f.words like ?" + std::to_string(i * 2 + 2) + ")";
                m_arguments[i * 2 + 1] = "% " + second + "%";
            }
        }
    }
    void add_facet(Facet facet, const std::string& wanted)
    {
        const auto at = kSearchWords * 2 + static_cast<std::size_t>(facet);
        if (wanted == kAnyValue && facet == Facet::works) return put(at, "f.works <> '' and 'any' = ", wanted);
        if (wanted == kAnyValue && facet == Facet::flag) return put(at, "f.failed > 0 and 'any' = ", wanted);
        if (facet == Facet::flag) return put(at, "f.flags like ", wanted.empty() ? wanted : "% " + like_text(wanted) + " %");
        static constexpr std::array<std::string_view, kFacets> kColumns{"f.district = ", "f.works = ", "f.method = ", "f.category = ", "f.band = ",
                                                                        "f.year = ",     "",           "f.buyer = ",  "f.supplier = "};
        put(at, kColumns[static_cast<std::size_t>(facet)], wanted);
    }
    // Letters and digits only: a code has nothing else, and a pattern must not be made of it.
    static std::string like_text(std::string_view code)
    {
        std::string out;
        for (const char c : code) out += (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? c : '?';
        return out;
    }

    std::string m_sql{};
    std::array<std::string, kConditionArguments> m_arguments{};
};

// Runs with the arguments of the condition and then those of the statement itself, from ?18 on.
template <typename F, typename... A>
void each_row(storage::Snapshot& snapshot, const std::string& sql, const Condition& condition, F f, const A&... more)
{
    std::apply([&](const auto&... known) { snapshot.each(sql, f, known..., more...); }, condition.arguments());
}

} // namespace

ListPage SearchStore::page(const Search& search)
{
    const auto start = page_start_from(search.after);
    const Condition condition{search, Filters::all};
    ListPage page;
    std::int64_t last_rank = 0;
    each_row(
        m_snapshot,
        "select " ADAL_SUMMARY_COLUMNS "from (select f.process_id as id, f.rank, f.ocid from process_facets f where "
        "(f.rank < ?18 or (f.rank = ?18 and f.ocid > ?19)) and " + condition.sql()
            + " order by f.rank desc, f.ocid limit ?20) as hit join processes p on p.id = hit.id order by hit.rank desc, hit.ocid",
        condition,
        [&](const storage::Row& row) {
            if (static_cast<int>(page.rows.size()) == search.most) {
                page.next = std::to_string(last_rank) + "." + page.rows.back().ocid;
                return;
            }
            page.rows.push_back(summary_of(row));
            last_rank = row.integer(kSummaryRank);
        },
        start.rank, start.ocid, search.most + 1);
    return page;
}

SearchStore::Ids SearchStore::ids(const Search& search)
{
    const auto start = page_start_from(search.after);
    const Condition condition{search, Filters::all};
    Ids out;
    std::string last;
    each_row(
        m_snapshot,
        "select f.process_id, f.rank, f.ocid from process_facets f where (f.rank < ?18 or (f.rank = ?18 and f.ocid > ?19)) and "
            + condition.sql() + " order by f.rank desc, f.ocid limit ?20",
        condition,
        [&](const storage::Row& row) {
            if (static_cast<int>(out.ids.size()) == search.most) {
                out.next = last;
                return;
            }
            out.ids.push_back(row.get<ProcessId>(0));
            last = std::to_string(row.integer(1)) + "." + row.get<std::string>(2);
        },
        start.rank, start.ocid, search.most + 1);
    return out;
}

std::string SearchStore::each_export(const Search& search, const std::function<void(const ExportRow&)>& give)
{
    const auto start = page_start_from(search.after);
    const Condition condition{search, Filters::all};
    int given = 0;
    std::string last, next;
    each_row(
        m_snapshot,
        "select " ADAL_SUMMARY_COLUMNS ", hit.district, hit.method, hit.category, hit.year, hit.flags, hit.accepted_at from (select f.process_id as id, f.rank, f.ocid, "
        "f.district, f.method, f.category, f.year, f.flags, f.accepted_at from process_facets f where (f.rank < ?18 or (f.rank = ?18 and f.ocid > ?19)) and "
            + condition.sql() + " order by f.rank desc, f.ocid limit ?20) as hit join processes p on p.id = hit.id order by hit.rank desc, hit.ocid",
        condition,
        [&](const storage::Row& row) {
            if (given++ == search.most) {
                next = last;
                return;
            }
            ExportRow out{.summary = summary_of(row),
                          .values = {.district = row.get<std::string>(kSummaryRank + 1), .method = row.get<std::string>(kSummaryRank + 2),
                                     .category = row.get<std::string>(kSummaryRank + 3), .year = row.get<std::string>(kSummaryRank + 4),
                                     .accepted_at = row.get<std::optional<Instant>>(kSummaryRank + 6)}};
            for (const auto code : split(row.text(kSummaryRank + 5), ' '))
                if (!code.empty()) out.flags.emplace_back(code);
            last = std::to_string(row.integer(kSummaryRank)) + "." + out.summary.ocid;
            give(out);
        },
        start.rank, start.ocid, search.most + 1);
    return next;
}

std::int64_t SearchStore::total(const Search& search)
{
    const Condition condition{search, Filters::all};
    std::int64_t count = 0;
    each_row(m_snapshot, "select count(*) from process_facets f where " + condition.sql(), condition, [&](const storage::Row& row) { count = row.integer(0); });
    return count;
}

Found SearchStore::counts(const Search& search)
{
    FacetTally tally{search};
    const Condition large{search, Filters::no_small};
    each_row(
        m_snapshot,
        "select f.district, f.works, f.method, f.category, f.band, f.year, f.flags, count(*) from process_facets f where " + large.sql()
            + " group by f.district, f.works, f.method, f.category, f.band, f.year, f.flags",
        large, [&](const storage::Row& row) {
            Alike alike{.count = row.integer(7)};
            for (int i = 0; i < 7; ++i) alike.values[static_cast<std::size_t>(i)] = row.get<std::string>(i);
            tally.add(alike);
        });
    Found found = tally.found();
    const auto parties = [&](Facet facet, std::string_view column, Filters filters) {
        const Condition condition{search, filters};
        const std::string field = "f." + std::string{column};
        each_row(
            m_snapshot,
            "select hit.party, p.name, hit.n from (select " + field + " as party, count(*) as n from process_facets f where " + field + " <> '' and "
                + condition.sql() + " group by " + field + " order by n desc, " + field + " limit ?18) as hit "
                "join procurement_parties p on p.id = hit.party order by hit.n desc, p.name",
            condition, [&](const storage::Row& row) { found.of(facet).push_back({row.get<std::string>(0), row.get<std::string>(1), row.integer(2)}); },
            kPartiesShown);
        const auto& wanted = search.value(facet);
        if (wanted.empty() || std::ranges::find(found.of(facet), wanted, &FacetCount::value) != found.of(facet).end()) return;
        const auto name_text = m_snapshot.value<std::string>("select name from procurement_parties where id = ?1 and is_person = 0", wanted);
        found.of(facet).push_back({.value = wanted, .label = name_text.value_or(wanted)});
    };
    parties(Facet::buyer, "buyer", Filters::no_buyer);
    parties(Facet::supplier, "supplier", Filters::no_supplier);
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
}

void SearchWriter::copy_ranks()
{
    m_tx.exec("update process_facets set rank = (select p.rank from processes p where p.id = process_facets.process_id), "
              "failed = (select p.failed from processes p where p.id = process_facets.process_id) "
              "where exists (select 1 from processes p where p.id = process_facets.process_id "
              "and (p.rank <> process_facets.rank or p.failed <> process_facets.failed))");
}

void SearchWriter::count_parties()
{
    m_tx.exec("update procurement_parties set "
              "bought = (select count(*) from process_facets f where f.buyer = procurement_parties.id), "
              "sold = (select count(*) from process_facets f where f.supplier = procurement_parties.id), "
              "offered = (select count(distinct r.process_id) from process_parties r where r.party = procurement_parties.id and r.role = 'tenderer')");
}

} // namespace adal::procurement
