#include "http/session.hpp"

#include <algorithm>

namespace adal::http {
namespace {

constexpr std::size_t kProgress = 16 << 10; // bytes that buy another body_time
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

} // namespace

void start_session(Server::Core& core, Loop& loop, Socket socket, const std::string& peer, std::string address_key)
{
    std::make_shared<Session>(core, loop, std::move(socket), peer, std::move(address_key))->start();
}

void drain_session(Session& session) { session.drain(); }

Session::Session(Server::Core& core, Loop& loop, Socket socket, std::string peer, std::string address_key)
    : m_core(core), m_loop(loop), m_stream(std::move(socket)), m_peer(std::move(peer)), m_address_key(std::move(address_key))
{
    ++m_core.connections;
}

Session::~Session()
{
    --m_core.connections;
    if (!m_address_key.empty()) m_core.addresses.leave(m_address_key);
    m_loop.sessions.erase(this);
}

void Session::start()
{
    m_loop.sessions.emplace(this, weak_from_this());
    next_request();
}

void Session::drain()
{
    if (m_state == State::idle) m_stream.cancel();
}

void Session::next_request()
{
    if (m_core.stopping) return close();
    m_parser = std::make_unique<RequestParser>(m_core.options.limits.header_bytes);
    m_state = State::idle;
    if (m_at < m_in.size()) return on_bytes();
    m_in.clear();
    m_in.shrink_to_fit(); // an idle connection holds no buffer
    m_at = 0;
    m_stream.expires_after(m_core.options.limits.idle_time);
    read();
}

void Session::read()
{
    m_in.erase(0, m_at);
    m_at = 0;
    const std::size_t held = m_in.size(), room = m_state == State::body ? 64 << 10 : 4 << 10;
    m_in.resize(held + room);
    m_stream.async_read_some(net::buffer(m_in.data() + held, room), [self = shared_from_this(), held](ErrorCode error, std::size_t got) {
        self->m_in.resize(held + got);
        self->m_since_progress += got;
        if (error) {
            self->note_timeout(error);
            return self->close();
        }
        self->on_bytes();
    });
}

void Session::on_bytes()
{
    if (m_state == State::body) return read_body();
    if (m_state == State::idle) {
        m_state = State::head;
        m_stream.expires_after(m_core.options.limits.header_time);
    }
    read_head();
}

void Session::read_head()
{
    std::size_t used = 0;
    const auto step = m_parser->read_head(pending(), used, m_head);
    m_at += used;
    if (step == RequestParser::Step::refused) return refuse(m_parser->refusal());
    if (step != RequestParser::Step::more) return route();
    if (pending().size() > m_core.options.limits.header_bytes) return refuse(431);
    read();
}

void Session::route()
{
    ++m_core.requests;
    m_keep_alive = m_head.keep_alive && !m_core.stopping;
    m_is_head = m_head.method == "HEAD";
    RequestHead head = m_head;
    head.peer = m_peer;
    m_exchange = m_core.dispatcher.open(std::move(head));
    if (!m_head.has_body) return answer();
    if (m_core.dispatcher.must_admit_first(*m_exchange, m_head.content_length)) {
        m_state = State::working;
        return on_worker(&Session::work_admit, &Session::after_admit);
    }
    begin_body();
}

void Session::after_admit() { begin_body(); }

void Session::begin_body()
{
    if (!m_core.dispatcher.accept_body(*m_exchange, m_head.content_length)) {
        m_keep_alive = false; // the body will not be read
        return answer();
    }
    m_state = State::body;
    m_body_until = Clock::now() + m_core.options.limits.body_total;
    m_parser->begin_body(m_exchange->route->options.body_limit);
    m_since_progress = 0;
    m_stream.expires_after(m_core.options.limits.body_time);
    if (m_head.expects_continue && pending().empty()) return send_continue();
    read_body();
}

void Session::send_continue()
{
    m_stream.expires_after(m_core.options.limits.write_time);
    net::async_write(m_stream, net::buffer(kContinue), [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (error) return self->close();
        self->m_stream.expires_after(self->m_core.options.limits.body_time);
        self->read_body();
    });
}

void Session::read_body()
{
    std::string piece;
    for (;;) {
        piece.clear();
        std::size_t used = 0;
        const auto step = m_parser->read_body(pending(), used, piece);
        m_at += used;
        if (step == RequestParser::Step::refused) return refuse(m_parser->refusal());
        if (!piece.empty() && !m_core.dispatcher.write_body(*m_exchange, piece)) {
            m_keep_alive = false;
            return answer();
        }
        if (step == RequestParser::Step::done) {
            m_core.dispatcher.finish_body(*m_exchange);
            return answer();
        }
        if (step == RequestParser::Step::more) break;
    }
    expect_progress();
}

// Only progress buys time: 16 KB for each body_time, and body_total for all.
void Session::expect_progress()
{
    const auto left = m_body_until - Clock::now();
    if (left.count() <= 0) {
        ++m_core.timeouts;
        return close();
    }
    if (m_since_progress >= kProgress) {
        m_since_progress = 0;
        m_stream.expires_after(std::min<Clock::duration>(m_core.options.limits.body_time, left));
    }
    read();
}

void Session::on_worker(void (Session::*work)(), void (Session::*then)())
{
    if (m_core.queued.fetch_add(1) >= m_core.options.limits.queue) {
        --m_core.queued;
        ++m_core.overloads;
        if (m_head.has_body && m_state != State::body) m_keep_alive = false;
        m_reply = m_core.dispatcher.refusal(m_exchange.get(), 503);
        return respond();
    }
    m_stream.expires_never();
    net::post(m_core.workers, [self = shared_from_this(), work, then]() mutable {
        ((*self).*work)();
        --self->m_core.queued;
        auto& io = self->m_loop.io;
        net::post(io, [self = std::move(self), then] { ((*self).*then)(); });
    });
}

void Session::work_admit()
{
    try {
        m_core.dispatcher.admit(*m_exchange);
    } catch (const std::exception&) { // answer() meets the same failure and reports it
        m_exchange->is_admitted = false;
        m_exchange->problem = Problem{&internal_error};
    }
}

void Session::work_answer() { m_reply = m_core.dispatcher.answer(*m_exchange); }

void Session::answer()
{
    const bool body_was_read = m_state == State::body;
    m_state = body_was_read ? State::body : State::working;
    if (m_core.dispatcher.is_quick(*m_exchange)) {
        work_answer();
        return respond();
    }
    on_worker(&Session::work_answer, &Session::respond);
}

void Session::refuse(int status)
{
    ++m_core.refused;
    m_keep_alive = false;
    m_reply = m_core.dispatcher.refusal(m_exchange.get(), status);
    respond();
}

void Session::respond()
{
    m_state = State::working;
    m_keep_alive = m_keep_alive && !m_core.stopping;
    if (std::holds_alternative<FileBody>(m_reply.body)) {
        if (m_file.open(m_reply, m_exchange->request)) return send_file();
        m_reply = m_core.dispatcher.refusal(m_exchange.get(), 404);
    }
    if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&m_reply.body)) {
        m_shared_out = std::move(*shared);
        return send(*m_shared_out);
    }
    m_body_out = std::move(std::get<std::string>(m_reply.body));
    send(m_body_out);
}

void Session::send(std::string_view body)
{
    if (m_exchange) m_core.dispatcher.record(*m_exchange, m_reply.status, body.size());
    m_head_out = head_text(m_reply, {.version = m_head.version,
                                     .keep_alive = m_keep_alive,
                                     .https = m_core.options.dispatch.origin.starts_with("https:"),
                                     .length = body.size(),
                                     .date = m_loop.date_now()});
    if (m_is_head || m_reply.status == 304) body = {};
    m_stream.expires_after(m_core.options.limits.write_time);
    const std::array<net::const_buffer, 2> out{net::buffer(m_head_out), net::buffer(body.data(), body.size())};
    net::async_write(m_stream, out, [self = shared_from_this()](ErrorCode error, std::size_t) { self->sent(error); });
}

void Session::send_file()
{
    if (m_exchange) { // the first piece
        m_core.dispatcher.record(*m_exchange, m_reply.status, m_file.left());
        m_head_out = head_text(m_reply, {.version = m_head.version,
                                         .keep_alive = m_keep_alive,
                                         .https = m_core.options.dispatch.origin.starts_with("https:"),
                                         .length = m_file.left(),
                                         .date = m_loop.date_now()});
        m_exchange.reset();
        if (m_is_head) m_file.skip();
    }
    if (!m_file.read(m_body_out)) {
        m_file.close();
        return close();
    }
    m_stream.expires_after(m_core.options.limits.write_time);
    const std::array<net::const_buffer, 2> out{net::buffer(m_head_out), net::buffer(m_body_out)};
    net::async_write(m_stream, out, [self = shared_from_this()](ErrorCode error, std::size_t) {
        self->m_head_out.clear();
        if (!error && self->m_file.left() > 0) return self->send_file();
        self->m_file.close();
        self->sent(error);
    });
}

void Session::sent(ErrorCode error)
{
    m_exchange.reset();
    m_reply = {};
    m_shared_out.reset();
    m_body_out = {};
    m_head_out.clear();
    if (error) note_timeout(error);
    if (error || !m_keep_alive) return close();
    next_request();
}

void Session::close()
{
    if (m_state == State::closing) return;
    m_state = State::closing;
    ErrorCode ignored;
    m_stream.socket().shutdown(Tcp::socket::shutdown_send, ignored);
    linger();
}

// Reads on for a moment, so that a client that is still sending sees the answer and not a reset.
void Session::linger()
{
    m_stream.expires_after(std::chrono::seconds(2));
    m_in.resize(64 << 10);
    m_stream.async_read_some(net::buffer(m_in), [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (!error && self->m_lingered++ < 64) self->linger();
    });
}

void Session::note_timeout(ErrorCode error)
{
    if (error == beast::error::timeout) ++m_core.timeouts;
}

} // namespace adal::http
