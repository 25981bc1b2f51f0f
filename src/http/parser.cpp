#include "http/parser.hpp"

#include <boost/beast/core/error.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>

namespace adal::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t kPieceBytes = 16 << 10;
constexpr std::size_t kMaxWithoutProgress = 16 << 10;
constexpr std::size_t kMaxHeaders = 100;

std::string text(beast::string_view view) { return {view.data(), view.size()}; }

} // namespace

struct RequestParser::State {
    beast::http::request_parser<beast::http::buffer_body> parser;
};

RequestParser::RequestParser(std::uint32_t header_bytes) : m_state(std::make_unique<State>())
{
    m_state->parser.header_limit(header_bytes);
    m_state->parser.body_limit(boost::none);
    m_state->parser.eager(false);
}

RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

RequestParser::Step RequestParser::refuse(int status)
{
    m_refusal = status;
    return Step::refused;
}

int RequestParser::framing_problem() const
{
    const auto& head = m_state->parser.get();
    if (head.version() != 10 && head.version() != 11) return 505;
    const auto hosts = head.count(beast::http::field::host);
    if (hosts > 1 || (hosts == 0 && head.version() == 11)) return 400;
    const auto encodings = head.count(beast::http::field::transfer_encoding);
    if (encodings == 0) return 0;
    if (head.version() == 10 || encodings > 1 || head.count(beast::http::field::content_length) != 0) return 400;
    if (!beast::iequals(head[beast::http::field::transfer_encoding], "chunked")) return 501;
    return 0;
}

RequestParser::Step RequestParser::read_head(std::string_view bytes, std::size_t& used, RequestHead& out)
{
    beast::error_code error;
    auto& parser = m_state->parser;
    used = bytes.empty() ? 0 : parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error == beast::http::error::need_more || (!error && !parser.is_header_done())) return Step::more;
    if (error == beast::http::error::header_limit) return refuse(431);
    if (error) return refuse(400);
    if (const int problem = framing_problem()) return refuse(problem);

    const auto& head = parser.get();
    out.method = text(head.method_string());
    out.target = text(head.target());
    out.version = head.version();
    out.keep_alive = head.keep_alive();
    out.has_body = !parser.is_done();
    out.expects_continue = beast::iequals(head[beast::http::field::expect], "100-continue");
    if (const auto length = parser.content_length()) out.content_length = *length;
    out.headers.clear();
    for (const auto& header : head) {
        if (out.headers.size() == kMaxHeaders) return refuse(431);
        out.headers.emplace_back(text(header.name_string()), text(header.value()));
    }
    return Step::head;
}

void RequestParser::begin_body(std::uint64_t limit)
{
    m_state->parser.body_limit(limit);
    m_state->parser.eager(true);
    m_without_progress = 0;
    // Beast compares a Content-Length with its limit only while it reads the header.
    const auto length = m_state->parser.content_length();
    m_too_long = length && *length > limit;
}

RequestParser::Step RequestParser::read_body(std::string_view bytes, std::size_t& used, std::string& piece)
{
    used = 0;
    if (m_too_long) return refuse(413);
    beast::error_code error;
    auto& parser = m_state->parser;
    const auto before = piece.size();
    piece.resize(before + kPieceBytes);
    auto& body = parser.get().body();
    body.data = piece.data() + before;
    body.size = kPieceBytes;
    used = bytes.empty() ? 0 : parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    const auto got = kPieceBytes - body.size;
    piece.resize(before + got);
    if (error == beast::http::error::body_limit) return refuse(413);
    if (error && error != beast::http::error::need_more && error != beast::http::error::need_buffer) return refuse(400);

    m_without_progress = got > 0 ? 0 : m_without_progress + used;
    if (m_without_progress > kMaxWithoutProgress) return refuse(400);
    if (parser.is_done()) return Step::done;
    if (got > 0 || used > 0) return Step::piece;
    // Not one line could be finished although so much is there: a trailer or an extension without end.
    return bytes.size() > kMaxWithoutProgress ? refuse(400) : Step::more;
}

std::string_view reason_of(int status)
{
    const auto reason = beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
    return {reason.data(), reason.size()};
}

} // namespace adal::http
