// i18n/i18n.hpp: sentences in three languages. Kazakh is the source. Catalogues are i18n/{kk,ru,en}.json,
// embedded by the build; i18n/qqq.json says what each message means, for translators.
//
// A message is "Орындаушы: {name}"; a plural is an object {"one": …, "few": …, "many": …, "other": …}
// chosen by the parameter `n` with CLDR rules (kk, en: one/other; ru: one/few/many/other).
// Thread-safe: catalogues never change while the program runs.
#pragma once

#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace adal::i18n {

enum class Language { kk, ru, en };
inline constexpr std::array<Language, 3> all_languages{Language::kk, Language::ru, Language::en};

std::string_view code(Language language); // "kk"
std::optional<Language> language_from(std::string_view code);
// From Accept-Language; Kazakh when nothing fits.
Language negotiate(std::string_view accept_language);

using Params = std::map<std::string, std::string>;

// The sentence. An unknown key is a programmer's mistake: throws CheckFailed.
std::string text(Language language, std::string_view key, const Params& params = {});
// Plural by n; {n} is filled with the number written for people.
std::string count(Language language, std::string_view key, std::int64_t n, Params params = {});
bool has(std::string_view key);
// The sentence of a problem: key `problem.<code>`.
std::string sentence(Language language, const Problem& problem);

std::string number(Language language, std::int64_t n);           // 1 234 567 with no-break spaces
std::string number(Language language, double value, int decimals); // 3,5 · 3.5 in English
std::string percent(Language language, double share);            // 0.74 → 74% · 74 %
std::string money(Language language, Money money);               // 2 500 000 ₸
std::string date(Language language, LocalDate date);             // 29.01.2026 · en: 29 Jan 2026
std::string long_date(Language language, LocalDate date);        // 2026 жылғы 29 қаңтар · 29 января 2026 г. · 29 January 2026
std::string date_time(Language language, Instant instant);       // Almaty time

// Kazakh case suffix after digits, with its hyphen: "300-ден" (kazakhstan.md §5.2).
enum class Case { ablative, locative, dative, genitive, accusative, ordinal };
std::string with_suffix(std::int64_t n, Case wanted);

// A text that exists in three languages as data (place names, checklist titles).
struct Texts {
    std::string kk{}, ru{}, en{};
    [[nodiscard]] const std::string& in(Language language) const; // falls back kk → ru → en when empty
};

} // namespace adal::i18n
