// Hands recommendations to Open311 servers, asks for their numbers and looks at what became of them.
#include "referral/authority_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/document_store.hpp"
#include "referral/inbox_store.hpp"
#include "referral/open311_store.hpp"
#include "referral/referral.hpp"

#include <algorithm>

namespace adal::referral {

namespace open311_job {

constexpr int kMostPerRound = 20;
constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;

struct Work {
    Open311Item item{};
    Open311Endpoint to{};
    std::string form{};
};

std::string description_of(const Document& document, const Recommendation& recommendation, const Dispatch& sent)
{
    std::string out = recommendation.text;
    for (const auto& fact : document.facts)
        if (std::ranges::find(recommendation.findings, fact.finding) != recommendation.findings.end())
            out += "\n— " + fact.title.in(i18n::Language::kk) + " / " + fact.title.in(i18n::Language::ru) +
                   (fact.value.kk.empty() ? "" : ": " + fact.value.in(i18n::Language::kk));
    return out + "\n№ " + sent.out_number;
}

// Where: the place of the first finding the recommendation stands on.
void locate(storage::Snapshot& db, const Document& document, const Recommendation& recommendation, Open311Request& request)
{
    for (const auto& id : recommendation.findings) {
        const auto finding = oversight::find_finding(db, id);
        const auto place = finding ? oversight::find_place(db, finding->place) : std::nullopt;
        if (!place) continue;
        if (place->geometry) request.at = oversight::representative_point(*place->geometry);
        request.address = place->name.in(i18n::Language::kk);
        return;
    }
    request.address = document.object;
}

std::optional<Work> prepared(storage::Snapshot& db, const Open311Keys& keys, const std::string& origin, const Open311Item& item)
{
    const auto sent = find_dispatch(db, item.dispatch);
    const auto document = sent ? read_document(db, sent->document) : std::nullopt;
    if (!document) return std::nullopt;
    const auto recommendation = std::ranges::find(document->recommendations, item.recommendation, &Recommendation::id);
    const auto to = open311_endpoint_of(db, sent->authority, local_date(sent->sent_at));
    if (recommendation == document->recommendations.end() || !to) return std::nullopt;
    Open311Request request{.description = description_of(*document, *recommendation, *sent)};
    locate(db, *document, *recommendation, request);
    if (!origin.empty()) request.media_url = origin + "/kk/documents/" + document->id.str() + "/public";
    const auto key = keys.find(to->base);
    return Work{.item = item, .to = *to, .form = open311_form(*to, request, key == keys.end() ? std::string_view{} : key->second)};
}

Open311Item carried(const Work& work, const WebCall& call, Instant now)
{
    if (work.item.state == Open311State::sent) return after_look(work.item, call(open311_status_url(work.to, work.item.request), nullptr), now);
    if (!work.item.token.empty()) return after_token(work.item, call(open311_token_url(work.to, work.item.token), nullptr), now);
    return after_post(work.item, call(open311_post_url(work.to), &work.form), now);
}

// All numbers are there: the server registered the document, and its clock starts.
Result<Done> registered(storage::Transaction& tx, const Law& law, const Dispatch& sent, Instant now)
{
    if (sent.received_on) return done();
    std::string numbers;
    for (const auto& item : open311_items_of(tx, sent.id)) {
        if (item.request.empty()) return done();
        numbers += (numbers.empty() ? "" : ", ") + item.request;
    }
    const auto known = acknowledge(tx, law, sent.id, local_date(now), numbers, sent.sent_by, now);
    if (!known) return pass(known);
    return done();
}

// What the server says when it closes a request is a reply; one of us chooses its class.
Result<Done> replied(storage::Transaction& tx, const Dispatch& sent, const Open311Item& item, Instant now)
{
    const auto recommendation = find_recommendation(tx, item.recommendation);
    if (!recommendation) return fail(not_found);
    const auto inbox = make_inbox(tx, sent.authority, sent.sent_by, now).inbox;
    const std::string text = item.words.empty() ? "status: closed" : item.words;
    const auto waiting = open_inbox_replies(tx, sent.document);
    const bool one_waits = std::ranges::find(waiting, item.recommendation, &InboxReply::recommendation) != waiting.end();
    if (may_reply(inbox, *recommendation, text, one_waits))
        add(tx, InboxReply{.id = InboxReplyId::make(now), .inbox = inbox.id, .document = sent.document, .recommendation = item.recommendation,
                           .number = item.request, .text = text, .received_at = now});
    revoke(tx, inbox.id, now); // nobody was given its link
    return done();
}

Result<Done> keep(storage::Transaction& tx, const Law& law, const Open311Item& before, const Open311Item& after, Instant now)
{
    save(tx, after);
    const auto sent = find_dispatch(tx, after.dispatch);
    if (!sent) return fail(not_found);
    if (before.request.empty() && !after.request.empty())
        if (const auto known = registered(tx, law, *sent, now); !known) return pass(known);
    if (before.state != after.state && after.state == Open311State::closed)
        if (const auto known = replied(tx, *sent, after, now); !known) return pass(known);
    return done();
}

} // namespace open311_job

Result<Open311Endpoint> open311_endpoint_of(storage::Snapshot& db, AuthorityId id, LocalDate on)
{
    const auto version = authority_on(db, id, on);
    if (version && version->channel == ChannelKind::open311 && !version->address.empty()) return parse_open311(version->address);
    const auto channels = channels_of(db, id);
    const auto* channel = channel_on(channels, ChannelKind::open311, on);
    if (channel == nullptr) return fail(channel_address_missing);
    return parse_open311(channel->address);
}

int carry_open311(storage::Database& database, const Law& law, const WebCall& call, const Open311Keys& keys, const std::string& origin, Instant now)
{
    const Instant since{now.ms - 7 * open311_job::kDayMs};
    const auto due = database.read([&](storage::Snapshot& db) { return has_open311_dispatches(db, since) || !due_open311_items(db, now, 1).empty(); });
    if (!due) return 0;
    static_cast<void>(database.write([&](storage::Transaction& tx) -> Result<std::int64_t> { return add_open311_items(tx, since, now); }));
    int calls = 0;
    for (const auto& item : database.read([&](storage::Snapshot& db) { return due_open311_items(db, now, open311_job::kMostPerRound); })) {
        const auto work = database.read([&](storage::Snapshot& db) { return open311_job::prepared(db, keys, origin, item); });
        if (!work) continue;
        // A post that a crash cuts short may have reached the server: nobody repeats it unasked.
        if (item.state == Open311State::waiting && item.token.empty()) {
            auto unsure = item;
            unsure.state = Open311State::unsure;
            static_cast<void>(database.write([&](storage::Transaction& tx) -> Result<Done> { return save(tx, unsure), done(); }));
        }
        const auto after = open311_job::carried(*work, call, now);
        static_cast<void>(database.write([&](storage::Transaction& tx) { return open311_job::keep(tx, law, item, after, now); }));
        ++calls;
    }
    return calls;
}

Result<Done> send_open311_again(storage::Transaction& tx, RecommendationId id, Instant now)
{
    auto item = find_open311_item(tx, id);
    if (!item) return fail(not_found);
    if (item->state != Open311State::unsure && item->state != Open311State::refused) return fail(open311_not_waiting);
    item->state = Open311State::waiting;
    item->next_at = now;
    save(tx, *item);
    return done();
}

} // namespace adal::referral
