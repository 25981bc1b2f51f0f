// The public board of those who found most, and the name a person chooses for it.
#include "cyber/leaders_store.hpp"
#include "cyber/pages.hpp"
#include "http/page.hpp"
#include "people/people.hpp"

namespace adal::cyber {

namespace leader_routes {

using http::Html;
using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

Html board(const Request& request, const std::vector<Leader>& found)
{
    std::vector<std::vector<Html>> rows;
    int place = 0, equal = 0, last = -1;
    for (const auto& leader : found) {
        ++equal;
        if (leader.points != last) place = equal;
        last = leader.points;
        rows.push_back({Html{std::to_string(place)}, Html{leader.pseudonym}, Html{std::to_string(leader.points)}});
    }
    const auto word = [&](std::string_view key) { return i18n::text(request.language, "cyber.leaders_" + std::string{key}); };
    return http::data_table(Html{word("caption")}, {word("place"), word("name"), word("points")}, rows);
}

Html own_name(Snapshot& db, const Request& request)
{
    using namespace http;
    if (!request.principal) return {};
    return section({cls("card")}, h2({}, t(request, "cyber.leaders_own")), p({cls("hint")}, t(request, "cyber.leaders_own_hint")),
                   post_form(request, "/cyber/leaders/name",
                             text_field("pseudonym", t(request, "cyber.leaders_pseudonym"), pseudonym_of(db, request.person()).value_or(""), {Attr("maxlength", 30), Attr("autocomplete", "off")}) +
                                 submit(t(request, "cyber.leaders_save"))));
}

// Of those who are with us now.
std::map<PersonId, std::string> shown_names(Snapshot& db)
{
    auto out = pseudonyms(db);
    std::erase_if(out, [&](const auto& one) {
        const auto person = people::find(db, one.first);
        return !person || person->state != people::State::active;
    });
    return out;
}

Result<Reply> show(Snapshot& db, const Request& request)
{
    using namespace http;
    Page page;
    page.title = i18n::text(request.language, "cyber.leaders");
    page.description = i18n::text(request.language, "cyber.leaders_lead");
    page.active = "nav.cyber";
    const auto found = leaders(credits(db, request.at.plus(-kAppealWindow)), shown_names(db));
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, page.description)) +
                (found.empty() ? empty_state(t(request, "cyber.leaders_none")) : board(request, found)) + p({cls("hint")}, t(request, "cyber.leaders_rules")) + own_name(db, request);
    return render(request, page);
}

Result<Reply> save_name(Transaction& tx, const Request& request)
{
    const auto back = http::see_other(request.link("/cyber/leaders"));
    const auto typed = request.field("pseudonym");
    if (typed.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        drop_pseudonym(tx, request.person());
        return back;
    }
    const auto name = as_pseudonym(typed);
    if (!name) return fail(pseudonym_bad);
    if (is_taken(tx, *name, request.person()) || people::is_somebodys_name(tx, *name, request.person())) return fail(pseudonym_taken);
    put_pseudonym(tx, request.person(), *name, request.at);
    return back;
}

} // namespace leader_routes

void add_leader_routes(http::Router& router)
{
    using namespace leader_routes;
    router.page("/cyber/leaders", Permission::anyone, show, {.doc = "who found most of what the authority took, by the name they chose"});
    router.form("/cyber/leaders/name", Permission::signed_in, save_name, {.doc = "the name one is on the board by; empty: not on it"});
}

} // namespace adal::cyber
