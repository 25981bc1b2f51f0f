#include "cyber/telegram.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

namespace adal::cyber {

namespace telegram_words {

constexpr std::size_t kWords = 200, kMostHidden = 100;
constexpr std::int64_t kMostId = std::int64_t{1} << 53, kLongestWait = 3600;
constexpr std::chrono::hours kPositionHolds{6 * 24};

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_token(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 20) return false;
    const auto secret = text.substr(colon + 1);
    const auto plain = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; };
    return std::ranges::all_of(text.substr(0, colon), is_digit) && secret.size() >= 20 && secret.size() <= 100 && std::ranges::all_of(secret, plain);
}

std::optional<std::string> token_in(const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const auto status = fs::status(file, error);
    const auto others = fs::perms::group_all | fs::perms::others_all;
    if (error || !fs::is_regular_file(status) || (status.permissions() & others) != fs::perms::none) return std::nullopt;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::string token{trim(line)};
    if (!is_token(token)) return std::nullopt;
    return token;
}

std::string_view api_host(std::string_view url)
{
    auto host = url.substr(url.find("://") + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

bool is_safe_api(std::string_view url)
{
    if (std::ranges::any_of(url, [](char c) { return c <= ' ' || c >= 0x7f || c == '@' || c == '\\' || c == '?' || c == '#'; })) return false;
    if (url.starts_with("https://")) return !api_host(url).empty();
    const auto host = url.starts_with("http://") ? api_host(url) : std::string_view{};
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

// Adds a line without control characters, as far as there is room.
void append_line(TelegramUpdate& update, std::string_view line)
{
    if (update.text.size() + line.size() + 1 > kMostTelegramText) {
        update.is_too_long = true;
        return;
    }
    if (!update.text.empty()) update.text += '\n';
    for (const char c : line) update.text += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
}

void append_hidden(TelegramUpdate& update, const json::value& message, std::string_view key)
{
    const auto* entities = array_at(message, key);
    if (entities == nullptr) return;
    for (std::size_t i = 0; i < std::min(entities->size(), kMostHidden); ++i)
        if (const auto url = text_at((*entities)[i], "url")) append_line(update, *url);
}

// An advertisement is forwarded with its buttons.
void append_buttons(TelegramUpdate& update, const json::value& message)
{
    const auto* markup = find(message, "reply_markup");
    const auto* rows = markup == nullptr ? nullptr : array_at(*markup, "inline_keyboard");
    if (rows == nullptr) return;
    std::size_t seen = 0;
    for (const auto& row : *rows) {
        if (!row.is_array()) continue;
        for (const auto& button : row.get_array())
            if (const auto url = ++seen > kMostHidden ? std::nullopt : text_at(button, "url")) append_line(update, *url);
    }
}

void read_text(TelegramUpdate& update, const json::value& message)
{
    if (const auto text = text_at(message, "text")) append_line(update, *text);
    if (const auto caption = text_at(message, "caption")) append_line(update, *caption);
    append_hidden(update, message, "entities");
    append_hidden(update, message, "caption_entities");
    append_buttons(update, message);
}

i18n::Language language_of(const json::value& holder)
{
    const auto* from = find(holder, "from");
    const auto code = from == nullptr ? std::nullopt : text_at(*from, "language_code");
    if (!code || code->empty()) return i18n::Language::kk;
    return i18n::language_from(code->substr(0, code->find('-'))).value_or(i18n::Language::en);
}

bool read_place(TelegramUpdate& update, const json::value& message)
{
    const auto* chat = find(message, "chat");
    const auto id = chat == nullptr ? std::nullopt : int_at(*chat, "id");
    const auto number = int_at(message, "message_id");
    if (!id || !number || text_at(*chat, "type") != "private") return false;
    update.chat = *id;
    update.message = *number;
    return true;
}

void read_message(TelegramUpdate& update, const json::value& message)
{
    if (!read_place(update, message)) return;
    update.kind = TelegramKind::message;
    update.language = language_of(message);
    read_text(update, message);
}

void read_tap(TelegramUpdate& update, const json::value& tap)
{
    const auto query = text_at(tap, "id");
    const auto* question = find(tap, "message");
    if (!query || query->size() > 100 || question == nullptr || !read_place(update, *question)) return;
    update.kind = TelegramKind::tap;
    update.language = language_of(tap);
    update.query = *query;
    if (const auto data = text_at(tap, "data")) update.choice = data->substr(0, 64);
    if (const auto* asked = find(*question, "reply_to_message")) read_text(update, *asked);
}

std::optional<TelegramUpdate> update_of(const json::value& value)
{
    const auto id = int_at(value, "update_id");
    if (!id || *id <= 0 || *id >= kMostId) return std::nullopt;
    TelegramUpdate out{.id = *id};
    if (const auto* message = find(value, "message")) read_message(out, *message);
    else if (const auto* tap = find(value, "callback_query")) read_tap(out, *tap);
    return out;
}

// What the server says, short, on one line, and never our token.
std::string log_words(std::string_view words, std::string_view token)
{
    std::string out{words};
    for (std::size_t at = 0; !token.empty() && (at = out.find(token, at)) != std::string::npos;) out.replace(at, token.size(), "…");
    out.resize(std::min(out.size(), kWords));
    while (!out.empty() && !is_utf8(out)) out.pop_back();
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return out;
}

std::chrono::seconds demanded_wait(const json::value* said)
{
    const auto* parameters = said == nullptr ? nullptr : find(*said, "parameters");
    const auto seconds = parameters == nullptr ? std::nullopt : int_at(*parameters, "retry_after");
    return std::chrono::seconds{std::clamp<std::int64_t>(seconds.value_or(5), 1, kLongestWait)};
}

// A wrong token, another program that reads with it: nothing about this one call.
bool is_about_the_bot(int status)
{
    return status == 401 || status == 404 || status == 409 || status == 429;
}

} // namespace telegram_words

using namespace telegram_words;

Result<TelegramSettings> telegram_settings(const std::string& token_file, std::string api)
{
    if (token_file.empty()) return TelegramSettings{};
    auto token = token_in(token_file);
    if (!token) return fail(telegram_bad_token, {{"file", token_file}});
    while (api.ends_with('/')) api.pop_back();
    if (!is_safe_api(api)) return fail(telegram_bad_address, {{"url", std::move(api)}});
    return TelegramSettings{.token = std::move(*token), .api = std::move(api)};
}

std::optional<std::vector<TelegramUpdate>> read_telegram_updates(std::string_view body)
{
    const auto read = parse_json(body);
    const auto* rows = read ? array_at(*read, "result") : nullptr;
    if (rows == nullptr) return std::nullopt;
    std::vector<TelegramUpdate> out;
    for (const auto& row : *rows) {
        if (out.size() == static_cast<std::size_t>(kTelegramBatch)) break;
        if (auto update = update_of(row)) out.push_back(std::move(*update));
    }
    std::ranges::sort(out, {}, &TelegramUpdate::id);
    return out;
}

TelegramCall telegram_get_updates(std::int64_t offset)
{
    json::object body{{"limit", kTelegramBatch}, {"timeout", kTelegramPollSeconds}, {"allowed_updates", json::array{"message", "callback_query"}}};
    if (offset > 0) body["offset"] = offset;
    return {.method = "getUpdates", .body = to_text(body)};
}

TelegramVerdict read_telegram_verdict(const TelegramAnswer& answer, std::string_view token)
{
    if (answer.status == 0) return {.words = log_words(answer.words, token)};
    const auto read = parse_json(answer.body);
    const auto* ok = read ? find(*read, "ok") : nullptr;
    if (answer.status == 200 && ok != nullptr && ok->is_bool() && ok->get_bool()) return {.outcome = TelegramOutcome::done};
    TelegramVerdict out{.words = std::to_string(answer.status)};
    if (const auto text = read ? text_at(*read, "description") : std::nullopt) out.words += " " + log_words(*text, token);
    if (answer.status == 429) out.wait = demanded_wait(read ? &*read : nullptr);
    const bool is_refusal = answer.status >= 400 && answer.status < 500 && !is_about_the_bot(answer.status);
    if (is_refusal) out.outcome = TelegramOutcome::refused;
    else out.is_odd = !is_about_the_bot(answer.status);
    return out;
}

std::int64_t telegram_offset(const TelegramPosition& position, Instant now)
{
    return position.last > 0 && now.since(position.at) < kPositionHolds ? position.last + 1 : 0;
}

bool is_repeated(const TelegramPosition& position, std::int64_t update, Instant now)
{
    return update < telegram_offset(position, now);
}

} // namespace adal::cyber
