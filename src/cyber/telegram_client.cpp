#include "cyber/telegram_client.hpp"

#include <curl/curl.h>
#include <memory>
#include <new>

namespace adal::cyber {

namespace telegram_calling {

constexpr std::size_t kMostAnswer = 8 << 20;
constexpr long kConnectMs = 10'000, kCallMs = 15'000;

std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size * count > kMostAnswer) return 0; // ends the transfer
    body.append(bytes, size * count);
    return size * count;
}

// Asked about once a second; 1 ends the transfer.
int is_to_stop(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void set_limits(CURL* curl, bool is_poll, const std::stop_token& stop)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, kCallMs + (is_poll ? kTelegramPollSeconds * 1000L : 0L));
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_to_stop);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stop);
}

} // namespace telegram_calling

TelegramAnswer call_telegram(const TelegramSettings& settings, const TelegramCall& call, const std::stop_token& stop)
{
    using namespace telegram_calling;
    const Curl curl{curl_easy_init(), curl_easy_cleanup};
    const List headers{curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all};
    if (!curl || !headers) throw std::bad_alloc{};
    TelegramAnswer answer;
    const auto url = settings.api + "/bot" + settings.token + "/" + call.method;
    set_limits(curl.get(), call.method == "getUpdates", stop);
    if (url.starts_with("http://")) curl_easy_setopt(curl.get(), CURLOPT_PROXY, ""); // this machine: the token stays on it
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "adal-telegram");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
    const auto code = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK) answer.status = static_cast<int>(status);
    else answer.words = curl_easy_strerror(code); // names no address
    return answer;
}

} // namespace adal::cyber
