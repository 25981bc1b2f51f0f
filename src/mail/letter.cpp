#include "mail/letter.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace adal::mail {

namespace {

constexpr std::size_t kLongestAddress = 254, kLongestLocal = 64, kLongestLabel = 63; // RFC 5321 §4.5.3.1, RFC 1035
constexpr std::size_t kMostSubject = 400, kMostText = std::size_t{1} << 20, kMostKey = 200;

bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_local_part(std::string_view local)
{
    constexpr std::string_view kMarks = "!#$%&'*+/=?^_`{|}~-"; // RFC 5322 §3.2.3 atext
    if (local.empty() || local.size() > kLongestLocal || local.front() == '.' || local.back() == '.') return false;
    if (local.find("..") != std::string_view::npos) return false;
    return std::ranges::all_of(local, [&](char c) { return is_alnum(c) || c == '.' || kMarks.find(c) != std::string_view::npos; });
}

bool is_domain(std::string_view domain)
{
    const auto is_label = [](std::string_view label) {
        if (label.empty() || label.size() > kLongestLabel || label.front() == '-' || label.back() == '-') return false;
        return std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-'; });
    };
    const auto labels = split(domain, '.');
    return std::ranges::all_of(labels, is_label);
}

bool is_file_name(std::string_view name)
{
    if (name.empty() || name.size() > 100 || name.front() == '.') return false;
    return std::ranges::all_of(name, [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_media_type(std::string_view type)
{
    const auto slash = type.find('/');
    if (slash == 0 || slash == std::string_view::npos || slash + 1 == type.size() || type.size() > 100) return false;
    return std::ranges::all_of(type, [](char c) { return is_alnum(c) || c == '/' || c == '.' || c == '-' || c == '+'; });
}

bool is_one_line(std::string_view text)
{
    return is_utf8(text) && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_lines(std::string_view text)
{
    return is_utf8(text) && std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
}

std::string_view wrong_field(const Letter& letter)
{
    if (letter.subject.empty() || letter.subject.size() > kMostSubject || !is_one_line(letter.subject)) return "subject";
    if (letter.text.empty() || letter.text.size() > kMostText || !is_lines(letter.text)) return "text";
    if (letter.purpose.empty() || letter.key.empty() || letter.key.size() > kMostKey || !is_one_line(letter.key)) return "key";
    if (letter.attachments.size() > kMostAttachments) return "attachments";
    std::size_t bytes = 0;
    for (const auto& attachment : letter.attachments) {
        if (!is_file_name(attachment.name) || !is_media_type(attachment.media_type)) return "attachments";
        bytes += attachment.bytes.size();
    }
    return bytes > kMostBytes ? "attachments" : "";
}

} // namespace

Result<std::string> mail_address(std::string_view typed)
{
    const auto text = trim(typed);
    const auto at = text.rfind('@');
    const bool fits = at != std::string_view::npos && text.size() <= kLongestAddress && is_local_part(text.substr(0, at)) &&
                      is_domain(text.substr(at + 1));
    if (!fits) return fail(mail_bad_address, {{"address", std::string{typed.substr(0, kLongestAddress)}}});
    std::string address{text};
    std::transform(address.begin() + static_cast<std::ptrdiff_t>(at), address.end(), address.begin() + static_cast<std::ptrdiff_t>(at),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return address;
}

Result<Letter> checked(Letter letter)
{
    auto address = mail_address(letter.to);
    if (!address) return pass(address);
    letter.to = std::move(*address);
    if (const auto field = wrong_field(letter); !field.empty()) return fail(mail_bad_letter, {{"field", std::string{field}}});
    return letter;
}

std::string header_text(std::string_view text)
{
    const bool is_plain = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (is_plain && text.find("=?") == std::string_view::npos && text.size() <= 60) return std::string{text};
    // An encoded word has at most 75 letters and holds whole characters (RFC 2047 §2, §5): 45 bytes are 60 of base64.
    constexpr std::size_t kWord = 45;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(at + kWord, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(at, end - at)) + "?=";
        at = end;
    }
    return out;
}

std::string header_date(Instant at)
{
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds{at.ms}};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(moment - day)};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string_view text(MailState state)
{
    switch (state) {
    case MailState::queued: return "queued";
    case MailState::sending: return "sending";
    case MailState::sent: return "sent";
    case MailState::refused: return "refused";
    case MailState::given_up: return "given_up";
    }
    return "queued";
}

std::optional<MailState> mail_state_from(std::string_view name)
{
    for (const auto state : all_mail_states)
        if (text(state) == name) return state;
    return std::nullopt;
}

Fate fate_after(Verdict verdict, int attempts, Instant queued_at, Instant now)
{
    constexpr std::int64_t kMinuteMs = 60 * 1000, kGiveUpMs = std::int64_t{4} * 24 * 60 * kMinuteMs;
    constexpr std::array<std::int64_t, 8> kMinutes{1, 5, 15, 30, 60, 120, 240, 480};
    if (verdict == Verdict::taken) return {.state = MailState::sent};
    if (verdict == Verdict::refused) return {.state = MailState::refused};
    if (now.ms - queued_at.ms >= kGiveUpMs) return {.state = MailState::given_up};
    const auto step = std::min(static_cast<std::size_t>(std::max(attempts, 1) - 1), kMinutes.size() - 1);
    return {.state = MailState::queued, .next_try = Instant{now.ms + kMinutes[step] * kMinuteMs}};
}

} // namespace adal::mail
