#include "referral/dossier.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

namespace adal::referral {

namespace dossier_texts {

constexpr std::array<std::pair<OpeningState, std::string_view>, 4> states{
    {{OpeningState::opened, "opened"},
     {OpeningState::erased, "erased"},
     {OpeningState::withheld, "withheld"},
     {OpeningState::lost, "lost"}}};

json::object texts(const i18n::Texts& value)
{
    return {{"kk", value.kk}, {"ru", value.ru}, {"en", value.en}};
}

json::value or_null(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object photo_of(const DossierPhoto& photo)
{
    const bool is_here = !photo.original.empty();
    json::object out{{"original", or_null(photo.original)}, {"view", or_null(photo.view)}};
    out["sha256"] = is_here ? json::value(hex(view(photo.sha256))) : json::value(nullptr);
    out["role"] = oversight::name(photo.photo.role);
    out["question"] = photo.photo.question;
    out["captured_at"] =
        photo.photo.captured_at ? json::value(iso(*photo.photo.captured_at)) : json::value(nullptr);
    if (is_here && photo.photo.fix)
        out["position"] = json::object{{"latitude", photo.photo.fix->at.latitude},
                                       {"longitude", photo.photo.fix->at.longitude},
                                       {"accuracy_m", photo.photo.fix->accuracy_m}};
    else
        out["position"] = nullptr;
    return out;
}

json::object finding_of(const DossierFinding& finding)
{
    const auto& fact = finding.fact;
    json::array photos;
    for (const auto& photo : finding.photos)
        photos.push_back(photo_of(photo));
    return {{"id", fact.finding.text()},        {"case", fact.case_id},
            {"title", texts(fact.title)},       {"value", texts(fact.value)},
            {"place", texts(fact.place)},       {"severity", fact.severity},
            {"summary", fact.summary},          {"leaf", fact.leaf_index},
            {"sealed_at", iso(fact.sealed_at)}, {"photos", std::move(photos)}};
}

json::object reply_of(const DossierReply& item)
{
    const auto& reply = item.reply;
    return {{"received_on", iso(reply.received_on)},
            {"number", reply.number},
            {"class", name(reply.reply_class)},
            {"text", reply.text},
            {"promised_for",
             reply.promised_for ? json::value(iso(*reply.promised_for)) : json::value(nullptr)},
            {"late", reply.late},
            {"files", json::array(item.files.begin(), item.files.end())}};
}

json::object recommendation_of(const DossierRecommendation& item)
{
    const auto& given = item.recommendation;
    json::array findings, replies;
    for (const auto& id : given.findings)
        findings.emplace_back(id.text());
    for (const auto& reply : item.replies)
        replies.push_back(reply_of(reply));
    json::object out{{"id", given.id.text()},
                     {"ordinal", given.ordinal},
                     {"text", given.text},
                     {"findings", std::move(findings)}};
    out["authority"] =
        item.authority ? json::value(texts(item.authority->names)) : json::value(nullptr);
    out["sent_on"] =
        item.dispatch ? json::value(iso(local_date(item.dispatch->sent_at))) : json::value(nullptr);
    out["out_number"] =
        item.dispatch ? json::value(item.dispatch->out_number) : json::value(nullptr);
    if (given.deadline)
        out["deadline"] = json::object{{"start", iso(given.deadline->start)},
                                       {"due", iso(given.deadline->due)},
                                       {"rule", given.deadline->rule_version},
                                       {"calendar", given.deadline->calendar_version}};
    else
        out["deadline"] = nullptr;
    out["replies"] = std::move(replies);
    return out;
}

json::object document_of(const Document& document)
{
    return {{"id", document.id.text()},
            {"control", document.control.text()},
            {"title", document.title},
            {"object", document.object},
            {"object_bin", document.object_bin},
            {"ground", document.ground},
            {"form", document.form},
            {"tasks", document.tasks},
            {"held_from", iso(document.held_from)},
            {"held_to", iso(document.held_to)},
            {"place", texts(document.place)},
            {"signed_at",
             document.signed_at ? json::value(iso(*document.signed_at)) : json::value(nullptr)},
            {"signed_by", document.signed_by_name},
            {"content_sha256", document.content_hash}};
}

// RFC 4180; a leading '=' and the like would be a formula in a spreadsheet.
std::string cell(std::string_view text)
{
    std::string out{text};
    if (!out.empty() && std::string_view{"=+-@\t\r"}.find(out.front()) != std::string_view::npos)
        out.insert(out.begin(), '\'');
    if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char c : out)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

} // namespace dossier_texts

std::string_view name(OpeningState state)
{
    for (const auto& [value, text] : dossier_texts::states)
        if (value == state) return text;
    check_failed("opening state has a name", __FILE__, __LINE__);
}

std::optional<OpeningState> opening_state_from(std::string_view wanted)
{
    for (const auto& [value, text] : dossier_texts::states)
        if (text == wanted) return value;
    return std::nullopt;
}

std::int64_t Dossier::count(OpeningState state) const
{
    return std::ranges::count(openings, state, &DossierOpening::state);
}

std::string case_json(const Dossier& dossier)
{
    json::array findings, recommendations, entries;
    for (const auto& finding : dossier.findings)
        findings.push_back(dossier_texts::finding_of(finding));
    for (const auto& item : dossier.recommendations)
        recommendations.push_back(dossier_texts::recommendation_of(item));
    for (const auto& entry : dossier.entries)
        entries.push_back(json::object{{"index", entry.index},
                                       {"type", entry.type},
                                       {"t", entry.t},
                                       {"case", dossier_texts::or_null(entry.case_id)}});
    const json::object out{
        {"$schema", "schema/case.schema.json"},
        {"format", "adal/case/v1"},
        {"identifier", dossier.identifier},
        {"log", json::object{{"origin", dossier.origin}, {"size", dossier.log_size}}},
        {"document", dossier_texts::document_of(dossier.document)},
        {"findings", std::move(findings)},
        {"recommendations", std::move(recommendations)},
        {"entries", std::move(entries)}};
    return to_pretty_text(out) + "\n";
}

std::string openings_json(const std::vector<DossierOpening>& openings)
{
    json::array all;
    for (const auto& opening : openings) {
        json::object item{{"leaf", opening.leaf},
                          {"eid", opening.eid},
                          {"label", opening.label},
                          {"state", name(opening.state)}};
        if (opening.state == OpeningState::opened) {
            item["r"] = base64(opening.salt);
            item["file"] = opening.file;
        }
        if (opening.redaction) item["redaction"] = *opening.redaction;
        all.push_back(std::move(item));
    }
    const json::object out{{"$schema", "schema/openings.schema.json"},
                           {"format", "adal/openings/v1"},
                           {"openings", std::move(all)}};
    return to_pretty_text(out) + "\n";
}

std::string custody_csv(std::vector<CustodyRow> rows)
{
    // In one moment what comes first stands first.
    constexpr std::array<std::string_view, 6> order{"captured", "received", "stored",
                                                    "verified", "sealed",   "opened"};
    const auto key = [&](const CustodyRow& row) {
        return std::tuple{std::string_view{row.file},
                          row.at,
                          std::ranges::find(order, row.event) - order.begin(),
                          std::string_view{row.role},
                          std::string_view{row.person},
                          std::string_view{row.detail}};
    };
    std::ranges::sort(rows, {}, key);
    const auto again = std::ranges::unique(rows, {}, key); // one photo may belong to two findings
    rows.erase(again.begin(), again.end());
    std::string out = "file,time,event,role,person,detail\r\n";
    for (const auto& row : rows)
        out += fmt::format("{},{},{},{},{},{}\r\n", dossier_texts::cell(row.file), iso(row.at),
                           row.event, row.role, row.person, dossier_texts::cell(row.detail));
    return out;
}

std::string dossier_statement(std::string_view origin, std::string_view identifier,
                              const Hash& tagmanifest)
{
    return fmt::format("adal/dossier/v1\n{}\n{}\n{}\n", origin, identifier,
                       base64(view(tagmanifest)));
}

std::string how_to_verify(i18n::Language language, std::string_view origin)
{
    std::string out;
    for (const auto* part :
         {"title", "what", "page", "tool", "sums", "proves", "erased", "not", "key"}) {
        const auto text = i18n::text(language, std::string{"referral.dossier_how."} + part,
                                     {{"origin", std::string{origin}}});
        out += out.empty() ? text + "\n\n" : text + "\n\n";
    }
    out.pop_back();
    return out;
}

} // namespace adal::referral
