// http/session.hpp: one connection: a machine of callbacks over the parser without I/O. Two kinds of asynchronous operation:
// read some, write all; never both at once. Lives on one loop; the worker that answers a request owns the
// exchange meanwhile.
#pragma once

#include "http/core.hpp"
#include "http/file_body.hpp"
#include "http/finish.hpp"

#include <array>
#include <memory>
#include <string>

namespace adal::http {

class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(Server::Core& core, Loop& loop, Socket socket, std::string peer, std::string address_key);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();
    void drain(); // closes when nothing is under way

private:
    enum class State { idle, head, body, working, closing };
    using Clock = std::chrono::steady_clock;

    void next_request();
    void read();
    void on_bytes();
    void read_head();
    void route();
    void begin_body();
    void send_continue();
    void read_body();
    void expect_progress();
    // Runs f on a worker, then `then` on this loop; 503 when the queue is full.
    void on_worker(void (Session::*work)(), void (Session::*then)());
    void work_admit();
    void work_answer();
    void after_admit();
    void answer();
    void respond();
    void refuse(int status);
    void send(std::string_view body);
    void send_file();
    void sent(ErrorCode error);
    void close();
    void linger();
    void note_timeout(ErrorCode error);

    [[nodiscard]] std::string_view pending() const { return std::string_view{m_in}.substr(m_at); }

    Server::Core& m_core;
    Loop& m_loop;
    Stream m_stream;
    std::string m_peer, m_address_key;
    std::string m_in;       // bytes read and not used
    std::size_t m_at = 0;
    std::string m_head_out, m_body_out;
    std::shared_ptr<const std::string> m_shared_out;
    std::unique_ptr<RequestParser> m_parser;
    std::unique_ptr<Exchange> m_exchange;
    RequestHead m_head{};
    Reply m_reply{};
    FileSource m_file{};
    Clock::time_point m_body_until{};
    std::size_t m_since_progress = 0; // body bytes since the timer was set
    State m_state = State::idle;
    bool m_keep_alive = true;
    bool m_is_head = false; // HEAD
    int m_lingered = 0;
};

} // namespace adal::http
