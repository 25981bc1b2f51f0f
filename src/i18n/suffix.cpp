// Case suffixes of numbers written in digits: they follow the last spoken word of the number, by
// vowel harmony and by its final sound.
#include "i18n/i18n.hpp"

namespace adal::i18n {

namespace {

enum class Ending { vowel, voiced, nasal, voiceless };

struct Word {
    std::int64_t value;
    bool front; // vowels of the word are front vowels
    Ending ending;
};

constexpr Word kWords[] = {
    {0, true, Ending::voiced},                 // нөл
    {1, true, Ending::voiced},                 // бір
    {2, true, Ending::vowel},                  // екі
    {3, true, Ending::voiceless},              // үш
    {4, true, Ending::voiceless},              // төрт
    {5, true, Ending::voiceless},              // бес
    {6, false, Ending::vowel},                 // алты
    {7, true, Ending::vowel},                  // жеті
    {8, true, Ending::voiced},                 // сегіз
    {9, false, Ending::voiced},                // тоғыз
    {10, false, Ending::nasal},                // он
    {20, false, Ending::vowel},                // жиырма
    {30, false, Ending::voiced},               // отыз
    {40, false, Ending::voiceless},            // қырық
    {50, true, Ending::voiced},                // елу: the glide counts as a consonant
    {60, false, Ending::voiceless},            // алпыс
    {70, true, Ending::voiceless},             // жетпіс
    {80, true, Ending::nasal},                 // сексен
    {90, false, Ending::nasal},                // тоқсан
    {100, true, Ending::voiced},               // жүз
    {1'000, false, Ending::nasal},             // мың
    {1'000'000, false, Ending::nasal},         // миллион
    {1'000'000'000, false, Ending::voiceless}, // миллиард
    {1'000'000'000'000, false, Ending::nasal}, // триллион
};

std::int64_t last_spoken(std::int64_t n)
{
    if (n == 0) return 0;
    for (std::int64_t power = 1'000'000'000'000; power >= 1'000; power /= 1'000)
        if (n % power == 0) return power;
    if (n % 100 == 0) return 100;
    return n % 10 == 0 ? n % 100 : n % 10;
}

const Word& word_of(std::int64_t n)
{
    const auto value = last_spoken(n < 0 ? -(n % 1'000'000'000'000'000) : n);
    for (const auto& word : kWords)
        if (word.value == value) return word;
    check_failed("a number without a last word", __FILE__, __LINE__);
}

struct Pair {
    std::string_view back, front;
};

Pair pair_of(Case wanted, Ending ending)
{
    const bool hard = ending == Ending::voiceless;
    switch (wanted) {
    case Case::ablative:
        if (hard) return {"тан", "тен"};
        return ending == Ending::nasal ? Pair{"нан", "нен"} : Pair{"дан", "ден"};
    case Case::locative:
        return hard ? Pair{"та", "те"} : Pair{"да", "де"};
    case Case::dative:
        return hard ? Pair{"қа", "ке"} : Pair{"ға", "ге"};
    case Case::genitive:
        if (hard) return {"тың", "тің"};
        return ending == Ending::voiced ? Pair{"дың", "дің"} : Pair{"ның", "нің"};
    case Case::accusative:
        if (hard) return {"ты", "ті"};
        return ending == Ending::vowel ? Pair{"ны", "ні"} : Pair{"ды", "ді"};
    case Case::ordinal:
        return {"шы", "ші"};
    }
    check_failed("a case outside the enumeration", __FILE__, __LINE__);
}

} // namespace

std::string with_suffix(std::int64_t n, Case wanted)
{
    const auto& word = word_of(n);
    const auto pair = pair_of(wanted, word.ending);
    const bool year_like = n > -10'000 && n < 10'000; // «2026-дан» would look wrong with a gap
    const auto digits = year_like ? std::to_string(n) : number(Language::kk, n);
    return digits + "-" + std::string{word.front ? pair.front : pair.back};
}

} // namespace adal::i18n
