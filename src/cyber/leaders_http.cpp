// The public board of those who found most, and the wish to be on it.
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
    return http::data_table(Html{word("caption")}, {word("place"), word("name"), "#" + word("points")}, rows);
}

// Who is signed in says whether they are on it.
Html own_wish(Snapshot& db, const Request& request)
{
    using namespace http;
    if (!request.principal) return {};
    const bool is_on = is_on_board(db, request.person());
    const auto name = people::pseudonyms(db, {request.person()})[request.person()];
    return section({cls("card")}, h2({}, t(request, "cyber.leaders_own")), p({cls("hint")}, t(request, is_on ? "cyber.leaders_own_on" : "cyber.leaders_own_off", {{"name", name}})),
                   post_form(request, "/cyber/leaders/own", hidden_field("shown", is_on ? "no" : "yes") + submit(t(request, is_on ? "cyber.leaders_leave" : "cyber.leaders_join"), "secondary")));
}

// Of those who wish it and are with us now.
std::map<PersonId, std::string> shown_names(Snapshot& db)
{
    auto shown = on_board(db);
    std::erase_if(shown, [&](PersonId id) {
        const auto person = people::find(db, id);
        return !person || person->state != people::State::active;
    });
    return people::pseudonyms(db, shown);
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
                (found.empty() ? empty_state(t(request, "cyber.leaders_none")) : board(request, found)) + p({cls("hint")}, t(request, "cyber.leaders_rules")) + own_wish(db, request);
    return render(request, page);
}

Result<Reply> save_wish(Transaction& tx, const Request& request)
{
    const auto wish = request.field("shown");
    if (wish != "yes" && wish != "no") return fail(bad_field, {{"field", "shown"}, {"reason", "not_a_choice"}});
    if (wish == "yes") put_on_board(tx, request.person(), request.at);
    else take_off_board(tx, request.person());
    return http::see_other(request.link("/cyber/leaders"));
}

} // namespace leader_routes

void add_leader_routes(http::Router& router)
{
    using namespace leader_routes;
    router.page("/cyber/leaders", Permission::anyone, show, {.doc = "who found most of what the authority took, by their pseudonyms"});
    router.form("/cyber/leaders/own", Permission::signed_in, save_wish, {.doc = "whether one is on the board"});
}

} // namespace adal::cyber
