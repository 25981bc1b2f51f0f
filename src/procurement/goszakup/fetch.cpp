#include "procurement/goszakup/fetch.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "procurement/goszakup/portal_text.hpp"
#include "procurement/goszakup/record_reader.hpp"

#include <algorithm>
#include <set>

namespace adal::procurement::goszakup {

namespace fetching {

constexpr int kSameAgain = 3; // times a broken or repeated page is asked for
constexpr std::string_view kChanged = "-changed";

// What one answer says about the next request.
struct Page {
    std::string line{};                // the answer on one line
    std::string last_id{}, hash{};
    std::size_t rows = 0;
    bool has_next = false;
    std::optional<LocalDate> newest{}; // of the dates of its objects
};

// Line breaks between values only: inside a text JSON writes them as \n.
std::string on_one_line(std::string text)
{
    std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return std::string{trim(text)};
}

std::string text_of(const json::value* value)
{
    if (!value) return {};
    if (value->is_string()) return std::string{value->get_string()};
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_uint64()) return std::to_string(value->get_uint64());
    return {};
}

// The first error that GraphQL names, short and without line breaks.
std::string first_error(const json::array& errors)
{
    std::string message = errors.empty() ? "" : text_of(find(errors.front(), "message"));
    if (message.size() > 200) message.resize(200);
    return is_utf8(message) && !message.empty() ? on_one_line(message) : "errors";
}

std::optional<LocalDate> newest_of(const json::array& list, const std::vector<std::string>& dates)
{
    std::optional<LocalDate> newest;
    for (const auto& object : list)
        for (const auto& field : dates)
            if (const auto text = text_at(object, field))
                if (const auto moment = wall_moment(*text)) {
                    const LocalDate day = local_date(moment->at);
                    if (!newest || *newest < day) newest = day;
                }
    return newest;
}

bool is_before(std::string_view a, std::string_view b) // ids as numbers
{
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

class Fetch {
public:
    Fetch(PortalClient& client, const Queries& queries, const FetchOrder& order, FetchState state)
        : m_client(client), m_queries(queries), m_order(order), m_state(std::move(state)) {}

    Result<FetchReport> run()
    {
        if (const auto known = choose_roots(); !known) return pass(known);
        for (const auto& list : m_state.lists)
            if (list.is_done) publish_list(m_order.folder, list);
        for (const auto& one : m_state.changed) m_noted.insert({one.root, one.id});
        for (const auto& root : m_roots)
            if (const auto fetched = fetch_list(*m_queries.find(root)); !fetched) return pass(fetched);
        if (m_order.with_journal && !m_queries.journal.path.empty()) {
            if (const auto read = read_journal(); !read) return pass(read);
            if (const auto fetched = fetch_changed(); !fetched) return pass(fetched);
        }
        m_state.is_done = true;
        save_state(m_order.folder, m_state);
        return report();
    }

private:
    Result<Done> choose_roots()
    {
        std::string known;
        for (const auto& query : m_queries.roots) {
            known += (known.empty() ? "" : ", ") + query.root;
            if (m_order.roots.empty() && query.is_default) m_roots.push_back(query.root);
        }
        for (const auto& root : m_order.roots) {
            if (!m_queries.find(root)) return fail(unknown_root, {{"root", root}, {"known", known}});
            m_roots.push_back(root);
        }
        return done();
    }

    // Index: references to lists do not survive a new one.
    std::size_t list_of(const std::string& root, std::string_view suffix)
    {
        const std::string name = (root.empty() ? "Journal" : root) + std::string{suffix} + "-" + m_state.started;
        const auto found = std::ranges::find(m_state.lists, name, &ListState::name);
        if (found != m_state.lists.end()) return static_cast<std::size_t>(found - m_state.lists.begin());
        m_state.lists.push_back({.name = name, .root = root});
        return m_state.lists.size() - 1;
    }

    Result<Page> read_page(const RootQuery& query, const std::string& request)
    {
        std::string reason;
        for (int attempt = 0; attempt < kSameAgain; ++attempt) {
            auto answer = m_client.post("/v3/graphql", request);
            if (!answer) return pass(answer);
            const auto document = parse_json(*answer);
            if (!document) { reason = "not JSON"; continue; }
            const auto* errors = array_at(*document, "errors");
            const auto* data = find(*document, "data");
            const auto* list = data ? array_at(*data, query.root) : nullptr;
            if (list) return page_of(query, *document, *list, std::move(*answer));
            if (errors) return fail(portal_answer_broken, {{"root", query.root}, {"reason", first_error(*errors)}});
            reason = "no " + query.root;
        }
        return fail(portal_answer_broken, {{"root", query.root}, {"reason", reason}});
    }

    static Page page_of(const RootQuery& query, const json::value& document, const json::array& list, std::string answer)
    {
        Page page{.rows = list.size(), .newest = newest_of(list, query.dates)};
        page.hash = hex(view(sha256(to_text(list))));
        const auto* extensions = find(document, "extensions");
        const auto* info = extensions ? find(*extensions, "pageInfo") : nullptr;
        const auto* has_next = info ? find(*info, "hasNextPage") : nullptr;
        page.has_next = has_next ? has_next->is_bool() && has_next->get_bool() : list.size() >= kPageLimit;
        page.last_id = info ? text_of(find(*info, "lastId")) : "";
        if (page.last_id.empty() && !list.empty()) page.last_id = text_of(find(list.back(), "id"));
        page.line = on_one_line(std::move(answer));
        return page;
    }

    Result<Done> fetch_list(const RootQuery& query)
    {
        const std::size_t index = list_of(query.root, "");
        std::set<std::string> seen{m_state.lists[index].after};
        std::string last_hash;
        int repeated = 0;
        while (!m_state.lists[index].is_done) {
            ListState& list = m_state.lists[index];
            auto page = read_page(query, query.page_request(list.after, kPageLimit));
            if (!page) return pass(page);
            const bool is_repeated = page->rows > 0 && (page->hash == last_hash || (page->has_next && seen.contains(page->last_id)));
            if (is_repeated) {
                if (++repeated >= kSameAgain) return fail(portal_repeats_pages, {{"root", query.root}, {"after", list.after}});
                continue;
            }
            repeated = 0;
            keep(list, *page);
            seen.insert(page->last_id);
            last_hash = page->hash;
            const bool is_old = page->newest && *page->newest < m_order.since;
            list.is_done = page->rows == 0 || !page->has_next || is_old;
            save(list);
            tell(list, page->newest);
        }
        return done();
    }

    void keep(ListState& list, const Page& page)
    {
        if (page.rows > 0) append_line(m_order.folder, list, page.line);
        list.rows += static_cast<std::int64_t>(page.rows);
        ++list.pages;
        if (!page.last_id.empty()) list.after = page.last_id;
    }

    // The state first: a list that it calls done gets its name now or at the next start.
    void save(const ListState& list) const
    {
        save_state(m_order.folder, m_state);
        if (list.is_done) publish_list(m_order.folder, list);
    }

    void tell(const ListState& list, std::optional<LocalDate> newest) const
    {
        if (!m_order.on_page) return;
        const auto all = (m_order.today.days() - m_order.since.days()).count() + 1;
        const auto left = newest ? (*newest).days() - m_order.since.days() : std::chrono::days{0};
        const double share = all > 0 ? 1.0 - static_cast<double>(std::clamp<std::int64_t>(left.count(), 0, all)) / static_cast<double>(all) : 1.0;
        m_order.on_page(list, list.is_done ? 1.0 : share);
    }

    Result<Done> read_journal()
    {
        const auto& journal = m_queries.journal;
        const std::size_t index = list_of("", "");
        if (m_state.lists[index].after.empty())
            m_state.lists[index].after = journal.path + "?" + journal.from + "=" + iso(m_order.since) + "&" + journal.to + "=" + iso(m_order.today) + "&limit=" + std::to_string(kPageLimit);
        std::set<std::string> seen{m_state.lists[index].after};
        while (!m_state.lists[index].is_done) {
            ListState& list = m_state.lists[index];
            auto answer = m_client.get(list.after);
            if (!answer) return pass(answer);
            const auto document = parse_json(*answer);
            const auto* items = document ? array_at(*document, "items") : nullptr;
            if (!items) return fail(portal_answer_broken, {{"root", "journal"}, {"reason", document ? "no items" : "not JSON"}});
            for (const auto& item : *items) note_change(item);
            if (!items->empty()) append_line(m_order.folder, list, on_one_line(std::move(*answer)));
            list.rows += static_cast<std::int64_t>(items->size());
            ++list.pages;
            const std::string next{text_at(*document, "next_page").value_or("")};
            // Only a path of the portal itself is followed.
            const bool goes_on = !items->empty() && next.starts_with("/v3/");
            if (goes_on && !seen.insert(next).second) return fail(portal_repeats_pages, {{"root", "journal"}, {"after", next}});
            if (goes_on) list.after = next;
            list.is_done = !goes_on;
            save(list);
            tell(list, std::nullopt);
        }
        return done();
    }

    // Objects that the paging has not reached; ids go down, so what is above the last cursor is there.
    void note_change(const json::value& item)
    {
        const auto& journal = m_queries.journal;
        std::string kind, id;
        for (const auto& field : journal.kind)
            if (kind.empty()) kind = text_of(find(item, field));
        for (const auto& field : journal.id)
            if (id.empty()) id = text_of(find(item, field));
        if (text_of(find(item, journal.action)) == "D") {
            ++m_state.deleted;
            return;
        }
        const Kind wanted = kind_named(kind);
        for (const auto& root : m_roots) {
            if (wanted == Kind::other || kind_named(root) != wanted) continue;
            const auto& list = m_state.lists[list_of(root, "")];
            const bool is_known = list.after.empty() || !is_before(id, list.after);
            if (!id.empty() && !is_known && m_noted.insert({root, id}).second) m_state.changed.push_back({root, id});
        }
    }

    Result<Done> fetch_changed()
    {
        std::ranges::stable_sort(m_state.changed, {}, &Changed::root);
        while (m_state.next_changed < static_cast<std::int64_t>(m_state.changed.size())) {
            const Changed one = m_state.changed[static_cast<std::size_t>(m_state.next_changed)];
            const auto& query = *m_queries.find(one.root);
            auto page = read_page(query, query.object_request(one.id));
            if (!page) return pass(page);
            ListState& list = m_state.lists[list_of(one.root, kChanged)];
            keep(list, *page);
            ++m_state.next_changed;
            save_state(m_order.folder, m_state);
            tell(list, std::nullopt);
        }
        for (auto& list : m_state.lists) {
            if (list.is_done) continue;
            list.is_done = true;
            save(list);
        }
        return done();
    }

    FetchReport report() const
    {
        FetchReport report{.lists = m_state.lists, .changed = m_state.next_changed, .deleted = m_state.deleted};
        for (const auto& list : m_state.lists) {
            report.rows += list.rows;
            report.pages += list.pages;
        }
        return report;
    }

    PortalClient& m_client;
    const Queries& m_queries;
    const FetchOrder& m_order;
    FetchState m_state;
    std::vector<std::string> m_roots;
    std::set<std::pair<std::string, std::string>> m_noted;
};

} // namespace fetching

Result<FetchReport> fetch(PortalClient& client, const Queries& queries, const FetchOrder& order, Instant now)
{
    auto state = open_state(order.folder, order.base, iso(order.since), now);
    if (!state) return pass(state);
    return fetching::Fetch{client, queries, order, std::move(*state)}.run();
}

} // namespace adal::procurement::goszakup
