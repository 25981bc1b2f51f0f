// Any bytes: cleaning and folding are stable and give UTF-8; encodings have one spelling.
#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void check(bool held)
{
    if (!held) std::abort();
}

void check_text(std::string_view text)
{
    const auto folded = adal::fold(text);
    check(adal::is_utf8(folded) && adal::fold(folded) == folded);
    const auto clean = adal::clean_text(text);
    check(clean.has_value() == adal::is_utf8(text));
    if (clean) check(adal::clean_text(*clean) == *clean);
    for (const auto& word : adal::query_words(text))
        check(!word.exact.empty() && adal::is_utf8(word.prefix));
    check(adal::compare_kk(text, text) == 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_text(text);
    if (const auto bytes = adal::unbase64(text)) check(adal::base64(*bytes) == text);
    if (const auto bytes = adal::unbase64url(text)) check(adal::base64url(*bytes) == text);
    if (const auto bytes = adal::unhex(text)) check(adal::hex(*bytes) == text);
    if (const auto money = adal::parse_money(text))
        check(adal::parse_money(adal::plain(*money)) == money);
    if (const auto date = adal::parse_date(text)) check(adal::iso(*date) == text);
    if (const auto moment = adal::parse_instant(text)) adal::local_time(*moment);
    adal::parse_ulid(text);
    return 0;
}
