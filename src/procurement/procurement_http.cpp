#include "procurement/procurement_view.hpp"

#include <algorithm>

namespace adal::procurement {

namespace {

constexpr std::size_t kLongestSearch = 200; // bytes

// ?q=words&flag=any|CODE&works=1&after=key
Question question_of(const http::Request& request)
{
    Question question{.words = std::string{request.query_value("q").substr(0, kLongestSearch)},
                      .works_only = request.query_value("works") == "1",
                      .after = std::string{request.query_value("after")}};
    const auto flag = request.query_value("flag");
    const auto codes = all_flag_codes();
    question.flagged_only = flag == "any";
    if (std::ranges::find(codes, flag) != codes.end()) question.flag = flag;
    return question;
}

Result<http::Reply> show_list(storage::Snapshot& snapshot, const http::Request& request)
{
    ProcurementStore store{snapshot};
    const auto question = question_of(request);
    return http::render(
        request, {.title = i18n::text(request.language, "procurement.title"),
                  .body = list_view(request, store.totals(), question, store.list(question)),
                  .active = "nav.procurement"});
}

Result<http::Reply> show_process(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto id = request.path_id<ProcessId>();
    if (!id) return pass(id);
    ProcurementStore store{snapshot};
    const auto summary = store.find(*id);
    const auto process = store.find_facts(*id);
    if (!summary || !process) return fail(not_found);
    return http::render(request,
                        {.title = summary->title,
                         .body = process_view(request, *summary, *process, store.answers_of(*id)),
                         .active = "nav.procurement"});
}

} // namespace

void add_routes(http::Router& router)
{
    router.page("/procurement", Permission::anyone, show_list,
                {.doc = "Contracting processes with their risk signs: search, filter, pages"});
    router.page("/procurement/{id}", Permission::anyone, show_process,
                {.doc = "One contracting process: facts, risk signs with evidence, timeline"});
}

} // namespace adal::procurement
