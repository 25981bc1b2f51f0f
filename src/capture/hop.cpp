#include "capture/hop.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace adal::capture {
namespace {

constexpr std::size_t kMaxHeadLine = 512 << 10; // of the worker's answer
constexpr std::array kFailures{
    std::pair{Failure::none, std::string_view{"none"}},       std::pair{Failure::name, std::string_view{"name"}},
    std::pair{Failure::address_not_public, std::string_view{"address_not_public"}}, std::pair{Failure::port_not_web, std::string_view{"port_not_web"}},
    std::pair{Failure::connect, std::string_view{"connect"}}, std::pair{Failure::gateway, std::string_view{"gateway"}},
    std::pair{Failure::tls, std::string_view{"tls"}},         std::pair{Failure::http, std::string_view{"http"}},
    std::pair{Failure::time, std::string_view{"time"}},       std::pair{Failure::size, std::string_view{"size"}},
    std::pair{Failure::redirects, std::string_view{"redirects"}}, std::pair{Failure::worker, std::string_view{"worker"}}};

bool is_control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// The worker may have been taken over by what it read: nothing of it is longer or stranger than it should be.
bool is_tame(std::string_view said, std::size_t limit)
{
    return said.size() <= limit && is_utf8(said) && std::ranges::none_of(said, [](char c) { return is_control(c) && c != '\n'; });
}

bool is_hash(std::string_view said)
{
    return said.empty() || (said.size() == 64 && said.find_first_not_of("0123456789abcdef") == std::string_view::npos);
}

bool is_link(std::string_view said)
{
    return said.size() <= kMostLink && std::ranges::all_of(said, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string_view text_of(const json::value& value)
{
    const auto& text = value.as_string();
    return {text.data(), text.size()};
}

std::optional<Hop> read_line(const json::value& line)
{
    const auto word = [&](std::string_view key) { return std::string{text_at(line, key).value_or("")}; };
    const auto failure = failure_from(word("failure"));
    const auto status = int_at(line, "status").value_or(-1);
    if (!failure || status < 0 || status > 999) return std::nullopt;
    Hop out{.failure = *failure, .status = static_cast<int>(status), .mime = word("mime"), .location = word("location"), .title = word("title"), .text = word("text"), .tls = word("tls"),
            .certificate = word("certificate")};
    out.body = word("body");
    const auto* links = array_at(line, "links");
    if (links == nullptr || links->size() > kMostLinks) return std::nullopt;
    for (const auto& link : *links) {
        if (!link.is_string() || !is_link(text_of(link))) return std::nullopt;
        out.links.emplace_back(text_of(link));
    }
    const bool good = is_tame(out.mime, 100) && is_tame(out.location, kMostLocation) && is_tame(out.title, 4 * kMostTitle) && is_tame(out.text, kMostText) && is_tame(out.tls, 20) &&
                      is_hash(out.certificate) && is_hash(out.body);
    return good ? std::optional{std::move(out)} : std::nullopt;
}

} // namespace

std::string small(std::string_view text)
{
    std::string out{text};
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view name(Failure failure)
{
    const auto* found = std::ranges::find(kFailures, failure, &std::pair<Failure, std::string_view>::first);
    ADAL_CHECK(found != kFailures.end());
    return found->second;
}

std::optional<Failure> failure_from(std::string_view name)
{
    const auto* found = std::ranges::find(kFailures, name, &std::pair<Failure, std::string_view>::second);
    return found == kFailures.end() ? std::nullopt : std::optional{found->first};
}

std::string write_errand(const Errand& errand)
{
    return to_text(json::object{{"url", errand.url}, {"ms", errand.time.count()}, {"bytes", errand.bytes}});
}

std::optional<Errand> read_errand(std::string_view bytes)
{
    const auto read = parse_json(bytes);
    if (!read) return std::nullopt;
    const auto ms = int_at(*read, "ms").value_or(0), most = int_at(*read, "bytes").value_or(0);
    if (ms <= 0 || most <= 0) return std::nullopt;
    return Errand{.url = std::string{text_at(*read, "url").value_or("")}, .time = std::chrono::milliseconds{ms}, .bytes = static_cast<std::size_t>(most)};
}

std::string write_hop(const Hop& hop)
{
    json::object line{{"failure", name(hop.failure)}, {"status", hop.status},   {"mime", hop.mime}, {"location", hop.location},
                            {"title", hop.title},           {"text", hop.text},       {"tls", hop.tls},   {"certificate", hop.certificate}, {"body", hop.body},
                            {"request", hop.request.size()}, {"response", hop.response.size()}};
    line["links"] = json::array(hop.links.begin(), hop.links.end());
    return to_text(line) + "\n" + hop.request + hop.response;
}

std::optional<Hop> read_hop(std::string_view answer)
{
    const auto end = answer.substr(0, kMaxHeadLine).find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = parse_json(answer.substr(0, end));
    if (!line) return std::nullopt;
    auto out = read_line(*line);
    if (!out) return std::nullopt;
    const auto bytes = answer.substr(end + 1);
    const auto request = int_at(*line, "request").value_or(-1), response = int_at(*line, "response").value_or(-1);
    if (request < 0 || response < 0 || static_cast<std::uint64_t>(request) > bytes.size()) return std::nullopt;
    if (static_cast<std::uint64_t>(response) != bytes.size() - static_cast<std::uint64_t>(request)) return std::nullopt;
    out->request = bytes.substr(0, static_cast<std::size_t>(request));
    out->response = bytes.substr(static_cast<std::size_t>(request));
    return out;
}

} // namespace adal::capture
