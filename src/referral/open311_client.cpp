#include "referral/open311_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <new>

namespace adal::referral {

namespace open311_calling {

constexpr std::size_t kMostBytes = 1 << 20;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size * count > kMostBytes) return 0; // ends the transfer
    body.append(bytes, size * count);
    return size * count;
}

// Before a connection stands nothing can have reached the server.
bool is_before_sending(CURLcode code)
{
    return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT || code == CURLE_SSL_CONNECT_ERROR ||
           code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_URL_MALFORMAT;
}

// RFC 3986: everything but the unreserved characters.
std::string encoded(std::string_view text)
{
    const std::unique_ptr<char, decltype(&curl_free)> out{curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())), curl_free};
    if (!out) throw std::bad_alloc{};
    return out.get();
}

std::string first_letters(std::string_view text, std::size_t most)
{
    std::size_t letters = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++letters > most) return std::string{text.substr(0, i)};
    return std::string{text};
}

} // namespace open311_calling

std::string open311_form(const Open311Endpoint& to, const Open311Request& request, std::string_view key)
{
    std::string out;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        if (!out.empty()) out += '&';
        out += std::string{name} + "=" + open311_calling::encoded(value);
    };
    add("api_key", key);
    add("jurisdiction_id", to.jurisdiction);
    add("service_code", to.service);
    if (request.at) {
        add("lat", fmt::format("{:.6f}", request.at->latitude));
        add("long", fmt::format("{:.6f}", request.at->longitude));
    }
    add("address_string", request.address);
    add("description", open311_calling::first_letters(request.description, kOpen311Description));
    add("media_url", request.media_url);
    return out;
}

std::string open311_post_url(const Open311Endpoint& to)
{
    return to.base + "/requests.json";
}

namespace open311_calling {

std::string asked(const Open311Endpoint& to, std::string_view path, std::string_view id)
{
    auto url = to.base + std::string{path} + encoded(id) + ".json";
    if (!to.jurisdiction.empty()) url += "?jurisdiction_id=" + encoded(to.jurisdiction);
    return url;
}

} // namespace open311_calling

std::string open311_token_url(const Open311Endpoint& to, std::string_view token)
{
    return open311_calling::asked(to, "/tokens/", token);
}

std::string open311_status_url(const Open311Endpoint& to, std::string_view request)
{
    return open311_calling::asked(to, "/requests/", request);
}

WebAnswer call_web(const std::string& url, const std::string* form)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl{curl_easy_init(), curl_easy_cleanup};
    if (!curl) throw std::bad_alloc{};
    WebAnswer answer;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, 30'000L);
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "adal-open311");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, open311_calling::take);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
    if (form != nullptr) {
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, form->data());
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(form->size()));
    }
    const auto code = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK) answer.status = static_cast<int>(status);
    else {
        answer.words = curl_easy_strerror(code);
        answer.is_sent = !open311_calling::is_before_sending(code);
    }
    return answer;
}

} // namespace adal::referral
