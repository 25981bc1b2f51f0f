#include "referral/open311.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace adal::referral {

namespace open311_words {

constexpr std::size_t kWords = 500;
constexpr std::array<std::pair<Open311State, std::string_view>, 5> kStates{{{Open311State::waiting, "waiting"},
                                                                            {Open311State::sent, "sent"},
                                                                            {Open311State::closed, "closed"},
                                                                            {Open311State::unsure, "unsure"},
                                                                            {Open311State::refused, "refused"}}};

std::string_view host_of(std::string_view base)
{
    base.remove_prefix(base.find("://") + 3);
    base = base.substr(0, base.find('/'));
    if (base.starts_with('[')) return base.substr(0, base.find(']') + 1);
    return base.substr(0, base.find(':'));
}

bool is_safe(std::string_view base)
{
    if (base.find('@') != std::string_view::npos || std::ranges::any_of(base, [](char c) { return c <= ' ' || c == '\\' || c >= 0x7f; })) return false;
    if (base.starts_with("https://")) return !host_of(base).empty();
    const auto host = base.starts_with("http://") ? host_of(base) : std::string_view{};
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

// A stranger's words, short and without control characters.
std::string clipped(std::string_view words)
{
    std::string out;
    for (const char c : words.substr(0, kWords)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    while (!out.empty() && !is_utf8(out)) out.pop_back();
    return std::string{trim(out)};
}

// Numbers are text in the standard and numbers in practice.
std::string text_of(const json::value& object, std::string_view key)
{
    if (const auto text = text_at(object, key)) return clipped(*text);
    const auto number = int_at(object, key);
    return number ? std::to_string(*number) : std::string{};
}

// Every answer is a list; the first of it.
std::optional<json::value> first_of(const WebAnswer& answer)
{
    const auto read = parse_json(answer.body);
    if (!read || !read->is_array() || read->get_array().empty()) return std::nullopt;
    return read->get_array().front();
}

std::string words_of(const WebAnswer& answer)
{
    if (const auto error = first_of(answer))
        if (const auto text = text_at(*error, "description")) return fmt::format("{}: {}", answer.status, clipped(*text));
    return answer.status == 0 ? clipped(answer.words) : std::to_string(answer.status);
}

Instant later(Instant now, int tries)
{
    const auto minutes = std::min<std::int64_t>(std::int64_t{1} << std::min(tries, 10), 6 * 60);
    return now.plus(std::chrono::minutes{minutes});
}

Instant next_look(Instant now, int looks)
{
    constexpr std::array<int, 4> kFirst{5, 15, 600, 3600};
    const auto seconds = looks < static_cast<int>(kFirst.size()) ? kFirst[static_cast<std::size_t>(looks)] : 6 * 3600;
    return now.plus(std::chrono::seconds{seconds});
}

Open311Item put_off(Open311Item item, std::string words, Instant now)
{
    item.words = std::move(words);
    item.next_at = later(now, item.tries++);
    return item;
}

Open311Item numbered(Open311Item item, std::string request, Instant now)
{
    item.state = Open311State::sent;
    item.request = std::move(request);
    item.words.clear();
    item.tries = 0;
    item.next_at = next_look(now, 0);
    return item;
}

} // namespace open311_words

using namespace open311_words;

std::string_view name(Open311State state)
{
    return std::ranges::find(kStates, state, &std::pair<Open311State, std::string_view>::first)->second;
}

std::optional<Open311State> open311_state_from(std::string_view name)
{
    for (const auto& [state, known] : kStates)
        if (known == name) return state;
    return std::nullopt;
}

Result<Open311Endpoint> parse_open311(std::string_view address)
{
    const auto mark = address.find('?');
    Open311Endpoint out{.base = std::string{address.substr(0, mark)}};
    while (out.base.ends_with('/')) out.base.pop_back();
    auto rest = mark == std::string_view::npos ? std::string_view{} : address.substr(mark + 1);
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = std::string{pair.substr(std::min(pair.size(), equals + 1))};
        if (pair.substr(0, equals) == "service_code") out.service = value;
        else if (pair.substr(0, equals) == "jurisdiction_id") out.jurisdiction = value;
        else return fail(open311_bad_address);
    }
    if (!is_safe(out.base) || out.service.empty()) return fail(open311_bad_address);
    return out;
}

Result<Open311Keys> read_open311_keys(const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const auto status = fs::status(file, error);
    const auto others = fs::perms::group_all | fs::perms::others_all;
    if (error || !fs::is_regular_file(status) || (status.permissions() & others) != fs::perms::none)
        return fail(open311_bad_keys, {{"file", file}, {"line", "0"}});
    Open311Keys out;
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const auto text = trim(line);
        if (text.empty() || text.starts_with('#')) continue;
        const auto space = text.find_first_of(" \t");
        auto base = std::string{text.substr(0, space)};
        while (base.ends_with('/')) base.pop_back();
        const auto key = space == std::string_view::npos ? std::string_view{} : trim(text.substr(space));
        if (!is_safe(base) || key.empty() || key.find_first_of(" \t") != std::string_view::npos)
            return fail(open311_bad_keys, {{"file", file}, {"line", std::to_string(number)}});
        out[base] = std::string{key};
    }
    return out;
}

tl::expected<Open311Receipt, Open311Refusal> read_open311_receipt(const WebAnswer& answer)
{
    if (answer.status == 0)
        return tl::unexpected(Open311Refusal{answer.is_sent ? Open311Failure::unsure : Open311Failure::again, words_of(answer)});
    if (answer.status == 429 || answer.status == 503) return tl::unexpected(Open311Refusal{Open311Failure::again, words_of(answer)});
    if (answer.status >= 500) return tl::unexpected(Open311Refusal{Open311Failure::unsure, words_of(answer)});
    if (answer.status >= 300) return tl::unexpected(Open311Refusal{Open311Failure::refused, words_of(answer)});
    const auto first = first_of(answer);
    Open311Receipt out;
    if (first) out = {.request = text_of(*first, "service_request_id"), .token = text_of(*first, "token")};
    // It said yes and not what we can read: it is there, and a person must look.
    if (out.request.empty() && out.token.empty()) return tl::unexpected(Open311Refusal{Open311Failure::unsure, clipped(answer.body)});
    return out;
}

std::optional<Open311Status> read_open311_status(const WebAnswer& answer)
{
    if (answer.status != 200) return std::nullopt;
    const auto first = first_of(answer);
    const auto status = first ? text_at(*first, "status") : std::nullopt;
    if (!status) return std::nullopt;
    return Open311Status{.is_closed = *status == "closed", .notes = text_of(*first, "status_notes")};
}

Open311Item after_post(Open311Item item, const WebAnswer& answer, Instant now)
{
    const auto receipt = read_open311_receipt(answer);
    if (receipt && !receipt->request.empty()) return numbered(std::move(item), receipt->request, now);
    if (receipt) {
        item.token = receipt->token;
        item.tries = 0;
        item.next_at = next_look(now, 0);
        return item;
    }
    if (receipt.error().failure == Open311Failure::again) return put_off(std::move(item), receipt.error().words, now);
    item.state = receipt.error().failure == Open311Failure::unsure ? Open311State::unsure : Open311State::refused;
    item.words = receipt.error().words;
    return item;
}

Open311Item after_token(Open311Item item, const WebAnswer& answer, Instant now)
{
    const auto first = answer.status == 200 ? first_of(answer) : std::nullopt;
    const auto request = first ? text_of(*first, "service_request_id") : std::string{};
    if (request.empty()) return put_off(std::move(item), answer.status == 200 ? std::string{} : words_of(answer), now);
    return numbered(std::move(item), request, now);
}

Open311Item after_look(Open311Item item, const WebAnswer& answer, Instant now)
{
    const auto status = read_open311_status(answer);
    item.next_at = next_look(now, ++item.tries);
    if (!status) {
        item.words = words_of(answer);
        return item;
    }
    item.words = status->notes;
    if (status->is_closed) item.state = Open311State::closed;
    return item;
}

} // namespace adal::referral
