#include "probe/web.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <new>

namespace adal::probe {

namespace calling {

constexpr std::size_t kMostAnswer = 4 << 20, kLongestText = 500;
constexpr long kConnectMs = 10'000, kCallMs = 60'000;

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

struct Body {
    std::string bytes{};
    std::size_t most = 0;
    bool is_full = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& body = *static_cast<Body*>(into);
    const auto kept = std::min(size * count, body.most - body.bytes.size());
    body.bytes.append(bytes, kept);
    body.is_full = kept < size * count;
    return kept; // less than offered: ends the transfer
}

Curl new_call(const std::string& url, Body& body)
{
    Curl curl{curl_easy_init(), curl_easy_cleanup};
    if (!curl) throw std::bad_alloc{};
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "adal-probe");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
    return curl;
}

WebStatus status_of(CURLcode code)
{
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return WebStatus::timeout;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE: return WebStatus::closed;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return WebStatus::reset;
    default: return WebStatus::failed;
    }
}

bool is_this_machine(std::string_view host)
{
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

} // namespace calling

std::string plain_text(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (out.size() + 3 > calling::kLongestText) break;
        if (c > 0x20 && c < 0x7f && c != '"' && c != '\\') out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

WebStep get_page(const PageRequest& request, const std::vector<BlockPage>& pages, std::chrono::milliseconds limit)
{
    using namespace calling;
    Body body{.most = kMostBody};
    const auto where = request.server.address.is_v6 ? "[" + request.server.address.text() + "]" : request.server.address.text();
    const auto url = fmt::format("{}://{}:{}{}", request.scheme, request.host, request.server.port, request.path);
    const auto curl = new_call(url, body);
    const List pinned{curl_slist_append(nullptr, fmt::format("::{}:{}", where, request.server.port).c_str()), curl_slist_free_all};
    curl_easy_setopt(curl.get(), CURLOPT_CONNECT_TO, pinned.get());
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
    const auto code = curl_easy_perform(curl.get());
    long status = 0;
    double seconds = 0;
    const char* location = nullptr;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl.get(), CURLINFO_TOTAL_TIME, &seconds);
    curl_easy_getinfo(curl.get(), CURLINFO_REDIRECT_URL, &location);
    WebStep out{.status = code == CURLE_OK || (status != 0 && body.is_full) ? WebStatus::ok : status_of(code), .bytes = static_cast<std::int64_t>(body.bytes.size()), .ms = static_cast<int>(seconds * 1000)};
    if (out.status != WebStatus::ok) return out;
    out.code = static_cast<int>(status);
    if (location != nullptr) out.location = plain_text(location);
    if (const auto* page = block_page_of(pages, body.bytes, out.location)) out.block_page = page->id, out.page_is_verified = page->is_verified;
    return out;
}

Result<std::string> server_address(std::string_view text)
{
    while (text.ends_with('/')) text.remove_suffix(1);
    const bool is_safe = std::ranges::none_of(text, [](char c) { return c <= ' ' || c >= 0x7f || c == '@' || c == '\\' || c == '?' || c == '#'; });
    const auto after = text.find("://");
    if (!is_safe || after == text.npos) return fail(bad_server_address);
    auto host = text.substr(after + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) host = host.substr(0, host.find(']') + 1);
    else host = host.substr(0, host.find(':'));
    if (host.empty() || !(text.starts_with("https://") || (text.starts_with("http://") && calling::is_this_machine(host)))) return fail(bad_server_address);
    return std::string{text};
}

Result<std::string> post_note(const std::string& address, const std::string& note)
{
    using namespace calling;
    Body body{.most = kMostAnswer};
    const auto curl = new_call(address, body);
    const List headers{curl_slist_append(nullptr, "Content-Type: text/plain; charset=utf-8"), curl_slist_free_all};
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, kCallMs);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, note.data());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(note.size()));
    const auto code = curl_easy_perform(curl.get());
    if (code != CURLE_OK) return fail(server_unreachable, {{"reason", curl_easy_strerror(code)}});
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return fail(server_refused, {{"status", std::to_string(status)}});
    return std::move(body.bytes);
}

} // namespace adal::probe
