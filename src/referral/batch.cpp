#include "referral/batch.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace adal::referral {

namespace batch_words {

std::string say(i18n::Language language, std::string_view key, const i18n::Params& params = {})
{
    return i18n::text(language, "referral.batch." + std::string{key}, params);
}

std::string_view after_kind(std::string_view identity)
{
    return identity.substr(std::min(identity.size(), identity.find(':') + 1));
}

std::string_view kind_of(std::string_view identity)
{
    return identity.substr(0, std::min(identity.size(), identity.find(':')));
}

// Spreadsheets run what begins with these (CWE-1236).
std::string cell(std::string_view text)
{
    std::string out = "\"";
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) out += '\'';
    for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string(1, c);
    return out + "\"";
}

std::string basis_text(const BatchItem& item, i18n::Language language)
{
    const auto title = cyber::act_title(item.act).in(language);
    return item.article.empty() ? title : say(language, "basis", {{"act", title}, {"article", item.article}});
}

} // namespace batch_words

using namespace batch_words;

Result<std::string> topic_of(const std::vector<cyber::Resource>& resources)
{
    if (resources.empty()) return fail(batch_empty);
    if (resources.size() > kMostInBatch) return fail(batch_too_large, {{"limit", std::to_string(kMostInBatch)}});
    std::string topic;
    for (const auto& resource : resources) {
        const auto* category = cyber::find_category(resource.category);
        if (category == nullptr || (!topic.empty() && topic != category->topic)) return fail(batch_mixed);
        topic = category->topic;
    }
    return topic;
}

Result<Batch> receive(Batch batch, LocalDate received_on, std::string_view in_number, LocalDate today)
{
    if (batch.received_on) return fail(batch_received);
    if (trim(in_number).empty()) return fail(batch_number_missing);
    if (received_on < local_date(batch.sent_at) || received_on > today) return fail(batch_received_early);
    batch.received_on = received_on;
    batch.in_number = std::string{trim(in_number)};
    return batch;
}

std::string canonical(const Batch& batch)
{
    json::array items;
    for (const auto& item : batch.items)
        items.push_back(json::object{{"act", item.act}, {"article", item.article}, {"category", item.category}, {"identity", item.identity}, {"resource", item.resource.str()}});
    return to_text(json::object{{"authority", batch.authority.str()}, {"batch", batch.id.str()}, {"items", std::move(items)}, {"out_number", batch.out_number}, {"topic", batch.topic}});
}

Paper batch_letter(const Batch& batch, const AuthorityVersion& authority, i18n::Language language)
{
    const auto day = [&](LocalDate date) { return i18n::long_date(language, date); };
    Paper paper{.language = language, .title = say(language, "letter_title"), .line = day(local_date(batch.sent_at)) + "    №\u00a0" + batch.out_number,
                .footer = say(language, "letter_title"), .made_at = batch.sent_at};
    paper.blocks.emplace_back(Pairs{.rows = {{i18n::text(language, "referral.office.to"), authority.names.in(language)}}});
    paper.blocks.emplace_back(Body{say(language, "letter_body", {{"n", std::to_string(batch.items.size())}})});
    Grid grid{.header = {"№", say(language, "address"), say(language, "category"), say(language, "ground")}, .widths = {6, 38, 24, 32}};
    int n = 0;
    for (const auto& item : batch.items)
        grid.rows.push_back({std::to_string(++n), cyber::defanged({.key = item.identity}) + (kind_of(item.identity) == "url" ? "" : " (" + std::string{kind_of(item.identity)} + ")"),
                             i18n::text(language, "cyber.category." + item.category), basis_text(item, language)});
    paper.blocks.emplace_back(std::move(grid));
    paper.blocks.emplace_back(Body{say(language, "letter_law", {{"due", day(batch.deadline.due)}})});
    paper.blocks.emplace_back(Paragraph{say(language, "letter_note")});
    paper.blocks.emplace_back(Signature{.label = i18n::text(language, "referral.paper.signed"), .name = {}, .date = day(local_date(batch.sent_at))});
    return paper;
}

std::string batch_csv(const Batch& batch)
{
    std::string out = "n,kind,identity,category,act,article\r\n";
    int n = 0;
    for (const auto& item : batch.items)
        out += fmt::format("{},{},{},{},{},{}\r\n", ++n, kind_of(item.identity), cell(after_kind(item.identity)), item.category, cell(item.act), cell(item.article));
    return out;
}

std::string batch_json(const Batch& batch)
{
    json::array items;
    for (const auto& item : batch.items)
        items.push_back(json::object{{"resource", item.resource.str()}, {"kind", kind_of(item.identity)}, {"identity", item.identity}, {"category", item.category}, {"act", item.act}, {"article", item.article}});
    return to_pretty_text(json::object{{"format", "adal/batch/v1"}, {"batch", batch.id.str()}, {"out_number", batch.out_number}, {"sent_on", iso(local_date(batch.sent_at))},
                                       {"due", iso(batch.deadline.due)}, {"log_entry", batch.leaf}, {"items", std::move(items)}});
}

} // namespace adal::referral
