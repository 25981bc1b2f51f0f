#include "probe/report.hpp"

#include "ledger/canonical.hpp"
#include "probe/web.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace adal::probe {

namespace reporting {

constexpr std::string_view kReportFormat = "adal-probe-report/1", kTasksFormat = "adal-probe-tasks/1";
constexpr std::size_t kMostAttempts = 8, kMostAddresses = 16, kLongestUrl = 2000, kLongestText = 500;
constexpr std::int64_t kMostMs = 3'600'000, kMostPage = 1 << 30;

tl::unexpected<Problem> refused(std::string_view reason)
{
    return fail(bad_report, {{"reason", std::string{reason}}});
}

std::string line_of(const json::object& object)
{
    auto text = ledger::canonical_text(object);
    ADAL_CHECK(text.has_value());
    return *text + "\n";
}

// A value that must be there and be right, or the whole line is refused.
class Fields
{
public:
    explicit Fields(const json::value& value) : m_object(value.if_object()) {}

    [[nodiscard]] bool is_good() const { return m_object != nullptr && m_good; }
    std::string text(std::string_view key, std::size_t most)
    {
        const auto* found = at(key);
        if (found == nullptr || !found->is_string() || found->as_string().size() > most) return m_good = false, std::string{};
        return std::string{found->as_string()};
    }
    std::int64_t number(std::string_view key, std::int64_t most)
    {
        const auto* found = at(key);
        if (found == nullptr || !found->is_int64() || found->as_int64() < 0 || found->as_int64() > most) return m_good = false, 0;
        return found->as_int64();
    }
    bool flag(std::string_view key)
    {
        const auto* found = at(key);
        if (found == nullptr || !found->is_bool()) return m_good = false, false;
        return found->as_bool();
    }
    template <typename E> E choice(std::string_view key, std::optional<E> (*read)(std::string_view))
    {
        const auto value = read(text(key, 40));
        if (!value) m_good = false;
        return value.value_or(E{});
    }
    Instant instant(std::string_view key)
    {
        const auto written = text(key, 40);
        const auto value = parse_instant(written);
        if (!value || iso(*value) != written) m_good = false;
        return value.value_or(Instant{});
    }
    const json::value& part(std::string_view key)
    {
        static const json::value none;
        const auto* found = at(key);
        if (found == nullptr) m_good = false;
        return found ? *found : none;
    }
    template <typename F> void each(std::string_view key, std::size_t most, F f)
    {
        const auto* list = part(key).if_array();
        if (list == nullptr || list->size() > most) return void(m_good = false);
        for (const auto& one : *list) m_good = f(one) && m_good;
    }

private:
    [[nodiscard]] const json::value* at(std::string_view key) const { return m_object ? m_object->if_contains(key) : nullptr; }
    const json::object* m_object;
    bool m_good = true;
};

json::object written(const Lookup& lookup)
{
    json::array addresses;
    for (const auto& address : lookup.addresses) addresses.push_back(json::string{address.text()});
    return {{"addresses", std::move(addresses)}, {"ms", lookup.ms}, {"status", name(lookup.status)}};
}
json::object written(const TlsStep& step)
{
    return {{"certificate", name(step.certificate)}, {"fingerprint", step.fingerprint}, {"ms", step.ms}, {"status", name(step.status)}};
}
json::object written(const WebStep& step)
{
    return {{"block_page", step.block_page}, {"block_page_verified", step.page_is_verified}, {"bytes", step.bytes}, {"code", step.code},
            {"location", step.location}, {"ms", step.ms}, {"status", name(step.status)}};
}
json::object written(const Attempt& attempt)
{
    return {{"address", attempt.address.text()}, {"port", attempt.port}, {"source", name(attempt.source)},
            {"tcp", json::object{{"ms", attempt.tcp.ms}, {"status", name(attempt.tcp.status)}}},
            {"tls", written(attempt.tls)}, {"tls_control", written(attempt.tls_control)}, {"web", written(attempt.web)}, {"web_control", written(attempt.web_control)}};
}

bool read(const json::value& value, Address& out)
{
    const auto* text = value.if_string();
    const auto address = text ? parse_address({text->data(), text->size()}) : std::nullopt;
    if (address) out = *address;
    return address && address->text() == std::string_view{text->data(), text->size()};
}
bool read(const json::value& value, Lookup& out)
{
    Fields fields{value};
    out.status = fields.choice("status", dns_status_from);
    out.ms = static_cast<int>(fields.number("ms", kMostMs));
    fields.each("addresses", kMostAddresses, [&](const json::value& one) { return read(one, out.addresses.emplace_back()); });
    return fields.is_good();
}
bool read(const json::value& value, TlsStep& out)
{
    Fields fields{value};
    out.status = fields.choice("status", tls_status_from);
    out.certificate = fields.choice("certificate", certificate_from);
    out.fingerprint = fields.text("fingerprint", 64);
    out.ms = static_cast<int>(fields.number("ms", kMostMs));
    return fields.is_good() && (out.fingerprint.empty() || (out.fingerprint.size() == 64 && unhex(out.fingerprint)));
}
bool read(const json::value& value, WebStep& out)
{
    Fields fields{value};
    out.status = fields.choice("status", web_status_from);
    out.code = static_cast<int>(fields.number("code", 999));
    out.location = fields.text("location", kLongestText);
    out.block_page = fields.text("block_page", 60);
    out.page_is_verified = fields.flag("block_page_verified");
    out.bytes = fields.number("bytes", kMostPage);
    out.ms = static_cast<int>(fields.number("ms", kMostMs));
    return fields.is_good();
}
bool read(const json::value& value, Attempt& out)
{
    Fields fields{value};
    Fields tcp{fields.part("tcp")};
    out.tcp = {.status = tcp.choice("status", tcp_status_from), .ms = static_cast<int>(tcp.number("ms", kMostMs))};
    out.port = static_cast<std::uint16_t>(fields.number("port", 65535));
    out.source = fields.choice("source", source_from);
    const bool parts = read(fields.part("address"), out.address) && read(fields.part("tls"), out.tls) && read(fields.part("tls_control"), out.tls_control) &&
                       read(fields.part("web"), out.web) && read(fields.part("web_control"), out.web_control);
    return parts && tcp.is_good() && fields.is_good();
}

std::optional<ReportHead> read_head(std::string_view line)
{
    const auto value = ledger::parse_canonical(line);
    if (!value) return std::nullopt;
    Fields fields{*value};
    ReportHead out{.probe = fields.text("probe", 255), .software = fields.text("software", 100), .started = fields.instant("started")};
    const bool is_ours = fields.text("format", 40) == kReportFormat;
    if (!fields.is_good() || !is_ours) return std::nullopt;
    return out;
}

Result<Done> signed_by(const ledger::Note& note, const ledger::Vkey& key)
{
    const auto seal = ledger::check_signature(note, key);
    if (!seal.is_signed || seal.is_forged || key.kind != ledger::KeyKind::ed25519) return fail(not_signed);
    return done();
}

} // namespace reporting

using namespace reporting;

std::string measurement_line(const Measurement& measured)
{
    json::array attempts;
    for (const auto& attempt : measured.attempts) attempts.push_back(written(attempt));
    return line_of({{"at", iso(measured.at)}, {"attempts", std::move(attempts)}, {"control", written(measured.control)}, {"here", written(measured.here)},
                    {"id", measured.target.id}, {"url", measured.target.url}});
}

std::optional<Measurement> read_measurement(std::string_view line)
{
    const auto value = ledger::parse_canonical(line);
    if (!value) return std::nullopt;
    Fields fields{*value};
    Measurement out{.at = fields.instant("at")};
    out.target.id = fields.text("id", 64);
    out.target.url = fields.text("url", kLongestUrl);
    const bool names = read(fields.part("here"), out.here) && read(fields.part("control"), out.control);
    fields.each("attempts", kMostAttempts, [&](const json::value& one) { return read(one, out.attempts.emplace_back()); });
    if (!names || !fields.is_good()) return std::nullopt;
    return out;
}

std::string sign_report(const ReportHead& head, const std::vector<Measurement>& measured, const ledger::SigningKey& key)
{
    auto text = line_of({{"count", measured.size()}, {"format", kReportFormat}, {"probe", head.probe}, {"software", head.software}, {"started", iso(head.started)}});
    for (const auto& one : measured) text += measurement_line(one);
    const auto* signer = &key;
    return ledger::sign_note(text, {&signer, 1});
}

Result<std::string> signer_of(const ledger::Note& note)
{
    const auto head = ledger::parse_canonical(std::string_view{note.text}.substr(0, note.text.find('\n')));
    const auto probe = head && head->is_object() ? text_at(*head, "probe") : std::nullopt;
    if (!probe || !ledger::is_key_name(*probe)) return refused("head");
    return std::string{*probe};
}

Result<Report> read_report(const ledger::Note& note)
{
    auto rest = std::string_view{note.text};
    const auto line = [&rest] {
        const auto end = rest.find('\n');
        const auto out = rest.substr(0, end);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        return out;
    };
    auto head = read_head(line());
    if (!head) return refused("head");
    if (static_cast<std::size_t>(std::ranges::count(rest, '\n')) > kMostMeasures) return refused("too_many");
    Report out{.head = std::move(*head), .sha256 = sha256(note.text)};
    for (int number = 2; !rest.empty(); ++number) out.lines.push_back({number, read_measurement(line())});
    return out;
}

Result<Report> open_report(const ledger::Note& note, const ledger::Vkey& key)
{
    if (const auto seal = signed_by(note, key); !seal) return pass(seal);
    auto report = read_report(note);
    if (report && report->head.probe != key.name) return fail(not_signed);
    return report;
}

std::string sign_question(const TaskQuestion& question, const ledger::SigningKey& key)
{
    const auto text = line_of({{"at", iso(question.at)}, {"format", kTasksFormat}, {"probe", question.probe}, {"to", plain_text(question.to)}});
    const auto* signer = &key;
    return ledger::sign_note(text, {&signer, 1});
}

Result<TaskQuestion> open_question(const ledger::Note& note, const ledger::Vkey& key)
{
    if (const auto seal = signed_by(note, key); !seal) return pass(seal);
    const auto value = note.text.ends_with('\n') ? ledger::parse_canonical(std::string_view{note.text}.substr(0, note.text.size() - 1)) : std::nullopt;
    if (!value) return refused("form");
    Fields fields{*value};
    TaskQuestion out{.probe = fields.text("probe", 255), .to = fields.text("to", kLongestText), .at = fields.instant("at")};
    const bool is_ours = fields.text("format", 40) == kTasksFormat;
    if (!fields.is_good() || !is_ours) return refused("form");
    if (out.probe != key.name) return fail(not_signed);
    return out;
}

} // namespace adal::probe
