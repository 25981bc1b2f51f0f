#include "cyber/page_copy_store.hpp"

#include "base/json.hpp"
#include "cyber/resource_store.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

namespace adal::cyber {

namespace page_copy_rows {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

constexpr std::string_view kColumns = "c.id, c.resource_id, c.site, c.wanted_at, c.taken_at, c.failure, c.hops, c.title, c.text, c.likeness, c.icon, c.file_id, c.cdxj, c.leaf";
constexpr std::int64_t kCommon = 50; // sites that share an icon or a contact which says nothing any more

std::string steps_text(const std::vector<PageStep>& steps)
{
    json::array out;
    for (const auto& step : steps)
        out.push_back(json::object{{"url", step.url}, {"status", step.status}, {"failure", capture::name(step.failure)}, {"address", step.address}, {"tls", step.tls}, {"certificate", step.certificate}});
    return to_text(out);
}

std::vector<PageStep> steps_from(std::string_view text)
{
    const auto read = parse_json(text);
    ADAL_CHECK(read && read->is_array());
    std::vector<PageStep> out;
    for (const auto& step : read->as_array()) {
        const auto word = [&](std::string_view key) { return std::string{text_at(step, key).value_or("")}; };
        out.push_back({.url = word("url"), .status = static_cast<int>(int_at(step, "status").value_or(0)), .failure = capture::failure_from(word("failure")).value_or(capture::Failure::worker),
                       .address = word("address"), .tls = word("tls"), .certificate = word("certificate")});
    }
    return out;
}

std::optional<std::int64_t> as_row(std::optional<std::uint64_t> bits)
{
    return bits ? std::optional{std::bit_cast<std::int64_t>(*bits)} : std::nullopt;
}

std::optional<std::int64_t> band(std::optional<std::uint64_t> bits, unsigned n)
{
    return bits ? std::optional{static_cast<std::int64_t>(*bits >> (16 * n) & 0xffff)} : std::nullopt;
}

PageCopy read_copy(const Row& row)
{
    PageCopy out{.id = row.get<PageCopyId>(0), .resource = row.get<ResourceId>(1), .site = row.get<std::string>(2), .wanted_at = row.get<Instant>(3),
                 .taken_at = row.get<std::optional<Instant>>(4), .failure = capture::failure_from(row.text(5)).value_or(capture::Failure::worker), .steps = steps_from(row.text(6)),
                 .title = row.get<std::string>(7), .text = row.get<std::string>(8)};
    if (const auto bits = row.get<std::optional<std::int64_t>>(9)) out.likeness = std::bit_cast<std::uint64_t>(*bits);
    out.icon = row.get<std::optional<std::string>>(10).value_or("");
    if (!row.is_null(11)) out.file = row.get<FileId>(11);
    out.cdxj = row.get<std::string>(12);
    out.leaf = row.get<std::optional<std::int64_t>>(13);
    return out;
}

PageCopy with_contacts(Snapshot& snapshot, PageCopy copy)
{
    copy.contacts = snapshot.all("select identity from cyber_page_contact where copy_id = ?1 order by identity", [](const Row& row) { return row.get<std::string>(0); }, copy.id);
    return copy;
}

std::string select(std::string_view rest)
{
    return fmt::format("select {} from cyber_page_copy c {}", kColumns, rest);
}

std::vector<ResourceId> by_text(Snapshot& snapshot, const PageCopy& copy)
{
    std::vector<ResourceId> out;
    snapshot.each("select resource_id, likeness from cyber_page_copy where resource_id <> ?1 and (likeness_0 = ?2 or likeness_1 = ?3 or likeness_2 = ?4 or likeness_3 = ?5) order by taken_at desc limit 5000",
                  [&](const Row& row) {
                      if (are_alike(std::bit_cast<std::uint64_t>(row.get<std::int64_t>(1)), *copy.likeness)) out.push_back(row.get<ResourceId>(0));
                  },
                  copy.resource, band(copy.likeness, 0), band(copy.likeness, 1), band(copy.likeness, 2), band(copy.likeness, 3));
    return out;
}

std::vector<ResourceId> by_icon(Snapshot& snapshot, const PageCopy& copy)
{
    if (snapshot.value<std::int64_t>("select count(distinct site) from cyber_page_copy where icon = ?1", copy.icon).value_or(0) >= kCommon) return {};
    return snapshot.all("select distinct resource_id from cyber_page_copy where icon = ?1 and resource_id <> ?2 order by resource_id", [](const Row& row) { return row.get<ResourceId>(0); },
                        copy.icon, copy.resource);
}

std::vector<ResourceId> by_contact(Snapshot& snapshot, const PageCopy& copy)
{
    return snapshot.all("select distinct c.resource_id from cyber_page_contact mine join cyber_page_contact other on other.identity = mine.identity join cyber_page_copy c on c.id = other.copy_id "
                        "where mine.copy_id = ?1 and c.resource_id <> ?2 and (select count(distinct s.site) from cyber_page_contact x join cyber_page_copy s on s.id = x.copy_id "
                        "where x.identity = mine.identity) < ?3 order by c.resource_id",
                        [](const Row& row) { return row.get<ResourceId>(0); }, copy.id, copy.resource, kCommon);
}

} // namespace page_copy_rows

using namespace page_copy_rows;

void add_wanted(Transaction& tx, const PageCopy& copy)
{
    tx.exec("insert into cyber_page_copy (id, resource_id, site, wanted_at, failure, hops, title, text, cdxj) values (?1, ?2, ?3, ?4, ?5, '[]', '', '', '')", copy.id, copy.resource, copy.site,
            copy.wanted_at, capture::name(copy.failure));
}

void save_taken(Transaction& tx, const PageCopy& copy)
{
    tx.exec("update cyber_page_copy set taken_at = ?2, failure = ?3, hops = ?4, title = ?5, text = ?6, likeness = ?7, likeness_0 = ?8, likeness_1 = ?9, likeness_2 = ?10, likeness_3 = ?11, "
            "icon = ?12, file_id = ?13, cdxj = ?14, leaf = ?15 where id = ?1",
            copy.id, copy.taken_at, capture::name(copy.failure), steps_text(copy.steps), copy.title, copy.text, as_row(copy.likeness), band(copy.likeness, 0), band(copy.likeness, 1),
            band(copy.likeness, 2), band(copy.likeness, 3), copy.icon.empty() ? std::nullopt : std::optional{copy.icon}, copy.file.is_set() ? std::optional{copy.file} : std::nullopt, copy.cdxj,
            copy.leaf);
    for (const auto& identity : copy.contacts) tx.exec("insert into cyber_page_contact (copy_id, identity) values (?1, ?2)", copy.id, identity);
}

std::optional<WantedCopy> next_wanted(Snapshot& snapshot, Instant quiet_since)
{
    const auto copy = snapshot.first(select("join cyber_resource r on r.id = c.resource_id where c.taken_at is null and not exists (select 1 from cyber_page_copy o where o.site = c.site and "
                                            "o.taken_at > ?1) order by r.score desc, c.wanted_at, c.id limit 1"),
                                     read_copy, quiet_since);
    if (!copy) return std::nullopt;
    return WantedCopy{.copy = *copy, .resource = *find_resource(snapshot, copy->resource)};
}

bool is_wanted(Snapshot& snapshot, ResourceId resource)
{
    return snapshot.value<std::int64_t>("select count(*) from cyber_page_copy where resource_id = ?1 and taken_at is null", resource).value_or(0) > 0;
}

std::vector<PageCopy> copies_of(Snapshot& snapshot, ResourceId resource)
{
    return snapshot.all(select("where c.resource_id = ?1 order by c.wanted_at desc, c.id desc limit 20"), read_copy, resource);
}

std::optional<PageCopy> find_copy(Snapshot& snapshot, PageCopyId id)
{
    auto copy = snapshot.first(select("where c.id = ?1"), read_copy, id);
    return copy ? std::optional{with_contacts(snapshot, std::move(*copy))} : std::nullopt;
}

std::optional<PageCopy> newest_copy(Snapshot& snapshot, ResourceId resource)
{
    auto copy = snapshot.first(select("where c.resource_id = ?1 and c.file_id is not null order by c.taken_at desc, c.id desc limit 1"), read_copy, resource);
    return copy ? std::optional{with_contacts(snapshot, std::move(*copy))} : std::nullopt;
}

std::vector<Alike> alike(Snapshot& snapshot, const PageCopy& copy, std::size_t limit)
{
    std::vector<Alike> out;
    const auto take = [&](const std::vector<ResourceId>& ids, AlikeBy by) {
        for (const auto id : ids) {
            if (out.size() == limit || std::ranges::any_of(out, [&](const Alike& one) { return one.resource.id == id; })) continue;
            if (auto resource = find_resource(snapshot, id)) out.push_back({.resource = std::move(*resource), .by = by});
        }
    };
    if (copy.likeness) take(by_text(snapshot, copy), AlikeBy::text);
    if (!copy.icon.empty()) take(by_icon(snapshot, copy), AlikeBy::icon);
    if (!copy.contacts.empty()) take(by_contact(snapshot, copy), AlikeBy::contact);
    return out;
}

} // namespace adal::cyber
