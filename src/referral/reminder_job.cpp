// E-mails before and on the day: to those of us who asked for them, and to the authority that is about to be late.
#include "auth/auth.hpp"
#include "people/people.hpp"
#include "referral/authority_store.hpp"
#include "referral/board_view.hpp"
#include "referral/calendar_store.hpp"
#include "referral/digest_store.hpp"
#include "referral/document_store.hpp"
#include "referral/letter.hpp"
#include "referral/referral.hpp"

namespace adal::referral {

namespace reminder_job {

using i18n::Language;

constexpr int kFromHour = 9;         // Almaty: nobody is written to at night
constexpr int kNoticeWorkingDays = 2; // our own practice, no rule of the law

std::string lines(Language language, std::string_view heading, const std::vector<ClockRow>& rows)
{
    if (rows.empty()) return {};
    std::string text = i18n::text(language, "referral." + std::string{heading}) + ":\n";
    for (const auto& row : rows)
        text += "- " + clock_label(language, row) + " · " + row.authority_name.in(language) + " · " + row.title + " · " + i18n::date(language, row.due) + "\n";
    return text + "\n";
}

std::string lines(Language language, const std::vector<PendingSend>& sends)
{
    if (sends.empty()) return {};
    std::string text = i18n::text(language, "referral.waiting_for_us") + ":\n";
    for (const auto& send : sends) text += "- " + send.title + " · " + i18n::date(language, send.deadline.due) + "\n";
    return text + "\n";
}

// Nothing when there is nothing to do today.
std::optional<mail::Letter> digest_letter(const Digest& digest, const Board& board, const std::string& origin)
{
    const auto language = digest.language;
    std::string text = lines(language, "board.overdue", board.overdue) + lines(language, "board.due_today", board.due_today) +
                       lines(language, "board.hearings", board.hearings) + lines(language, board.sends);
    if (text.empty()) return std::nullopt;
    if (!origin.empty()) text += origin + "/" + std::string{i18n::code(language)} + "/clocks\n";
    return mail::Letter{.to = digest.address,
                        .subject = i18n::text(language, "referral.digest.subject", {{"date", i18n::date(language, board.today)}}),
                        .text = std::move(text),
                        .purpose = "digest",
                        .key = digest.person.str() + " " + iso(board.today)};
}

int queue_digests(storage::Transaction& tx, const Law& law, const std::string& origin, LocalDate today, Instant now)
{
    const auto digests = all_digests(tx);
    if (digests.empty()) return 0;
    const auto state = board(tx, law, today);
    int queued = 0;
    for (const auto& digest : digests) {
        if (!auth::permissions_of(people::acting_roles(tx, digest.person)).contains(Permission::send_referrals)) continue;
        const auto letter = digest_letter(digest, state, origin);
        if (letter && mail::queue(tx, *letter, now)) ++queued;
    }
    return queued;
}

std::string numbers(const std::vector<int>& ordinals)
{
    std::string text;
    for (const int ordinal : ordinals) text += (text.empty() ? "" : ", ") + std::to_string(ordinal);
    return text;
}

mail::Letter reminder_letter(const DueDispatch& due, const Dispatch& dispatch, const Document& document, LocalDate day)
{
    const auto say = [&](Language language, std::string_view key) {
        return i18n::text(language, "referral.reminder." + std::string{key},
                          {{"number", dispatch.out_number},
                           {"title", document.title},
                           {"recommendations", numbers(due.ordinals)},
                           {"due", i18n::long_date(language, day)}});
    };
    return {.subject = say(Language::kk, "subject") + " / " + say(Language::ru, "subject"),
            .text = say(Language::kk, "text") + "\n\n----------\n\n" + say(Language::ru, "text") + "\n",
            .purpose = "reminder",
            .key = dispatch.id.str() + " " + iso(day)};
}

int queue_authority_reminders(storage::Transaction& tx, const WorkingDays& calendar, LocalDate today, Instant now)
{
    const auto day = calendar.add(today, kNoticeWorkingDays);
    int queued = 0;
    for (const auto& due : due_by_email(tx, day)) {
        const auto dispatch = find_dispatch(tx, due.dispatch);
        const auto document = dispatch ? read_document(tx, dispatch->document) : std::nullopt;
        const auto address = dispatch ? email_address_of(tx, dispatch->authority, today) : Result<std::string>{fail(not_found)};
        if (!document || !address) continue;
        auto letter = reminder_letter(due, *dispatch, *document, day);
        letter.to = *address;
        if (mail::queue(tx, letter, now)) ++queued;
    }
    return queued;
}

} // namespace reminder_job

int queue_reminders(storage::Transaction& tx, const Law& law, const std::string& origin, Instant now)
{
    const auto local = local_time(now);
    if (local.hour < reminder_job::kFromHour) return 0;
    const auto calendar = calendar_on(tx, law, local.date);
    if (!calendar.is_working(local.date)) return 0;
    return reminder_job::queue_digests(tx, law, origin, local.date, now) + reminder_job::queue_authority_reminders(tx, calendar, local.date, now);
}

} // namespace adal::referral
