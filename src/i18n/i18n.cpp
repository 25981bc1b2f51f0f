#include "i18n/i18n.hpp"

#include "embedded/i18n.hpp"
#include "i18n/catalogue.hpp"

#include <charconv>

namespace adal::i18n {

namespace {

Catalogue load(Language language)
{
    const auto name = std::string{code(language)} + ".json";
    const auto* file = embedded::find(embedded::i18n(), name);
    if (!file) throw std::runtime_error(name + " is not in the program");
    return Catalogue{file->bytes};
}

// Read at the first use of a language; the compiler guards the initialisation.
const Catalogue& catalogue(Language language)
{
    switch (language) {
    case Language::kk: {
        static const Catalogue kk = load(Language::kk);
        return kk;
    }
    case Language::ru: {
        static const Catalogue ru = load(Language::ru);
        return ru;
    }
    case Language::en: {
        static const Catalogue en = load(Language::en);
        return en;
    }
    }
    check_failed("a language outside the enumeration", __FILE__, __LINE__);
}

const Message& message(Language language, std::string_view key)
{
    if (const auto* found = catalogue(language).find(key)) return *found;
    if (const auto* source = catalogue(Language::kk).find(key)) return *source;
    throw CheckFailed("no message has the key " + std::string{key});
}

Plural plural_of(Language language, std::int64_t n)
{
    return language == Language::ru ? plural_ru(n) : plural_kk_en(n);
}

// Puts values in place of {name}. A name without a value stays visible.
std::string fill(std::string_view pattern, const Params& params)
{
    std::string out;
    out.reserve(pattern.size() + 32);
    for (;;) {
        const auto open = pattern.find('{');
        const auto close = pattern.find('}', open == pattern.npos ? 0 : open);
        if (open == pattern.npos || close == pattern.npos) return out.append(pattern);
        out.append(pattern.substr(0, open));
        const auto value = params.find(std::string{pattern.substr(open + 1, close - open - 1)});
        if (value == params.end())
            out.append(pattern.substr(open, close - open + 1));
        else
            out.append(value->second);
        pattern.remove_prefix(close + 1);
    }
}

// Reasons and fields travel as keys and are read to people as words.
void read_out(Language language, Params& params, const std::string& name)
{
    const auto found = params.find(name);
    if (found == params.end()) return;
    const auto key = name + "." + found->second;
    if (has(key)) found->second = text(language, key);
}

std::string problem_text(Language language, std::string_view key, const Problem& problem)
{
    Params params{problem.params.begin(), problem.params.end()};
    read_out(language, params, "field");
    read_out(language, params, "reason");
    const auto n = params.find("n");
    if (n == params.end()) return text(language, key, params);
    std::int64_t value = 0;
    const auto* end = n->second.data() + n->second.size();
    if (std::from_chars(n->second.data(), end, value).ptr != end)
        return text(language, key, params);
    return count(language, key, value, params);
}

} // namespace

std::string_view code(Language language)
{
    switch (language) {
    case Language::kk:
        return "kk";
    case Language::ru:
        return "ru";
    case Language::en:
        return "en";
    }
    return "kk";
}

std::optional<Language> language_from(std::string_view wanted)
{
    for (const auto language : all_languages)
        if (code(language) == wanted) return language;
    return std::nullopt;
}

std::string text(Language language, std::string_view key, const Params& params)
{
    return fill(message(language, key).form(Plural::other), params);
}

std::string count(Language language, std::string_view key, std::int64_t n, Params params)
{
    params.insert_or_assign("n", number(language, n));
    return fill(message(language, key).form(plural_of(language, n)), params);
}

bool has(std::string_view key)
{
    return catalogue(Language::kk).find(key) != nullptr;
}

std::string sentence(Language language, const Problem& problem)
{
    try {
        const auto key = "problem." + std::string{problem.code ? problem.code->key : "internal"};
        return problem_text(language, has(key) ? std::string_view{key} : "problem.internal",
                            problem);
    } catch (const std::exception&) {
        return problem.code ? std::string{problem.code->key} : std::string{};
    }
}

const std::string& Texts::in(Language language) const
{
    const auto& wanted = language == Language::kk ? kk : language == Language::ru ? ru : en;
    if (!wanted.empty()) return wanted;
    if (!kk.empty()) return kk;
    return !ru.empty() ? ru : en;
}

} // namespace adal::i18n
