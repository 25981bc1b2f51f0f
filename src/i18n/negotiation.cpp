// Which language a browser asks for: Accept-Language of RFC 9110 §12.5.4.
#include "base/text.hpp"
#include "i18n/i18n.hpp"

namespace adal::i18n {

namespace {

// "0.8" → 800. A missing or unreadable weight counts in full.
int weight_of(std::string_view parameters)
{
    for (const auto part : split(parameters, ';')) {
        auto value = trim(part);
        if (!value.starts_with("q=")) continue;
        value.remove_prefix(2);
        int weight = value.starts_with('1') ? 1000 : 0;
        int unit = 100;
        for (const char digit : value.substr(std::min<std::size_t>(value.size(), 2))) {
            if (digit < '0' || digit > '9') break;
            weight += (digit - '0') * unit;
            unit /= 10;
        }
        return std::min(weight, 1000);
    }
    return 1000;
}

} // namespace

Language negotiate(std::string_view accept_language)
{
    auto best = Language::kk;
    int best_weight = 0;
    for (const auto range : split(accept_language, ',')) {
        const auto end = range.find(';');
        const auto tag = lower(trim(range.substr(0, end)));
        const auto weight = weight_of(end == range.npos ? "" : range.substr(end + 1));
        const auto language =
            tag == "*" ? Language::kk : language_from(tag.substr(0, tag.find('-')));
        if (!language || weight <= best_weight) continue;
        best = *language;
        best_weight = weight;
    }
    return best;
}

} // namespace adal::i18n
