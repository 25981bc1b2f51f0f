#include "mail/smtp.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <curl/curl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <new>

namespace adal::mail {

namespace {

constexpr long kConnectMs = 20'000, kAllMs = 120'000;

bool is_this_machine(std::string_view url)
{
    auto host = url.substr(url.find("://") + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with("[::1]")) return true;
    host = host.substr(0, host.find(':'));
    return host == "127.0.0.1" || host == "localhost";
}

template <typename T>
T* made(T* pointer)
{
    if (!pointer) throw std::bad_alloc{};
    return pointer;
}

class Transfer
{
public:
    Transfer(const SmtpSettings& settings, const Letter& letter, const std::string& message_id, Instant at)
        : m_curl(made(curl_easy_init()), curl_easy_cleanup), m_mime(made(curl_mime_init(m_curl.get())), curl_mime_free)
    {
        add_headers(settings, letter, message_id, at);
        add_parts(letter);
        m_to.reset(made(curl_slist_append(nullptr, ("<" + letter.to + ">").c_str())));
        set(CURLOPT_URL, settings.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        set(CURLOPT_MAIL_FROM, ("<" + settings.from + ">").c_str());
        set(CURLOPT_MAIL_RCPT, m_to.get());
        set(CURLOPT_HTTPHEADER, m_headers.get());
        set(CURLOPT_MIMEPOST, m_mime.get());
        set(CURLOPT_USE_SSL, static_cast<long>(is_this_machine(settings.url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
        set(CURLOPT_SSL_VERIFYPEER, is_this_machine(settings.url) ? 0L : 1L);
        set(CURLOPT_SSL_VERIFYHOST, is_this_machine(settings.url) ? 0L : 2L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
        set(CURLOPT_TIMEOUT_MS, kAllMs);
        set(CURLOPT_ERRORBUFFER, m_error.data());
        set(CURLOPT_HEADERFUNCTION, &Transfer::hear);
        set(CURLOPT_HEADERDATA, this);
        if (settings.user.empty()) return;
        set(CURLOPT_USERNAME, settings.user.c_str());
        set(CURLOPT_PASSWORD, settings.password.c_str());
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    ServerAnswer run()
    {
        const auto code = curl_easy_perform(m_curl.get());
        long status = 0;
        curl_easy_getinfo(m_curl.get(), CURLINFO_RESPONSE_CODE, &status);
        ServerAnswer answer{.verdict = verdict(code, status), .words = m_words};
        if (answer.words.empty() || code != CURLE_OK)
            answer.words = m_error[0] != '\0' && m_words.empty() ? m_error.data() : code == CURLE_OK ? m_words : words_of(code);
        answer.words = clipped(answer.words);
        return answer;
    }

private:
    template <typename T>
    void set(CURLoption option, T value)
    {
        if (curl_easy_setopt(m_curl.get(), option, value) != CURLE_OK) throw std::runtime_error("libcurl refuses an option");
    }

    void add_headers(const SmtpSettings& settings, const Letter& letter, const std::string& message_id, Instant at)
    {
        for (const auto& header : {"From: Adal <" + settings.from + ">", "To: <" + letter.to + ">", "Subject: " + header_text(letter.subject),
                                   "Date: " + header_date(at), "Message-ID: <" + message_id + ">",
                                   std::string{"Auto-Submitted: auto-generated"}}) // RFC 3834: no answering machines
            m_headers.reset(made(curl_slist_append(m_headers.release(), header.c_str())));
    }

    void add_parts(const Letter& letter)
    {
        auto* text = made(curl_mime_addpart(m_mime.get()));
        curl_mime_data(text, letter.text.data(), letter.text.size());
        curl_mime_type(text, "text/plain; charset=utf-8");
        curl_mime_encoder(text, "base64");
        for (const auto& attachment : letter.attachments) {
            auto* part = made(curl_mime_addpart(m_mime.get()));
            curl_mime_data(part, attachment.bytes.data(), attachment.bytes.size());
            curl_mime_type(part, attachment.media_type.c_str());
            curl_mime_filename(part, attachment.name.c_str());
            curl_mime_encoder(part, "base64");
        }
    }

    // The server's lines; the last one says why.
    static std::size_t hear(char* bytes, std::size_t size, std::size_t count, void* self)
    {
        const std::string_view line{bytes, size * count};
        static_cast<Transfer*>(self)->m_words = std::string{trim(line)};
        return size * count;
    }

    static Verdict verdict(CURLcode code, long status)
    {
        if (code == CURLE_OK) return Verdict::taken;
        // RFC 5321 §4.2: 5yz is for good. 530–538 speak of us, not of the letter (RFC 4954 §6).
        const bool about_us = (status >= 530 && status <= 538) || code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED;
        return status >= 500 && status < 600 && !about_us ? Verdict::refused : Verdict::later;
    }

    [[nodiscard]] std::string words_of(CURLcode code) const
    {
        const std::string reason = m_error[0] != '\0' ? m_error.data() : curl_easy_strerror(code);
        return m_words.empty() ? reason : m_words + " (" + reason + ")";
    }

    static std::string clipped(std::string words)
    {
        std::string out;
        for (const char c : words) out += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f ? ' ' : c;
        return out.substr(0, kMostWords);
    }

    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> m_curl;
    std::unique_ptr<curl_mime, decltype(&curl_mime_free)> m_mime;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> m_headers{nullptr, curl_slist_free_all}, m_to{nullptr, curl_slist_free_all};
    std::array<char, CURL_ERROR_SIZE> m_error{};
    std::string m_words{};
};

Result<std::string> password_in(const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const auto status = fs::status(file, error);
    const auto refuse = [&](std::string reason) { return fail(mail_password_file, {{"file", file}, {"reason", std::move(reason)}}); };
    if (error || !fs::is_regular_file(status)) return refuse("unreadable");
    if ((status.permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) return refuse("readable_by_others");
    std::ifstream in{file};
    std::string line;
    std::getline(in, line);
    const std::string password{trim(line)};
    if (password.empty() || password.size() > 1024) return refuse("empty");
    return password;
}

} // namespace

Result<SmtpSettings> smtp_settings(std::string url, std::string_view from, std::string user, const std::string& password_file)
{
    if (url.empty()) return SmtpSettings{};
    const bool known = url.starts_with("smtp://") || url.starts_with("smtps://");
    const auto host = known ? std::string_view{url}.substr(url.find("://") + 3) : std::string_view{};
    const bool plain = std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7f; });
    if (!known || host.empty() || !plain || host.find('@') != std::string_view::npos) return fail(mail_bad_server, {{"url", std::move(url)}});
    auto sender = mail_address(from);
    if (!sender) return pass(sender);
    SmtpSettings settings{.url = std::move(url), .from = std::move(*sender), .user = std::move(user)};
    if (password_file.empty()) return settings;
    auto password = password_in(password_file);
    if (!password) return pass(password);
    settings.password = std::move(*password);
    return settings;
}

ServerAnswer send(const SmtpSettings& settings, const Letter& letter, const std::string& message_id, Instant at)
{
    return Transfer{settings, letter, message_id, at}.run();
}

} // namespace adal::mail
