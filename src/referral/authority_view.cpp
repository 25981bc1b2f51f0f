#include "referral/authority_view.hpp"

#include "referral/label_view.hpp"

#include <algorithm>

namespace adal::referral {

using namespace http;

Html validity(const Request& request, LocalDate from, const std::optional<LocalDate>& to)
{
    constexpr int before_the_register = 1900;
    if (from.year() == before_the_register && !to) return "–"; // nothing known but that it is there
    const auto begin = from.year() == before_the_register ? std::string("…") : i18n::date(request.language, from);
    return begin + " – " + (to ? i18n::date(request.language, *to) : std::string("…"));
}

Html share_of(const Request& request, std::int64_t part, std::int64_t whole)
{
    if (whole <= 0) return "–";
    const auto share = static_cast<double>(part) / static_cast<double>(whole);
    return say(request, "share_of", {{"part", i18n::number(request.language, part)},
                                     {"whole", i18n::number(request.language, whole)},
                                     {"percent", i18n::percent(request.language, share)}});
}

namespace authority_parts {

std::string column(const Request& request, std::string_view key)
{
    return i18n::text(request.language, "referral." + std::string(key));
}

std::string name_of(const Request& request, const AuthorityPage& view, AuthorityId id)
{
    const auto it = view.names.find(id);
    return it == view.names.end() ? std::string("–") : it->second.in(request.language);
}

Html value_note(const Request& request, const FixCounts& fixes)
{
    Html note = say(request, "stat.value_note", {{"n", i18n::number(request.language, fixes.valued)},
                                                 {"whole", i18n::number(request.language, fixes.referred)}});
    return note;
}

Html fix_tiles(const Request& request, const FixCounts& fixes)
{
    const auto share = fixes.value_share();
    const auto value = share ? Html{i18n::percent(request.language, *share)} : Html{"–"};
    return stat(share_of(request, fixes.fixed_verified, fixes.referred), say(request, "stat.fixed"), say(request, "stat.fixed_note")) +
           stat(value, say(request, "stat.fixed_value", {{"sum", i18n::money(request.language, fixes.value)}}), value_note(request, fixes)) +
           stat(Html{fixes.claimed_unchecked}, say(request, "stat.claimed"), say(request, "stat.claimed_note")) +
           stat(Html{fixes.not_fixed}, say(request, "stat.not_fixed"));
}

Html answer_tiles(const Request& request, const AnswerCounts& answers)
{
    return stat(Html{answers.sent}, say(request, "stat.sent"), say(request, "stat.sent_note", {{"n", std::to_string(answers.waiting)}})) +
           stat(share_of(request, answers.in_time, answers.answered + answers.overdue), say(request, "stat.in_time"), say(request, "stat.in_time_note")) +
           stat(Html{answers.overdue}, say(request, "stat.overdue")) + stat(Html{answers.escalated}, say(request, "stat.escalated"));
}

Html class_table(const Request& request, const AnswerCounts& answers)
{
    std::vector<std::vector<Html>> rows;
    for (std::size_t at = 0; at < all_reply_classes.size(); ++at)
        if (answers.by_class.at(at) > 0)
            rows.push_back({say(request, "reply_class." + std::string(name(all_reply_classes.at(at)))), share_of(request, answers.by_class.at(at), answers.answered)});
    if (rows.empty()) return {};
    return data_table(say(request, "stat.classes"), {column(request, "reply_class"), "#" + column(request, "stat.count")}, rows);
}

Html statistics_part(const Request& request, const AuthorityStatistics& statistics)
{
    if (statistics.answers.sent == 0) return empty_state(say(request, "stat.nothing_sent"));
    return h2({}, say(request, "stat.answers")) + div({cls("stats")}, answer_tiles(request, statistics.answers)) +
           h2({}, say(request, "stat.fixes")) + div({cls("stats")}, fix_tiles(request, statistics.fixes)) + class_table(request, statistics.answers);
}

Html version_table(const Request& request, const AuthorityPage& view)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& version : view.versions)
        rows.push_back({Html{version.names.in(request.language)}, version.bin.empty() ? Html{"–"} : Html{version.bin},
                        validity(request, version.valid_from, version.valid_to),
                        version.parent.is_set() ? a({href(request.link("/authorities/" + version.parent.str()))}, name_of(request, view, version.parent)) : Html{"–"},
                        Html{version.territory.empty() ? "–" : version.territory},
                        badge(say(request, version.verified ? "rule_verified" : "rule_unverified"), version.verified ? "good" : "warn") +
                            p({cls("row-note")}, version.source)});
    return data_table(say(request, "versions"), {column(request, "authority"), column(request, "bin"), column(request, "validity"),
                                                 column(request, "parent"), column(request, "territory"), column(request, "source")}, rows);
}

Html successors(const Request& request, const AuthorityPage& view)
{
    Html rows;
    for (const auto& succession : view.successions)
        rows += li({}, a({href(request.link("/authorities/" + succession.to.str()))}, name_of(request, view, succession.to)), " · ",
                   say(request, "succession." + std::string(name(succession.kind))), " · ", i18n::date(request.language, succession.on),
                   succession.act.empty() ? Html{} : Html{" · " + succession.act});
    return rows.empty() ? Html{} : section({}, h2({}, say(request, "successors")), ul({}, rows));
}

Html competence_table(const Request& request, const std::vector<Competence>& competences)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& competence : competences)
        rows.push_back({say(request, "topic." + competence.topic), Html{competence.territory}, validity(request, competence.valid_from, competence.valid_to),
                        badge(say(request, competence.verified ? "rule_verified" : "rule_unverified"), competence.verified ? "good" : "warn") +
                            p({cls("row-note")}, competence.source)});
    if (rows.empty()) return {};
    return data_table(say(request, "competences"), {column(request, "topic"), column(request, "territory"), column(request, "validity"), column(request, "source")}, rows);
}

Html limits(const Request& request, const Channel& channel)
{
    constexpr std::int64_t kilobyte = 1024;
    Html out;
    const auto add = [&](std::string_view key, std::int64_t n) {
        if (!out.empty()) out += Html{" · "};
        out += Html{i18n::count(request.language, "referral.limit." + std::string(key), n)};
    };
    if (channel.max_letters) add("letters", *channel.max_letters);
    if (channel.max_files) add("files", *channel.max_files);
    if (channel.max_file_bytes) add("kilobytes", *channel.max_file_bytes / kilobyte);
    return out.empty() ? say(request, "limit.unknown") : out;
}

Html channel_table(const Request& request, const std::vector<Channel>& channels)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& channel : channels)
        rows.push_back({say(request, "channel." + std::string(name(channel.kind))), Html{channel.address}, limits(request, channel),
                        validity(request, channel.valid_from, channel.valid_to), Html{channel.source}});
    if (rows.empty()) return {};
    return data_table(say(request, "channels"), {column(request, "channel_label"), column(request, "channel_address"), column(request, "limits"),
                                                 column(request, "validity"), column(request, "source")}, rows);
}

Html date_input(const Request& request, std::string_view field, std::string_view key, LocalDate value)
{
    return text_field(field, say(request, key), iso(value), {Attr("type", "date"), Attr("required")});
}

Html source_input(const Request& request, const std::string& form)
{
    return text_field("source#" + form, say(request, "source"), "", {Attr("required"), Attr("maxlength", 300)});
}

Html select_authority(const Request& request, const AuthorityPage& view, std::string_view field, std::string_view key)
{
    std::vector<Choice> choices{{"", say(request, "choose_authority")}};
    for (const auto& version : view.choices)
        if (version.authority != view.id) choices.push_back({version.authority.str(), version.names.in(request.language)});
    return select_field(field, say(request, key), choices);
}

Html version_form(const Request& request, const AuthorityPage& view, const std::string& path)
{
    const auto& last = view.versions.back();
    std::vector<Choice> channels;
    for (const auto channel : all_channels)
        channels.push_back({std::string(name(channel)), say(request, "channel." + std::string(name(channel)))});
    return details({cls("card")}, summary({}, say(request, "add_version")),
                   post_form(request, path + "/versions",
                             p({cls("hint")}, say(request, "add_version_hint")) +
                                 text_field("kk#v", say(request, "name_kk"), last.names.kk, {Attr("required"), Attr("maxlength", 300)}) +
                                 text_field("ru#v", say(request, "name_ru"), last.names.ru, {Attr("maxlength", 300)}) +
                                 text_field("en#v", say(request, "name_en"), last.names.en, {Attr("maxlength", 300)}) +
                                 text_field("bin#v", say(request, "bin"), last.bin, {Attr("inputmode", "numeric"), Attr("maxlength", 12)}) +
                                 select_authority(request, view, "parent#v", "parent") +
                                 text_field("territory#v", say(request, "territory"), last.territory, {Attr("maxlength", 160)}, say(request, "territory_hint")) +
                                 select_field("channel#v", say(request, "channel_label"), channels, name(last.channel)) +
                                 text_field("address#v", say(request, "channel_address"), last.address, {Attr("maxlength", 300)}) +
                                 date_input(request, "valid_from#v", "valid_from", view.today) +
                                 text_field("legal_act#v", say(request, "legal_act"), "", {Attr("maxlength", 300)}) + source_input(request, "v") +
                                 check_field("verified", "yes", say(request, "act_was_read")) + submit(say(request, "save"))));
}

Html end_forms(const Request& request, const AuthorityPage& view, const std::string& path)
{
    Html out;
    if (!view.versions.back().valid_to)
        out += details({cls("card")}, summary({}, say(request, "close_version")),
                       post_form(request, path + "/close", p({cls("hint")}, say(request, "close_version_hint")) +
                                                               date_input(request, "last_day", "last_day", view.today) + submit(say(request, "save"))));
    std::vector<Choice> kinds;
    for (const auto kind : {SuccessionKind::rename, SuccessionKind::merge, SuccessionKind::split, SuccessionKind::function_transfer})
        kinds.push_back({std::string(name(kind)), say(request, "succession." + std::string(name(kind)))});
    return out + details({cls("card")}, summary({}, say(request, "add_successor")),
                         post_form(request, path + "/succession",
                                   select_authority(request, view, "to", "authority") + select_field("kind", say(request, "succession_kind"), kinds) +
                                       date_input(request, "on", "step_on", view.today) +
                                       text_field("act", say(request, "legal_act"), "", {Attr("required"), Attr("maxlength", 300)}) + submit(say(request, "save"))));
}

Html reach_forms(const Request& request, const AuthorityPage& view, const std::string& path)
{
    std::vector<Choice> topics, channels;
    for (const auto topic : all_topics) topics.push_back({std::string(topic), say(request, "topic." + std::string(topic))});
    for (const auto channel : all_channels)
        channels.push_back({std::string(name(channel)), say(request, "channel." + std::string(name(channel)))});
    const auto number = [&](std::string_view field, std::string_view key) {
        return text_field(field, say(request, key), "", {Attr("inputmode", "numeric"), Attr("maxlength", 12)});
    };
    return details({cls("card")}, summary({}, say(request, "add_competence")),
                   post_form(request, path + "/competences",
                             select_field("topic", say(request, "topic"), topics) +
                                 text_field("territory#c", say(request, "territory"), view.versions.back().territory, {Attr("required"), Attr("maxlength", 160)}, say(request, "territory_hint")) +
                                 date_input(request, "valid_from#c", "valid_from", view.today) + source_input(request, "c") +
                                 check_field("verified", "yes", say(request, "act_was_read")) + submit(say(request, "save")))) +
           details({cls("card")}, summary({}, say(request, "add_channel")),
                   post_form(request, path + "/channels",
                             select_field("kind#h", say(request, "channel_label"), channels) +
                                 text_field("address#h", say(request, "channel_address"), "", {Attr("required"), Attr("maxlength", 300)}) +
                                 number("max_letters", "max_letters") + number("max_files", "max_files") + number("max_kilobytes", "max_kilobytes") +
                                 date_input(request, "valid_from#h", "valid_from", view.today) + source_input(request, "h") + submit(say(request, "save"))));
}

Html office_forms(const Request& request, const AuthorityPage& view)
{
    if (!request.may(Permission::send_referrals)) return {};
    const auto path = "/authorities/" + view.id.str();
    return h2({}, say(request, "complete_data")) + version_form(request, view, path) + end_forms(request, view, path) + reach_forms(request, view, path);
}

} // namespace authority_parts

Page authority_page(const Request& request, const AuthorityPage& view)
{
    using namespace authority_parts;
    const auto& last = view.versions.back();
    Page page{.title = last.names.in(request.language), .description = i18n::text(request.language, "referral.authority_lead")};
    const bool is_over = last.valid_to && *last.valid_to < view.today;
    page.body = div({cls("page-head")}, h1({}, page.title, is_over ? Html{" "} + badge(say(request, "is_closed"), "bad") : Html{}),
                    p({cls("lead")}, say(request, "authority_lead"))) +
                statistics_part(request, view.statistics) + successors(request, view) + version_table(request, view) +
                competence_table(request, view.competences) + channel_table(request, view.channels) + office_forms(request, view);
    return page;
}

} // namespace adal::referral
