#include "cyber/text_features.hpp"

#include "base/text.hpp"
#include "cyber/match_hash.hpp"

#include <algorithm>

namespace adal::cyber {

namespace text_traits {

constexpr std::size_t kLongest = 400; // letters that count

struct Parts {
    std::string name{}; // without its public suffix, when it has one
    std::string path{}; // with the query
    std::string_view label{}, suffix{};
    bool is_shared = false;
    std::ptrdiff_t dots = 0;
};

Parts parts_of(const Link& link, const SuffixList& suffixes)
{
    std::string_view key = link.identity.key;
    key.remove_prefix(std::min(key.find(':') + 1, key.size()));
    const auto slash = std::min(key.find_first_of("/?"), key.size());
    const auto known = link.meant ? suffixes.parts(host_of(link)) : DomainParts{};
    Parts out{.name = lower(key.substr(0, slash)), .path = lower(key.substr(slash)), .label = known.registrable.substr(0, known.registrable.find('.')), .suffix = known.suffix, .is_shared = known.private_suffix};
    out.dots = std::ranges::count(out.name, '.');
    if (!out.suffix.empty() && out.name.size() > out.suffix.size() + 1 && out.name.ends_with(out.suffix)) out.name.resize(out.name.size() - out.suffix.size() - 1);
    return out;
}

std::uint32_t place_of(std::string_view text, std::uint64_t seed)
{
    return static_cast<std::uint32_t>(keyed_hash(text, seed) % TextFeatures::kPlaces);
}

std::vector<TextRun> runs_of(std::string_view text, std::uint64_t seed)
{
    std::vector<TextRun> runs;
    if (text.empty()) return runs;
    const auto framed = "^" + std::string{text.substr(0, kLongest)} + "$";
    for (std::size_t length = 3; length <= 5; ++length)
        for (std::size_t at = 0; at + length <= framed.size(); ++at) {
            auto letters = framed.substr(at, length);
            const auto place = place_of(letters, seed);
            runs.push_back({std::move(letters), place});
        }
    return runs;
}

// Numbers that differ little count as one.
std::string about(std::ptrdiff_t number)
{
    constexpr std::ptrdiff_t kUpTo[] = {0, 1, 2, 3, 4, 6, 9, 14, 20, 30};
    return std::to_string(std::ranges::lower_bound(kUpTo, number) - std::begin(kUpTo));
}

struct Sounds {
    int letters = 0, vowels = 0, most_consonants = 0; // the longest run of them
};

Sounds sounds_of(std::string_view label)
{
    Sounds out;
    int run = 0;
    for (const char c : label) {
        const bool letter = c >= 'a' && c <= 'z', vowel = letter && std::string_view{"aeiouy"}.find(c) != std::string_view::npos;
        out.letters += letter;
        out.vowels += vowel;
        run = letter && !vowel ? run + 1 : 0;
        out.most_consonants = std::max(out.most_consonants, run);
    }
    return out;
}

std::vector<std::string> traits_of(const Parts& parts)
{
    const auto digits = std::ranges::count_if(parts.name, [](char c) { return c >= '0' && c <= '9'; });
    const auto sounds = sounds_of(parts.label);
    std::vector<std::string> out{"digits " + about(digits), "hyphens " + about(std::ranges::count(parts.name, '-')), "dots " + about(parts.dots),
                                 "length " + about(std::ssize(parts.name)), "consonants " + std::to_string(std::min(sounds.most_consonants, 7)),
                                 "vowels " + (sounds.letters == 0 ? "none" : std::to_string(8 * sounds.vowels / sounds.letters))};
    if (parts.is_shared) out.emplace_back("shared");
    if (parts.name.find("xn--") != std::string::npos) out.emplace_back("encoded");
    if (!parts.suffix.empty()) {
        out.push_back("suffix " + std::string{parts.suffix});
        out.push_back("zone " + std::string{parts.suffix.substr(parts.suffix.rfind('.') + 1)}); // npos + 1 is 0
    }
    return out;
}

} // namespace text_traits

std::vector<TextRun> text_runs(const Link& link, const SuffixList& suffixes, TextFeatures::Group group)
{
    const auto parts = text_traits::parts_of(link, suffixes);
    return text_traits::runs_of(group == TextFeatures::name ? parts.name : parts.path, group + 1);
}

TextFeatures text_features(const Link& link, const SuffixList& suffixes)
{
    using namespace text_traits;
    const auto parts = parts_of(link, suffixes);
    TextFeatures out;
    for (const auto& run : runs_of(parts.name, 1)) out.places[TextFeatures::name].push_back(run.place);
    for (const auto& run : runs_of(parts.path, 2)) out.places[TextFeatures::path].push_back(run.place);
    for (const auto& trait : traits_of(parts)) out.places[TextFeatures::traits].push_back(place_of(trait, 3));
    for (auto& places : out.places) {
        std::ranges::sort(places);
        places.erase(std::unique(places.begin(), places.end()), places.end());
    }
    return out;
}

TextFeatures without_path(TextFeatures features)
{
    features.places[TextFeatures::path].clear();
    return features;
}

} // namespace adal::cyber
