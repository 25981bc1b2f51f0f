#include "cyber/guard.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "cyber/url_host.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <array>

namespace adal::cyber {

namespace guarding {

constexpr std::array<std::string_view, 10> kTexts = {"government", "education", "press", "bank", "popular", "civic", "hosting", "shortener", "public_suffix", "local"};

// Below these lives other people's: only the name itself is protected.
bool is_shared(Protection protection)
{
    return protection == Protection::hosting || protection == Protection::shortener;
}

std::uint16_t bit(Protection protection)
{
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(protection));
}

std::string host_of(std::string_view line)
{
    line = trim(line);
    if (line.starts_with("*.")) line.remove_prefix(2);
    if (line.starts_with('.')) line.remove_prefix(1);
    if (line.empty() || line.front() == '#') return {};
    const auto url = parse_url(line.find("://") == line.npos ? "http://" + std::string{line} : std::string{line});
    if (!url) return {};
    auto host = url->host();
    if (host.starts_with("www.")) host.remove_prefix(4);
    while (host.ends_with('.'))
        host.remove_suffix(1);
    return std::string{host};
}

template <typename See> void each_name_above(std::string_view host, See see)
{
    for (auto dot = host.find('.'); dot != host.npos; dot = host.find('.', dot + 1))
        see(host.substr(dot + 1));
}

} // namespace guarding

std::string_view text(Protection protection)
{
    return guarding::kTexts[static_cast<std::size_t>(protection)];
}

std::optional<Protection> protection_from(std::string_view text)
{
    const auto found = std::ranges::find(guarding::kTexts, text);
    if (found >= guarding::kTexts.begin() + static_cast<std::ptrdiff_t>(Protection::public_suffix)) return std::nullopt;
    return static_cast<Protection>(found - guarding::kTexts.begin());
}

Guard::Guard(const SuffixList& suffixes) : m_suffixes{suffixes}
{
    const auto* embedded = embedded::find(embedded::data(), "cyber/protected.json");
    ADAL_CHECK(embedded != nullptr);
    const auto file = parse_json(embedded->bytes);
    ADAL_CHECK(file.has_value());
    for (const auto& [label, protection] : *object_at(*file, "suffix_labels"))
        m_suffix_labels.emplace(std::string{label}, *protection_from(std::string_view{protection.as_string()}));
    for (const auto& [protection, names] : *object_at(*file, "names"))
        for (const auto& name : names.as_array())
            add(*protection_from(std::string_view{protection}), std::string_view{name.as_string()});
}

void Guard::add(Protection protection, std::string_view host)
{
    const auto at = m_names.try_emplace(std::string{host}).first;
    at->second = static_cast<std::uint16_t>(at->second | guarding::bit(protection));
    guarding::each_name_above(host, [&](std::string_view above) { m_above.try_emplace(std::string{above}, host); });
}

std::size_t Guard::add_list(Protection protection, std::string_view text)
{
    std::size_t taken = 0;
    for (const auto line : split(text, '\n')) {
        const auto host = guarding::host_of(line);
        if (host.empty()) continue;
        add(protection, host);
        ++taken;
    }
    return taken;
}

std::vector<GuardHit> Guard::protected_names(std::string_view host) const
{
    while (host.ends_with('.')) host.remove_suffix(1); // means the same
    using namespace guarding;
    std::vector<GuardHit> found;
    const auto look = [&](std::string_view name, bool itself) {
        const auto at = m_names.find(name);
        if (at == m_names.end()) return;
        for (std::size_t i = 0; i < kTexts.size(); ++i) {
            const auto protection = static_cast<Protection>(i);
            if ((at->second & bit(protection)) && (itself || !is_shared(protection))) found.push_back({protection, std::string{name}});
        }
    };
    const auto folded = host.starts_with("www.") ? host.substr(4) : host;
    look(folded, true);
    each_name_above(folded, [&](std::string_view above) { look(above, false); });
    const auto suffix = m_suffixes.parts(host).suffix;
    const auto kept = m_suffix_labels.find(suffix.substr(0, suffix.find('.')));
    if (kept != m_suffix_labels.end()) found.push_back({kept->second, std::string{suffix}});
    return found;
}

std::vector<GuardHit> Guard::hits(std::string_view host, Scope scope) const
{
    while (host.ends_with('.'))
        host.remove_suffix(1);
    if (is_local_host(host)) return {{Protection::local, std::string{host}}};
    if (scope == Scope::path) return {};
    if (m_suffixes.is_suffix(host)) return {{Protection::public_suffix, std::string{host}}};
    auto found = protected_names(host);
    const auto below = scope == Scope::domain ? m_above.find(host) : m_above.end();
    if (below != m_above.end())
        for (auto hit : protected_names(below->second))
            found.push_back(std::move(hit));
    return found;
}

} // namespace adal::cyber
