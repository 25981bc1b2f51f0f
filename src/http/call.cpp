#include "http/call.hpp"

#include "http/target.hpp"

#include <fstream>
#include <iterator>

namespace adal::http {
namespace {

constexpr std::string_view kBoundary = "adal-call-boundary";

std::string multipart_text(const Call::Fields& fields, const std::vector<Call::File>& files)
{
    std::string out;
    const auto begin = [&](const std::string& disposition) {
        out += "--" + std::string{kBoundary} + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    };
    for (const auto& [name, value] : fields) {
        begin("name=\"" + name + "\"");
        out += value + "\r\n";
    }
    for (const auto& file : files) {
        begin("name=\"" + file.field + "\"; filename=\"" + file.name + "\"");
        out += file.bytes + "\r\n";
    }
    return out + "--" + std::string{kBoundary} + "--\r\n";
}

} // namespace

Call::Call(Router router, storage::Database& database, std::string spool)
{
    Hooks hooks;
    hooks.authenticate = [this](storage::Snapshot&, const Request&) { return m_principal; };
    hooks.failed = [this](const std::string&, const std::string& what) { m_failures.push_back(what); };
    m_dispatcher = std::make_unique<Dispatcher>(std::move(router), database, std::move(hooks),
                                                DispatchOptions{.spool_directory = std::move(spool)});
}

Call::~Call() = default;

void Call::as(Principal principal)
{
    if (principal.csrf.empty()) principal.csrf = "token-of-the-test";
    m_principal = std::move(principal);
}

void Call::as_visitor() { m_principal.reset(); }

Reply Call::get(std::string_view target, Headers headers) { return send("GET", target, "", "", std::move(headers)); }

Reply Call::post(std::string_view target, const Fields& fields, Headers headers)
{
    std::string body;
    for (const auto& [name, value] : fields) body += percent_encoded(name) + "=" + percent_encoded(value) + "&";
    if (m_principal) body += "csrf=" + percent_encoded(m_principal->csrf);
    return send("POST", target, "application/x-www-form-urlencoded", body, std::move(headers));
}

Reply Call::post_files(std::string_view target, const Fields& fields, const std::vector<File>& files)
{
    auto all = fields;
    if (m_principal) all.emplace_back("csrf", m_principal->csrf);
    const auto type = "multipart/form-data; boundary=" + std::string{kBoundary};
    return send("POST", target, type, multipart_text(all, files));
}

Reply Call::send(std::string_view method, std::string_view target, std::string_view type, std::string_view body, Headers headers)
{
    RequestHead head{.method = std::string{method}, .target = std::string{target}, .headers = std::move(headers), .peer = "127.0.0.1"};
    head.headers.emplace_back("Host", "adal.test");
    head.headers.emplace_back("Accept", "text/html");
    head.headers.emplace_back("X-Adal", "1");
    if (m_principal) head.headers.emplace_back("Cookie", "test=1");
    if (!type.empty()) head.headers.emplace_back("Content-Type", std::string{type});
    auto exchange = m_dispatcher->open(std::move(head));
    if (m_dispatcher->must_admit_first(*exchange, body.size())) m_dispatcher->admit(*exchange);
    if (!type.empty() && m_dispatcher->accept_body(*exchange, body.size()) && m_dispatcher->write_body(*exchange, body))
        m_dispatcher->finish_body(*exchange);
    return m_dispatcher->answer(*exchange);
}

std::string body_of(const Reply& reply)
{
    if (const auto* text = std::get_if<std::string>(&reply.body)) return *text;
    if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&reply.body)) return **shared;
    std::ifstream file{std::get<FileBody>(reply.body).path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string header_of(const Reply& reply, std::string_view name)
{
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

} // namespace adal::http
