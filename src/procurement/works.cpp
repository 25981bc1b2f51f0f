#include "procurement/works.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <limits>
#include <stdexcept>

namespace adal::procurement {

namespace {

constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

// "=word" keeps its sign, so that it is compared whole.
std::vector<std::string> folded_stems(const json::value& entry, std::string_view key)
{
    std::vector<std::string> out;
    if (const auto* list = array_at(entry, key))
        for (const auto& item : *list) {
            const std::string_view word{item.get_string()};
            const bool whole = word.starts_with('=');
            out.push_back((whole ? "=" : "") + fold(whole ? word.substr(1) : word));
        }
    return out;
}

bool fits(std::string_view word, std::string_view stem)
{
    return stem.starts_with('=') ? word == stem.substr(1) : word.starts_with(stem);
}

// Position of the first word that fits one of the stems.
std::size_t first_fit(const std::vector<std::string_view>& words,
                      const std::vector<std::string>& stems)
{
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const auto& stem : stems)
            if (fits(words[i], stem)) return i;
    return kNowhere;
}

bool has_prefix(const std::vector<std::string>& codes, const std::vector<std::string>& prefixes)
{
    for (const auto& code : codes)
        for (const auto& prefix : prefixes)
            if (std::string_view{code}.substr(code.find(':') + 1).starts_with(prefix)) return true;
    return false;
}

} // namespace

const Works& Works::standard()
{
    static const Works instance = [] {
        const auto* file = embedded::find(embedded::data(), "procurement/works-words.json");
        if (!file) throw std::runtime_error("not built in: procurement/works-words.json");
        return Works{file->bytes};
    }();
    return instance;
}

Works::Works(std::string_view text)
{
    const auto document = parse_json(text);
    if (!document || !array_at(*document, "kinds"))
        throw std::runtime_error("works-words.json is malformed");
    m_deeds = folded_stems(*document, "deeds");
    for (const auto& entry : *array_at(*document, "kinds"))
        m_kinds.push_back({.kind = std::string{text_at(entry, "kind").value_or("")},
                           .stems = folded_stems(entry, "stems"),
                           .prefixes = folded_stems(entry, "prefixes")});
}

std::string Works::kind_of(const Process& process) const
{
    if (process.category == "goods") return {};
    const std::string title = fold(process.title);
    const auto words = split(title, ' ');
    if (first_fit(words, m_deeds) != kNowhere) {
        const Kind* earliest = nullptr;
        std::size_t at = kNowhere;
        for (const auto& kind : m_kinds)
            if (const auto position = first_fit(words, kind.stems); position < at) {
                earliest = &kind;
                at = position;
            }
        if (earliest) return earliest->kind;
    }
    if (process.category == "works")
        for (const auto& kind : m_kinds)
            if (has_prefix(process.classifications, kind.prefixes)) return kind.kind;
    return {};
}

} // namespace adal::procurement
