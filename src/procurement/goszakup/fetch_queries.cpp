#include "procurement/goszakup/fetch_queries.hpp"

#include "base/json.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <stdexcept>

namespace adal::procurement::goszakup {

namespace fetch_queries {

constexpr std::string_view kFile = "procurement/goszakup-queries.json";

tl::unexpected<Problem> bad(const std::string& field, std::string_view reason)
{
    return fail(bad_queries, {{"field", field}, {"reason", std::string{reason}}});
}

std::vector<std::string> list_at(const json::value& entry, std::string_view key)
{
    std::vector<std::string> list;
    if (const auto* found = array_at(entry, key))
        for (const auto& item : *found)
            if (item.is_string()) list.emplace_back(item.get_string());
    return list;
}

bool is_name(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

json::value id_value(std::string_view id)
{
    const bool is_number = !id.empty() && id.size() < 19 && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number) return std::stoll(std::string{id});
    return json::value(id);
}

std::string request(const RootQuery& query, json::object variables)
{
    const std::string text = "query($filter: " + query.filter + ", $limit: Int, $after: Int) { " + query.root +
                             "(filter: $filter, limit: $limit, after: $after) { " + query.fields + " } }";
    return to_text(json::object{{"query", text}, {"variables", std::move(variables)}});
}

} // namespace fetch_queries

std::string RootQuery::page_request(std::string_view after, int limit) const
{
    json::object variables{{"limit", limit}};
    if (!after.empty()) variables["after"] = fetch_queries::id_value(after);
    return fetch_queries::request(*this, std::move(variables));
}

std::string RootQuery::object_request(std::string_view id) const
{
    json::object variables{{"limit", 1}};
    variables["filter"] = json::object{{"id", fetch_queries::id_value(id)}};
    return fetch_queries::request(*this, std::move(variables));
}

const RootQuery* Queries::find(std::string_view root) const
{
    const auto found = std::ranges::find(roots, root, &RootQuery::root);
    return found == roots.end() ? nullptr : &*found;
}

Result<Queries> Queries::read(std::string_view text)
{
    using namespace fetch_queries;
    const auto document = parse_json(text);
    if (!document) return pass(document);
    Queries queries;
    const auto* entries = array_at(*document, "roots");
    if (!entries || entries->empty()) return bad("/roots", "missing");
    for (std::size_t i = 0; i < entries->size(); ++i) {
        const auto& entry = (*entries)[i];
        const std::string place = "/roots/" + std::to_string(i);
        RootQuery query{.root = std::string{text_at(entry, "root").value_or("")},
                        .filter = std::string{text_at(entry, "filter").value_or("")},
                        .fields = std::string{text_at(entry, "fields").value_or("")},
                        .dates = list_at(entry, "dates")};
        if (!is_name(query.root)) return bad(place + "/root", "not_a_code");
        if (!is_name(query.filter)) return bad(place + "/filter", "not_a_code");
        if (query.fields.empty()) return bad(place + "/fields", "missing");
        const auto* is_default = adal::find(entry, "default");
        query.is_default = is_default && is_default->is_bool() && is_default->get_bool();
        queries.roots.push_back(std::move(query));
    }
    if (const auto* journal = adal::find(*document, "journal"))
        queries.journal = {.path = std::string{text_at(*journal, "path").value_or("")},
                           .from = std::string{text_at(*journal, "from").value_or("")},
                           .to = std::string{text_at(*journal, "to").value_or("")},
                           .action = std::string{text_at(*journal, "action").value_or("")},
                           .kind = list_at(*journal, "kind"),
                           .id = list_at(*journal, "id")};
    return queries;
}

const Queries& Queries::standard()
{
    static const Queries instance = [] {
        const auto* file = embedded::find(embedded::data(), fetch_queries::kFile);
        auto queries = file ? read(file->bytes) : fetch_queries::bad("", "missing");
        if (!queries) throw std::runtime_error("not as described: " + std::string{fetch_queries::kFile});
        return std::move(*queries);
    }();
    return instance;
}

} // namespace adal::procurement::goszakup
