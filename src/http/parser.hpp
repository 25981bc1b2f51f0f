// http/parser.hpp: requests from bytes, without any I/O. Boost.Beast's parser inside; what its version 1.81 lets through
// (RFC 9112 §6: Content-Length beside Transfer-Encoding, chunked in HTTP/1.0, endless trailers and chunk
// extensions, a missing or second Host) is refused here.
//
// One parser per request. Not thread-safe.
#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adal::http {

struct RequestHead {
    std::string method{};
    std::string target{};
    Headers headers{};
    std::string peer{};
    unsigned version = 11;
    bool keep_alive = true;
    bool has_body = false;
    bool expects_continue = false;
    std::optional<std::uint64_t> content_length{};
};

class RequestParser
{
public:
    explicit RequestParser(std::uint32_t header_bytes);
    ~RequestParser();
    RequestParser(RequestParser&&) noexcept;
    RequestParser& operator=(RequestParser&&) noexcept;

    enum class Step { more, head, piece, done, refused };

    // Reads until the header is complete. `used` = bytes taken from `bytes`; the rest is kept by the caller
    // and given again with what arrives next.
    Step read_head(std::string_view bytes, std::size_t& used, RequestHead& out);

    // After the head: pieces of the body, appended to `piece` (at most 16 KB a call). `more` = give more bytes.
    // Above `limit` bytes: refused with 413.
    void begin_body(std::uint64_t limit);
    Step read_body(std::string_view bytes, std::size_t& used, std::string& piece);

    // The status to answer after `refused`: 400, 413, 431, 501, 505.
    [[nodiscard]] int refusal() const { return m_refusal; }

private:
    Step refuse(int status);
    // Framing that Beast accepts and RFC 9112 forbids; 0 = good.
    [[nodiscard]] int framing_problem() const;

    struct State;
    std::unique_ptr<State> m_state;
    std::size_t m_without_progress = 0; // bytes of trailers and chunk extensions since the last body byte
    bool m_too_long = false;
    int m_refusal = 400;
};

// "Not Found"
std::string_view reason_of(int status);

} // namespace adal::http
