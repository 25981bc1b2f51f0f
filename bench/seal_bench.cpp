// Sealed events per second through the real program: bench/seals runs the three parts one after
// another.
//
//   seal_bench prepare DATA COUNT [DATABASE]      a new house with COUNT verified findings; prints
//   its
//                                                 sign-in code, then one finding a line
//   seal_bench load HOST:PORT LIST CONNECTIONS    signs in once per connection, seals every finding
//   of
//                                                 LIST by POST /kk/findings/{id}/seal; prints what
//                                                 was acknowledged to standard output, figures to
//                                                 standard error
//   seal_bench check DATA ACKNOWLEDGED [DATABASE] each acknowledged seal is a leaf of the public
//   log
//
// The load comes from one thread, so that most of the two cores is left for the server.
#include "app/demo_city.hpp"
#include "app/house.hpp"
#include "auth/auth.hpp"
#include "ledger/ledger.hpp"
#include "oversight/oversight.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <netinet/tcp.h>
#include <poll.h>
#include <set>
#include <sys/socket.h>
#include <unistd.h>

using namespace adal;
using Clock = std::chrono::steady_clock;

namespace {

template <typename T>
T must(Result<T> result)
{
    if (result) return std::move(*result);
    std::string text(result.error().code->key);
    for (const auto& [name, value] : result.error().params)
        text += " " + name + "=" + value;
    throw std::runtime_error(text);
}

// Photographs are decoded by the program itself, in a process of its own; it lies beside this one.
app::Settings settings_of(const std::string& data, const std::string& database)
{
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "adal";
    return {.data = data, .database = database, .program = program.string()};
}

// --- prepare ------------------------------------------------------------------------------------

constexpr int kVisitsAtOnce = 50;

// The same look at the same place by the same person again, under a new id.
std::vector<FindingId> look_again(storage::Transaction& tx, const files::Store& files,
                                  const app::Case& work, const app::Cast& cast, Instant at)
{
    const auto seen = oversight::find_visit(tx, work.visit);
    const auto assignment =
        must(oversight::assign_visit(tx, work.control, work.place, {{cast.volunteer, true}},
                                     local_date(at).plus_days(7), cast.coordinator, at));
    must(oversight::accept_assignment(tx, assignment.id, cast.volunteer, at));
    const oversight::Submission sent{.client_id = VisitId::make(at).str(),
                                     .assignment = assignment.id,
                                     .checklist = seen->checklist,
                                     .answers = parse_json(seen->answers)->as_object(),
                                     .position = seen->position,
                                     .started_at = at,
                                     .finished_at = at,
                                     .photos = seen->photos};
    const auto receipt = must(oversight::submit_visit(tx, files, sent, cast.volunteer, at));
    auto found =
        must(oversight::accept_visit(tx, receipt.visit, cast.second_reviewer, at)).findings;
    for (const auto id : found)
        must(oversight::verify_finding(tx, id,
                                       {.basis = oversight::VerificationBasis::desk,
                                        .result = oversight::VerificationResult::confirm,
                                        .text = "seen in the photographs"},
                                       cast.second_reviewer, at));
    return found;
}

int prepare(const std::string& data, int count, const std::string& database)
{
    const auto at = now();
    const auto house = must(app::make_house(settings_of(data, database), at));
    app::MainJob job{*house, [](const app::Step&) {}};
    must(job.import(app::demo_sources(), at));
    must(job.screen(at));
    const auto cast = must(job.hire(at));
    auto work = must(job.choose_target(cast, 0, at));
    must(job.open_control(work, cast));
    must(job.visit(work, cast));
    const auto link = must(house->database.write([&](storage::Transaction& tx) {
        return auth::make_sign_in_link(tx, cast.reviewer, at, {.is_reusable = true});
    }));
    fmt::print("{}\n", link.code);
    for (int made = 0; made < count;) {
        const auto some = must(
            house->database.write([&](storage::Transaction& tx) -> Result<std::vector<FindingId>> {
                std::vector<FindingId> out;
                for (int i = 0; i < kVisitsAtOnce && made + std::ssize(out) < count; ++i)
                    for (const auto id : look_again(tx, house->files, work, cast, work.clock))
                        out.push_back(id);
                return out;
            }));
        for (const auto id : some)
            if (made++ < count) fmt::print("{}\n", id.text());
    }
    must(house->publish_now());
    return 0;
}

// --- load ---------------------------------------------------------------------------------------

struct Answer {
    int status = 0;
    std::string head{}, body{};
};

// One kept-alive connection of a signed-in person.
class Connection {
public:
    explicit Connection(const sockaddr_in& address) : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        const int on = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { ::close(m_socket); }

    int socket() const { return m_socket; }

    void send(std::string_view method, std::string_view path, std::string_view body)
    {
        const auto text = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nCookie: adal={}\r\n"
                                      "Content-Type: application/x-www-form-urlencoded\r\n"
                                      "Content-Length: {}\r\n\r\n{}",
                                      method, path, m_token, body.size(), body);
        if (::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) != std::ssize(text))
            throw std::runtime_error("cannot send");
        sent_at = Clock::now();
    }

    // What has arrived; an answer when it is whole.
    std::optional<Answer> receive()
    {
        char piece[16384];
        const auto got = ::recv(m_socket, piece, sizeof piece, 0);
        if (got <= 0) throw std::runtime_error("the server closed a connection");
        m_in.append(piece, static_cast<std::size_t>(got));
        const auto end = m_in.find("\r\n\r\n");
        if (end == std::string::npos) return std::nullopt;
        const auto length = m_in.find("Content-Length: ");
        std::size_t size = 0;
        if (length < end) std::from_chars(m_in.data() + length + 16, m_in.data() + end, size);
        if (m_in.size() < end + 4 + size) return std::nullopt;
        Answer answer{.head = m_in.substr(0, end), .body = m_in.substr(end + 4, size)};
        std::from_chars(m_in.data() + 9, m_in.data() + 12, answer.status);
        m_in.clear();
        return answer;
    }
    Answer wait()
    {
        for (;;)
            if (auto answer = receive()) return std::move(*answer);
    }

    void sign_in(const std::string& code)
    {
        send("POST", "/kk/invitation/" + code, "");
        m_token = between(wait().head, "Set-Cookie: adal=", ";");
        send("GET", "/kk/account", "");
        m_csrf = between(wait().body, "name=\"csrf\" value=\"", "\"");
    }
    void seal(const std::string& id)
    {
        finding = id;
        send("POST", "/kk/findings/" + id + "/seal", "csrf=" + m_csrf);
    }

    std::string finding{};
    Clock::time_point sent_at{};

private:
    static std::string between(const std::string& text, std::string_view before,
                               std::string_view after)
    {
        const auto begin = text.find(before);
        if (begin == std::string::npos)
            throw std::runtime_error("not signed in: " + text.substr(0, 300));
        const auto from = begin + before.size();
        return text.substr(from, text.find(after, from) - from);
    }

    int m_socket;
    std::string m_in{}, m_token{}, m_csrf{};
};

struct Figures {
    std::vector<double> milliseconds{};
    std::vector<std::string> acknowledged{};
    std::map<int, int> refused{};
    double seconds = 0;
};

// `true` while the connection has something under way.
bool next(Connection& connection, std::deque<std::string>& findings)
{
    if (findings.empty()) return false;
    connection.seal(findings.front());
    findings.pop_front();
    return true;
}

Figures seal_all(std::deque<std::unique_ptr<Connection>>& connections,
                 std::deque<std::string> findings)
{
    Figures out;
    std::vector<pollfd> waiting;
    const auto began = Clock::now();
    for (auto& connection : connections)
        waiting.push_back({next(*connection, findings) ? connection->socket() : -1, POLLIN, 0});
    auto busy = std::ranges::count_if(waiting, [](const pollfd& p) { return p.fd >= 0; });
    while (busy > 0) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0) throw std::runtime_error("poll");
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].revents == 0) continue;
            auto& connection = *connections[i];
            const auto answer = connection.receive();
            if (!answer) continue;
            const std::chrono::duration<double, std::milli> spent =
                Clock::now() - connection.sent_at;
            out.milliseconds.push_back(spent.count());
            if (answer->status == 303)
                out.acknowledged.push_back(connection.finding);
            else
                ++out.refused[answer->status];
            if (next(connection, findings)) continue;
            waiting[i].fd = -1;
            --busy;
        }
    }
    out.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    return out;
}

std::deque<std::string> lines_of(const std::string& path)
{
    std::ifstream in(path);
    std::deque<std::string> out;
    for (std::string line; std::getline(in, line);)
        out.push_back(line);
    return out;
}

sockaddr_in address_of(const std::string& text)
{
    const auto colon = text.rfind(':');
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1))));
    if (::inet_pton(AF_INET, text.substr(0, colon).c_str(), &out.sin_addr) != 1)
        throw std::runtime_error("not an address: " + text);
    return out;
}

int load(const std::string& address, const std::string& list, int count)
{
    auto findings = lines_of(list);
    if (findings.size() < 2) throw std::runtime_error("nothing to seal");
    const auto code = findings.front();
    findings.pop_front();
    std::deque<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < count; ++i) {
        connections.push_back(std::make_unique<Connection>(address_of(address)));
        connections.back()->sign_in(code);
    }
    auto figures = seal_all(connections, std::move(findings));
    for (const auto& id : figures.acknowledged)
        fmt::print("{}\n", id);
    auto& all = figures.milliseconds;
    std::ranges::sort(all);
    const auto at = [&](std::size_t percent) {
        return all[std::min(all.size() - 1, all.size() * percent / 100)];
    };
    fmt::print(stderr,
               "{} connections: {} sealed in {:.2f} s = {:.0f}/s   p50 {:.1f} ms   p99 {:.1f} ms   "
               "longest {:.1f} ms\n",
               count, figures.acknowledged.size(), figures.seconds,
               static_cast<double>(figures.acknowledged.size()) / figures.seconds, at(50), at(99),
               all.back());
    for (const auto& [status, times] : figures.refused)
        fmt::print(stderr, "{} answers with {}\n", times, status);
    return figures.refused.empty() ? 0 : 1;
}

// --- check --------------------------------------------------------------------------------------

int check(const std::string& data, const std::string& list, const std::string& database)
{
    const auto house = must(app::open_house(settings_of(data, database)));
    must(house->publish_now());
    const auto acknowledged = lines_of(list);
    std::set<std::int64_t> leaves;
    house->database.read([&](storage::Snapshot& db) {
        for (const auto& text : acknowledged) {
            const auto finding = oversight::find_finding(db, FindingId::parse(text).value());
            if (!finding || !finding->seal) throw std::runtime_error("lost: " + text);
            const auto leaf = ledger::leaf(db, finding->seal->leaf);
            if (!leaf || leaf->eid != finding->seal->eid)
                throw std::runtime_error("no leaf: " + text);
            must(ledger::proof_file(db, leaf->index)); // checks it against the signed root
            leaves.insert(leaf->index);
        }
        return true;
    });
    if (leaves.size() != acknowledged.size()) throw std::runtime_error("two seals share a leaf");
    fmt::print(stderr, "{} acknowledged seals, all in the log and proven against its signed root\n",
               leaves.size());
    return 0;
}

} // namespace

int main(int argc, char** argv)
try {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string{}; };
    if (word(0) == "prepare" && words.size() >= 3)
        return prepare(word(1), std::stoi(word(2)), word(3));
    if (word(0) == "load" && words.size() == 4) return load(word(1), word(2), std::stoi(word(3)));
    if (word(0) == "check" && words.size() >= 3) return check(word(1), word(2), word(3));
    std::fputs("usage: see the head of seal_bench.cpp\n", stderr);
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "seal_bench: %s\n", error.what());
    return 1;
}
