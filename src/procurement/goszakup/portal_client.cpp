#include "procurement/goszakup/portal_client.hpp"

#include "base/text.hpp"
#include "ledger/durable_file.hpp"
#include "procurement/ocds_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <curl/curl.h>
#include <filesystem>
#include <random>
#include <thread>

namespace adal::procurement::goszakup {

namespace portal_client {

struct Body {
    std::string bytes{};
    std::int64_t most = 0;
    bool too_large = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& body = *static_cast<Body*>(into);
    const std::size_t length = size * count;
    if (static_cast<std::int64_t>(body.bytes.size() + length) > body.most) {
        body.too_large = true;
        return 0; // ends the transfer
    }
    body.bytes.append(bytes, length);
    return length;
}

std::string_view host_of(std::string_view base)
{
    base.remove_prefix(std::min(base.size(), base.find("://") + 3));
    base = base.substr(0, base.find_first_of("/?#"));
    if (base.starts_with('[')) return base.substr(0, base.find(']') + 1);
    return base.substr(0, base.find(':'));
}

// What a reader of a log can act on; nothing of the request.
std::string reason_of(CURLcode code)
{
    return code == CURLE_OPERATION_TIMEDOUT ? "timeout" : curl_easy_strerror(code);
}

} // namespace portal_client

struct PortalClient::Handle {
    CURL* curl = curl_easy_init();
    curl_slist* headers = nullptr;
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle()
    {
        curl_slist_free_all(headers);
        curl_easy_cleanup(curl);
    }
};

struct PortalClient::Answer {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::int64_t retry_after = 0; // seconds
    portal_client::Body body{};
};

Result<std::string> read_token(const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const auto status = fs::status(file, error);
    if (error || !fs::is_regular_file(status))
        return fail(unreadable_file, {{"file", file}, {"reason", std::strerror(error ? error.value() : ENOENT)}});
    constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
    if ((status.permissions() & kOthers) != fs::perms::none)
        return fail(token_file_unusable, {{"file", file}, {"reason", "readable_by_others"}});
    std::optional<std::string> text;
    try {
        text = ledger::read_file(file);
    } catch (const std::system_error& unreadable) {
        return fail(unreadable_file, {{"file", file}, {"reason", unreadable.code().message()}});
    }
    const std::string token{trim(text.value_or(""))};
    const bool is_one_word = std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; });
    if (token.empty() || token.size() > 4096 || !is_one_word)
        return fail(token_file_unusable, {{"file", file}, {"reason", token.empty() ? "empty" : "not_a_token"}});
    return token;
}

Result<Done> check_portal_address(std::string_view base)
{
    const auto host = portal_client::host_of(base);
    const bool is_here = host == "127.0.0.1" || host == "localhost" || host == "[::1]";
    const bool is_web = base.starts_with("https://") || (base.starts_with("http://") && is_here);
    if (!is_web || host.empty() || base.find('@') != std::string_view::npos)
        return fail(bad_portal_address, {{"address", std::string{base}}});
    return done();
}

PortalClient::PortalClient(ClientSettings settings) : m_settings(std::move(settings)), m_handle(std::make_unique<Handle>())
{
    if (!m_handle->curl) throw std::runtime_error("libcurl did not start");
    while (m_settings.base.ends_with('/')) m_settings.base.pop_back();
    for (const std::string& header : {"Authorization: Bearer " + m_settings.token, std::string{"Content-Type: application/json"},
                                      std::string{"Accept: application/json"}})
        m_handle->headers = curl_slist_append(m_handle->headers, header.c_str());
    CURL* const curl = m_handle->curl;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 30'000L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(m_settings.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "adal-fetch");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, m_handle->headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, portal_client::take);
}

PortalClient::~PortalClient() = default;
PortalClient::PortalClient(PortalClient&&) noexcept = default;

Result<std::string> PortalClient::get(const std::string& path) { return request(path, nullptr); }
Result<std::string> PortalClient::post(const std::string& path, const std::string& json) { return request(path, &json); }

void PortalClient::wait_turn()
{
    const auto gap = std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(1.0 / m_settings.rate));
    const auto turn = m_last + gap;
    if (m_last.time_since_epoch().count() != 0) std::this_thread::sleep_until(turn);
    m_last = std::chrono::steady_clock::now();
}

// Between half and the whole of first_wait × 2^attempt, so that many clients do not come back together.
std::chrono::milliseconds PortalClient::wait_after(int attempt, std::int64_t retry_after_seconds)
{
    static thread_local std::mt19937_64 random{std::random_device{}()};
    const auto whole = std::min(m_settings.longest_wait, m_settings.first_wait * (std::int64_t{1} << std::min(attempt, 20)));
    std::uniform_int_distribution<std::int64_t> spread(whole.count() / 2, std::max<std::int64_t>(whole.count(), 1));
    const auto asked = std::min<std::chrono::milliseconds>(std::chrono::seconds{retry_after_seconds}, std::chrono::minutes{10});
    return std::max(std::chrono::milliseconds{spread(random)}, asked);
}

PortalClient::Answer PortalClient::perform(const std::string& address, const std::string* json)
{
    CURL* const curl = m_handle->curl;
    Answer answer;
    answer.body.most = m_settings.most_bytes;
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (json) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json->size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, json->c_str());
    } else curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    answer.code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_off_t retry_after = 0;
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after) == CURLE_OK) answer.retry_after = retry_after;
    return answer;
}

Result<std::string> PortalClient::request(const std::string& path, const std::string* json)
{
    const std::string address = m_settings.base + path;
    const std::string place = address.substr(0, address.find('?'));
    std::string reason;
    for (int attempt = 0; attempt < m_settings.tries; ++attempt) {
        wait_turn();
        auto answer = perform(address, json);
        if (answer.body.too_large)
            return fail(portal_answer_too_large, {{"address", place}, {"limit", std::to_string(m_settings.most_bytes)}});
        if (answer.code == CURLE_OK && answer.status == 200) return std::move(answer.body.bytes);
        if (answer.status == 404 || answer.status == 401 || answer.status == 403)
            return fail(token_refused, {{"address", place}});
        reason = answer.code == CURLE_OK ? std::to_string(answer.status) : portal_client::reason_of(answer.code);
        const bool is_certain = answer.code == CURLE_PEER_FAILED_VERIFICATION || answer.code == CURLE_URL_MALFORMAT;
        const bool may_pass = !is_certain && (answer.code != CURLE_OK || answer.status == 429 || answer.status >= 500);
        if (!may_pass) return fail(portal_unreachable, {{"address", place}, {"reason", reason}, {"tries", std::to_string(attempt + 1)}});
        if (attempt + 1 == m_settings.tries) break;
        const auto wait = wait_after(attempt, answer.retry_after);
        if (m_settings.on_wait) m_settings.on_wait(reason, attempt + 1, wait);
        std::this_thread::sleep_for(wait);
    }
    return fail(portal_unreachable, {{"address", place}, {"reason", reason}, {"tries", std::to_string(m_settings.tries)}});
}

} // namespace adal::procurement::goszakup
