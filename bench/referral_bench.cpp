// The board of clocks and the statistics of authorities over a year: 500 controls with 3,000 recommendations.
//
//   referral_bench [ADDRESS]
//
// ADDRESS: sqlite:PATH (default: referral_bench.db here; it must not exist) or postgresql://… of an empty database.
// Made with rows, not with operations: 500 documents of six recommendations each, sent on the days of one year to 29
// authorities; two of three are answered, every fifth has an escalation. Prints the median and the worst of 50 rounds.
#include "referral/board_store.hpp"
#include "referral/referral.hpp"
#include "referral/statistics_store.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

using namespace adal;
using namespace adal::referral;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int documents = 500, recommendations_each = 6;
const LocalDate today = make_date(2026, 11, 2);
const Instant now_then = *parse_instant("2026-11-02T10:00:00+05:00");

struct Year {
    const Law& law;
    std::vector<AuthorityVersion> authorities;
    WorkingDays calendar;
    std::string reply_rule, appeal_rule;
};

void add_step(storage::Transaction& tx, const Year& year, const AuthorityVersion& to, DocumentId document, RecommendationId recommendation, LocalDate on)
{
    const auto deadline = deadline_of(year.law.rules.get(rule_appeal), on, year.calendar);
    tx.exec("insert into referral_steps (id, recommendation_id, document_id, kind, authority_id, authority_version_id, channel, number, text, happened_on, "
            "recorded_by, recorded_at, late, rule_version, calendar_version, clock_start, due_on, set_by_letter, end_number, end_text) "
            "values (?1, ?2, ?3, 'escalation', ?4, ?5, 'paper', '1', 'x', ?6, 'p', ?7, 0, ?8, ?9, ?6, ?10, 0, '', '')",
            StepId::make(now_then), recommendation, document, to.authority, to.id, iso(on), now_then, year.appeal_rule, year.calendar.version(), iso(deadline.due));
}

void add_recommendation(storage::Transaction& tx, const Year& year, DocumentId document, DispatchId sent, const AuthorityVersion& to, int n, int ordinal, LocalDate on)
{
    const auto id = RecommendationId::make(now_then);
    const auto deadline = deadline_of(year.law.rules.get(rule_reply), on, year.calendar);
    const bool is_answered = (n + ordinal) % 3 != 0;
    tx.exec("insert into referral_recommendations (id, document_id, ordinal, text, authority_id, state, dispatch_id, rule_version, calendar_version, clock_start, "
            "due_on, answered_on) values (?1, ?2, ?3, 'x', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            id, document, ordinal, to.authority, is_answered ? "answered" : "waiting", sent, year.reply_rule, year.calendar.version(), iso(on), iso(deadline.due),
            is_answered ? std::optional{iso(on.plus_days(7))} : std::nullopt);
    tx.exec("insert into referral_recommendation_findings (recommendation_id, finding_id) values (?1, ?2)", id, FindingId::make(now_then));
    if (is_answered)
        tx.exec("insert into referral_replies (id, recommendation_id, received_on, number, class, text, late, registered_by, registered_at) "
                "values (?1, ?2, ?3, '1', 'formal', 'x', 0, 'p', ?4)", ReplyId::make(now_then), id, iso(on.plus_days(7)), now_then);
    else if ((n + ordinal) % 5 == 0) add_step(tx, year, to, document, id, on.plus_days(20));
}

void add_document(storage::Transaction& tx, const Year& year, int n)
{
    const auto document = DocumentId::make(now_then);
    const auto sent = DispatchId::make(now_then);
    const auto on = make_date(2025, 11, 3).plus_days(n * 360 / documents);
    const auto& to = year.authorities.at(static_cast<std::size_t>(n) % year.authorities.size());
    tx.exec("insert into referral_documents (id, control_id, state, title, object, object_bin, ground, held_from, held_to, place, tasks, form, subjects, facts, "
            "other_documents, drafted_by, drafted_at, signed_by, signed_by_name, signed_at, content_hash, version) values (?1, ?2, 'sent', 'Control', 'o', '', '', ?3, "
            "?3, '[\"\",\"\",\"\"]', 't', 'monitoring', '[]', '[]', '', 'p', ?3, 'p', 'p', ?3, ?4, 1)",
            document, ControlId::make(now_then), now_then, std::string(64, 'a'));
    tx.exec("insert into referral_dispatches (id, document_id, authority_id, authority_version_id, channel, out_number, sent_at, recorded_at, sent_by, "
            "send_rule_version, send_calendar_version, send_start, send_due, late, in_number) values (?1, ?2, ?3, ?4, 'paper', '1', ?5, ?5, 'p', ?6, ?7, ?8, ?8, 0, '')",
            sent, document, to.authority, to.id, now_then, year.reply_rule, year.calendar.version(), iso(on));
    for (int ordinal = 1; ordinal <= recommendations_each; ++ordinal) add_recommendation(tx, year, document, sent, to, n, ordinal, on);
}

template <typename F> void measure(const char* what, F once)
{
    constexpr int rounds = 50;
    std::vector<double> took;
    for (int n = 0; n < rounds; ++n) {
        const auto before = Clock::now();
        once();
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
    }
    std::ranges::sort(took);
    std::printf("%-28s median %6.2f ms  worst %6.2f ms\n", what, took[took.size() / 2], took.back());
}

} // namespace

int main(int argc, char** argv)
{
    const std::string address = argc > 1 ? argv[1] : "sqlite:referral_bench.db";
    auto db = storage::Database::open(address);
    db.migrate();
    const auto law = embedded_law();
    const auto made = db.write([&](storage::Transaction& tx) -> Result<Done> {
        if (const auto seeded = import_seed_authorities(tx, now_then); !seeded) return pass(seeded);
        const auto& reply = law.rules.get(rule_reply);
        const auto& appeal = law.rules.get(rule_appeal);
        for (const auto* rule : {&reply, &appeal})
            tx.exec("insert into referral_rules (version, code, text) values (?1, ?2, ?3)", rule->version, rule->code, rule->text);
        const Year year{law, authorities_on(tx, today), law.calendar(today), reply.version, appeal.version};
        for (int n = 0; n < documents; ++n) add_document(tx, year, n);
        return done();
    });
    if (!made) return 1;
    const auto counts = db.read([&](storage::Snapshot& s) { return board(s, law, today).them; });
    std::printf("clocks running %lld, overdue %lld\n", static_cast<long long>(counts.all()), static_cast<long long>(counts.overdue));
    measure("board of clocks", [&] { return db.read([&](storage::Snapshot& s) { return board(s, law, today).overdue.size(); }); });
    measure("statistics of all", [&] { return db.read([&](storage::Snapshot& s) { return statistics(s, today).size(); }); });
    measure("open clocks (feed)", [&] { return db.read([&](storage::Snapshot& s) { return open_clocks(s, 2000).size(); }); });
    return 0;
}
