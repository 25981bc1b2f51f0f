#include "referral/board_view.hpp"

#include "referral/label_view.hpp"

namespace adal::referral {

using namespace http;

std::string clock_label(i18n::Language language, const ClockRow& row)
{
    const i18n::Params number{{"number", std::to_string(row.ordinal)}};
    if (!row.kind) return i18n::text(language, "referral.clock_of.reply", number);
    return i18n::text(language, "referral.clock_of." + std::string(name(*row.kind)), number);
}

namespace board_parts {

std::string document_link(const Request& request, const ClockRow& row)
{
    return request.link("/documents/" + row.document.str()) + "#r-" + std::to_string(row.ordinal);
}

Html clock_row(const Request& request, const ClockRow& row, const Html& side)
{
    return li({cls("row")},
              div({cls("row-main")},
                  a({cls("row-title"), href(document_link(request, row))}, clock_label(request.language, row)),
                  p({cls("row-note")}, row.authority_name.in(request.language), " · ", row.title)),
              div({cls("row-side")}, side));
}

Html days_badge(const Request& request, LocalDate due, LocalDate today)
{
    const auto days = (today.days() - due.days()).count();
    if (days > 0) return badge(Html{i18n::count(request.language, "referral.days_over", days)}, "bad");
    if (days == 0) return badge(say(request, "clock.today"), "warn");
    return badge(Html{i18n::date(request.language, due)}, "neutral");
}

Html clock_list(const Request& request, std::string_view title, const std::vector<ClockRow>& rows, LocalDate today,
                std::int64_t all = 0)
{
    if (rows.empty()) return {};
    Html list;
    for (const auto& row : rows) list += clock_row(request, row, days_badge(request, row.due, today));
    Html more;
    if (all > static_cast<std::int64_t>(rows.size()))
        more = p({cls("hint")}, Html{i18n::count(request.language, "referral.first_of", all, {{"shown", std::to_string(rows.size())}})});
    return section({cls("card"), id_(title)}, h2({}, say(request, "board." + std::string(title))), more, ul({cls("rows")}, list));
}

Html send_row(const Request& request, const PendingSend& send, LocalDate today)
{
    const auto link = send.document.is_set() ? "/documents/" + send.document.str()
                                             : "/documents/new?control=" + send.control.str();
    const auto what = !send.state ? "write_document" : *send.state == DocumentState::draft ? "board.sign_document" : "board.send_document";
    return li({cls("row")},
              div({cls("row-main")}, a({cls("row-title"), href(request.link(link))}, say(request, what)),
                  p({cls("row-note")}, send.title)),
              div({cls("row-side")}, days_badge(request, send.deadline.due, today)));
}

Html for_us(const Request& request, const Board& board)
{
    Html rows;
    for (const auto& send : board.sends) rows += send_row(request, send, board.today);
    if (board.unchecked_fixes > 0)
        rows += li({cls("row")},
                   div({cls("row-main")},
                       a({cls("row-title"), href(request.link("/findings"))}, say(request, "board.check_fixes")),
                       p({cls("row-note")}, say(request, "fix_hint"))),
                   div({cls("row-side")}, badge(Html{board.unchecked_fixes}, "warn")));
    if (rows.empty()) return {};
    return section({cls("card"), id_("sends")}, h2({}, say(request, "waiting_for_us")), ul({cls("rows")}, rows));
}

// Whom it was sent to is gone: the page of the document has the form.
Html orphan_list(const Request& request, const Board& board)
{
    if (board.orphans.empty()) return {};
    Html rows;
    for (const auto& row : board.orphans) rows += clock_row(request, row, badge(say(request, "board.confirm_successor"), "bad"));
    return section({cls("card"), id_("orphans")}, h2({}, say(request, "board.orphans")), p({cls("hint")}, say(request, "board.orphans_hint")),
                   ul({cls("rows")}, rows));
}

Html tiles(const Request& request, const Board& board)
{
    const auto ours = static_cast<std::int64_t>(board.sends.size() + board.hearings.size() + board.orphans.size() +
                                                board.broken_promises.size()) + board.unchecked_fixes;
    return div({cls("stats")}, stat(Html{board.them.overdue}, say(request, "board.overdue"), {}, "#overdue"),
               stat(Html{board.them.today}, say(request, "board.due_today"), {}, "#due_today"),
               stat(Html{ours}, say(request, "waiting_for_us"), {}, "#sends"),
               stat(Html{board.them.later}, say(request, "board.waiting"), {}, "#waiting"));
}

Html feed_forms(const Request& request, const std::optional<Feed>& feed)
{
    Html forms = post_form(request, "/clocks/feed", submit(say(request, feed ? "feed.renew" : "feed.make"), "secondary"));
    if (feed) forms += post_form(request, "/clocks/feed/stop", submit(say(request, "feed.stop"), "secondary"));
    const auto state = feed ? say(request, "feed.made", {{"date", i18n::date(request.language, local_date(feed->made_at))}})
                            : say(request, "feed.none");
    return section({cls("card"), id_("feed")}, h2({}, say(request, "feed.title")), p({}, say(request, "feed.about")), p({cls("hint")}, state), forms);
}

Html digest_forms(const Request& request, const std::optional<Digest>& digest)
{
    Html forms = post_form(request, "/clocks/digest",
                           text_field("address", say(request, "digest.address"), digest ? digest->address : "", {Attr("type", "email"), Attr("required"), Attr("maxlength", 254)}) +
                               submit(say(request, "digest.save"), "secondary"));
    if (digest) forms += post_form(request, "/clocks/digest/stop", submit(say(request, "digest.stop"), "secondary"));
    return section({cls("card"), id_("digest")}, h2({}, say(request, "digest.title")), p({}, say(request, "digest.about")), forms);
}

} // namespace board_parts

Page board_page(const Request& request, const Board& board, const std::optional<Feed>& feed, const std::optional<Digest>& digest)
{
    using namespace board_parts;
    Page page{.title = i18n::text(request.language, "referral.board.title"), .audience = Audience::office, .active = "nav.clocks"};
    const auto nothing = board.them.all() == 0 && board.sends.empty() && board.hearings.empty() && board.orphans.empty() &&
                         board.broken_promises.empty() && board.unchecked_fixes == 0;
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "board.lead"))) + tiles(request, board) +
                (nothing ? empty_state(say(request, "board.nothing")) : Html{}) +
                orphan_list(request, board) + for_us(request, board) +
                clock_list(request, "hearings", board.hearings, board.today) +
                clock_list(request, "broken_promises", board.broken_promises, board.today) +
                clock_list(request, "due_today", board.due_today, board.today, board.them.today) +
                clock_list(request, "overdue", board.overdue, board.today, board.them.overdue) +
                clock_list(request, "waiting", board.waiting, board.today, board.them.later) + digest_forms(request, digest) + feed_forms(request, feed);
    return page;
}

Page feed_page(const Request& request, const std::string& address)
{
    Page page{.title = i18n::text(request.language, "referral.feed.title"), .audience = Audience::office, .active = "nav.clocks"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "feed.once"))) +
                section({cls("card")}, p({}, code({cls("address")}, address)), p({cls("hint")}, say(request, "feed.how"))) +
                p({cls("actions")}, a({href(request.link("/clocks")), cls("button")}, say(request, "feed.back")));
    return page;
}

} // namespace adal::referral
