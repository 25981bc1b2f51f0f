#include "cyber/triage.hpp"

#include "base/json.hpp"
#include "base/letters.hpp"
#include "base/text.hpp"
#include "cyber/look_alikes.hpp"
#include "cyber/url_host.hpp"
#include "cyber/url_encode.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adal::cyber {

namespace triage_words {

bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Words of a lower-case text: runs of letters and digits, and the same without digits.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at;
        while (end < text.size() && is_letter_or_digit(text[end]))
            ++end;
        if (end > at) {
            words.emplace_back(text.substr(at, end - at));
            std::string bare = words.back();
            std::erase_if(bare, [](char c) { return c >= '0' && c <= '9'; });
            if (bare != words.back() && bare.size() > 2) words.push_back(std::move(bare));
        }
        at = end + 1;
    }
    return words;
}

// Changes of one letter that turn one word into the other, two at most worth knowing.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

std::string without(std::string text, char c)
{
    std::erase(text, c);
    return text;
}

// A label as it is, by sight, by sight with digits, and by sound.
std::vector<std::string> readings(std::string_view label)
{
    const auto letters = domain_to_unicode(label);
    std::vector<std::string> all;
    for (auto& one : {lower(letters), latin_by_sight(letters), letters_by_sight(letters), latin_by_sound(letters)})
        if (std::ranges::find(all, one) == all.end()) all.push_back(one);
    return all;
}

bool mixes_alphabets(std::string_view label)
{
    if (!label.starts_with("xn--")) return false;
    bool latin = false, cyrillic = false;
    for (const char32_t c : letters::decode(domain_to_unicode(label))) {
        latin = latin || letters::is_latin(c);
        cyrillic = cyrillic || letters::is_cyrillic(c);
    }
    return latin && cyrillic;
}

std::vector<std::string> texts_at(const json::value& value, std::string_view key)
{
    std::vector<std::string> all;
    if (const auto* found = array_at(value, key))
        for (const auto& one : *found)
            all.emplace_back(one.as_string());
    return all;
}

std::string_view label_of(std::string_view registrable)
{
    return registrable.substr(0, registrable.find('.'));
}

} // namespace triage_words

TriageRules::TriageRules()
{
    using namespace triage_words;
    const auto* embedded = embedded::find(embedded::data(), "cyber/triage.json");
    ADAL_CHECK(embedded != nullptr);
    const auto file = parse_json(embedded->bytes);
    ADAL_CHECK(file.has_value());
    m_version = *text_at(*file, "version");
    for (const auto& [feature, points] : *object_at(*file, "points"))
        m_points.emplace(std::string{feature}, static_cast<int>(points.as_int64()));
    for (const auto& [feature, words] : *object_at(*file, "words"))
        for (const auto& word : words.as_array())
            m_words.emplace(std::string{word.as_string()}, std::string{feature});
    m_cheap_zones = texts_at(*file, "cheap_zones");
    m_program_files = texts_at(*file, "program_files");
    for (const auto& one : *array_at(*file, "brands")) {
        Brand brand{.name = std::string{*text_at(one, "name")}, .spellings = texts_at(one, "also"), .sites = texts_at(one, "sites")};
        brand.spellings.insert(brand.spellings.begin(), brand.name);
        m_brands.push_back(std::move(brand));
    }
}

void TriageRules::add_point(Triage& triage, std::string_view feature, std::string seen, double share) const
{
    const auto points = m_points.find(feature);
    ADAL_CHECK(points != m_points.end());
    const auto given = static_cast<int>(std::lround(share * points->second));
    if (given != 0) triage.reasons.push_back({std::string{feature}, given, std::move(seen)});
}

TriageRules::Imitation TriageRules::imitation(const Link& link) const
{
    using namespace triage_words;
    if (!link.meant || link.registrable.empty() || link.identity.kind != Kind::url) return {};
    const auto is_own = [&](const Brand& brand) { return std::ranges::find(brand.sites, link.registrable) != brand.sites.end(); };
    if (std::ranges::any_of(m_brands, is_own)) return {}; // one brand's own site may speak of another
    const auto host = link.meant->host();
    const auto label = label_of(link.registrable);
    const auto forms = readings(label);
    Imitation found;
    const auto better = [&](std::string_view feature, const Brand& brand) {
        constexpr std::string_view kOrder[] = {"brand_copied", "brand_combined", "brand_misspelled", "brand_elsewhere"};
        const auto rank = [&](std::string_view one) { return std::ranges::find(kOrder, one) - std::begin(kOrder); };
        if (found.feature.empty() || rank(feature) < rank(found.feature)) found = {feature, brand.name};
    };
    const auto above = host.substr(0, host.size() - std::min(host.size(), link.registrable.size()));
    const auto elsewhere = lower(percent_decoded(above)) + " " + lower(percent_decoded(link.meant->path()));
    const auto elsewhere_words = words_of(elsewhere);
    for (const auto& brand : m_brands) {
        for (const auto& spelling : brand.spellings) {
            for (const auto& form : forms) {
                const auto joined = without(form, '-');
                const auto parts = words_of(form);
                if (joined == spelling) better("brand_copied", brand);
                else if (std::ranges::find(parts, spelling) != parts.end() || (spelling.size() >= 5 && joined.find(spelling) != std::string::npos)) better("brand_combined", brand);
                else if (spelling.size() >= 5 && joined.size() + 1 >= spelling.size() && joined.size() <= spelling.size() + 1 && distance(joined, spelling) == 1) better("brand_misspelled", brand);
            }
            if (std::ranges::find(elsewhere_words, spelling) != elsewhere_words.end()) better("brand_elsewhere", brand);
        }
    }
    return found;
}

void TriageRules::look_at_host(Triage& triage, const Link& link, const SuffixList& suffixes) const
{
    using namespace triage_words;
    const auto& url = *link.meant;
    const auto host = url.host();
    if (is_ip_address(host)) return add_point(triage, "number_host", std::string{host});
    const auto parts = suffixes.parts(host);
    const auto label = std::string{label_of(parts.registrable)};
    const auto labels = split(host, '.');
    if (std::ranges::any_of(labels, mixes_alphabets)) add_point(triage, "mixed_letters", domain_to_unicode(host));
    const auto zone = parts.suffix.substr(parts.suffix.rfind('.') == parts.suffix.npos ? 0 : parts.suffix.rfind('.') + 1);
    if (std::ranges::find(m_cheap_zones, zone) != m_cheap_zones.end()) add_point(triage, "cheap_zone", std::string{zone});
    if (parts.private_suffix) add_point(triage, "shared_host", std::string{parts.suffix});
    const auto levels = std::ranges::count(host, '.') - std::ranges::count(parts.registrable, '.');
    if (levels >= 3) add_point(triage, "many_levels", std::to_string(levels));
    if (const auto hyphens = std::ranges::count(label, '-'); hyphens >= 2 && !label.starts_with("xn--")) add_point(triage, "many_hyphens", label);
    if (const auto digits = std::ranges::count_if(label, [](char c) { return c >= '0' && c <= '9'; }); digits >= 3 && !label.starts_with("xn--")) add_point(triage, "many_digits", label);
    if (const auto fake = imitation(link); !fake.feature.empty()) add_point(triage, fake.feature, fake.brand);
}

// The strongest word of each kind counts once.
void TriageRules::look_at_words(Triage& triage, const Link& link) const
{
    using namespace triage_words;
    std::string text = link.identity.key.substr(link.identity.key.find(':') + 1);
    if (link.meant && is_special(link.meant->scheme()) && link.identity.kind == Kind::url)
        text = domain_to_unicode(link.meant->host()) + " " + well_formed_utf8(percent_decoded(link.meant->path()));
    const auto sound = latin_by_sound(text);
    const auto words = words_of(sound);
    std::map<std::string, std::string> seen; // feature → word
    for (const auto& [word, feature] : m_words) {
        const bool inside = word.size() >= 5 && sound.find(word) != std::string::npos;
        if (inside || std::ranges::find(words, word) != words.end()) {
            auto& longest = seen[feature];
            if (word.size() > longest.size()) longest = word;
        }
    }
    for (const auto& [feature, word] : seen)
        add_point(triage, feature, word);
}

void TriageRules::look_at_spelling(Triage& triage, std::string_view written, const Link& link) const
{
    const auto plain = undisguised(written);
    if (plain != trim(written)) add_point(triage, "hidden_spelling", plain);
    if (!link.meant) return;
    if (!link.meant->username().empty()) add_point(triage, "user_in_address", std::string{link.meant->username()});
    if (link.meant->port_number >= 0) add_point(triage, "odd_port", std::to_string(link.meant->port_number));
    const auto path = lower(link.meant->path());
    for (const auto& ending : m_program_files)
        if (path.ends_with(ending)) add_point(triage, "program_file", ending);
}

namespace triage_words {

void add_up(Triage& triage)
{
    std::ranges::stable_sort(triage.reasons, std::ranges::greater{}, &Reason::points);
    int sum = 0;
    for (const auto& reason : triage.reasons)
        sum += reason.points;
    triage.score = std::clamp(sum, 0, 100);
}

} // namespace triage_words

Triage TriageRules::with_alike(Triage triage, std::string seen) const
{
    if (std::ranges::find(triage.reasons, kAlike, &Reason::feature) != triage.reasons.end()) return triage;
    add_point(triage, kAlike, std::move(seen));
    triage_words::add_up(triage);
    return triage;
}

Triage TriageRules::triage(std::string_view written, const Link& link, const std::vector<Match>& matches, const TextOpinion& letters, const SuffixList& suffixes, const Guard& guard) const
{
    Triage triage;
    if (link.identity.kind == Kind::none) return triage;
    if (!matches.empty()) add_point(triage, "on_list", matches.front().key);
    if (link.meant && link.meant->has_host && is_special(link.meant->scheme())) {
        look_at_host(triage, link, suffixes);
        const auto kept = guard.protected_names(link.meant->host());
        const bool own = std::ranges::any_of(kept, [](const GuardHit& hit) { return hit.protection != Protection::hosting && hit.protection != Protection::shortener; });
        if (own && matches.empty() && link.identity.kind == Kind::url) add_point(triage, "protected_name", kept.front().name);
    }
    look_at_words(triage, link);
    look_at_spelling(triage, written, link);
    if (link.identity.key.find("-invite:") != std::string::npos) add_point(triage, "closed_invitation", {});
    if (letters.log_odds != 0) add_point(triage, letters.log_odds > 0 ? "text_model" : "text_model_harmless", letters.seen, std::min(std::abs(letters.log_odds) / 4, 1.0));
    triage_words::add_up(triage);
    return triage;
}

} // namespace adal::cyber
