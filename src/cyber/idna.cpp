// UTS #46 ToASCII and ToUnicode: the part of url_host.hpp that needs Unicode's tables. ICU normalises only.
#include "cyber/idna_table.hpp"
#include "cyber/punycode.hpp"
#include "cyber/url_host.hpp"

#include "base/letters.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <vector>

namespace adal::cyber {

namespace idna {

const Row& row_of(char32_t code_point)
{
    const auto all = rows();
    return *std::prev(std::ranges::upper_bound(all, static_cast<std::uint32_t>(code_point), {}, &Row::first));
}

bool has(char32_t code_point, int bits)
{
    return (row_of(code_point).bits & bits) != 0;
}

std::u32string mapped_text(std::string_view domain)
{
    std::u32string out;
    for (std::size_t at = 0; at < domain.size();) {
        const auto c = next_code_point(domain, at);
        const auto& row = row_of(c);
        if (row.status == Status::mapped) out += pool().substr(row.mapping_at, row.mapping_length);
        else if (row.status != Status::ignored) out += c;
    }
    return out;
}

const icu::Normalizer2& nfc()
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFCInstance(status); // ICU's own, for the life of the process
    if (U_FAILURE(status)) throw std::runtime_error(std::string{"ICU has no NFC: "} + u_errorName(status));
    return *found;
}

std::u32string normalized(std::u32string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto in = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<std::int32_t>(text.size()));
    const auto done = nfc().normalize(in, status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string{"ICU cannot normalise: "} + u_errorName(status));
    std::u32string out(static_cast<std::size_t>(done.countChar32()), U'\0');
    done.toUTF32(reinterpret_cast<UChar32*>(out.data()), static_cast<std::int32_t>(out.size()), status);
    return out;
}

using Labels = std::vector<std::u32string>;

Labels split_at_dots(std::u32string_view text)
{
    Labels labels(1);
    for (const char32_t c : text) {
        if (c == U'.') labels.emplace_back();
        else labels.back() += c;
    }
    return labels;
}

bool is_ascii(std::u32string_view label)
{
    return std::ranges::all_of(label, [](char32_t c) { return c < 0x80; });
}

// The letters behind "xn--"; nothing when there are none behind it.
std::optional<std::u32string> decoded(std::u32string_view label)
{
    if (!is_ascii(label)) return std::nullopt;
    auto letters = punycode_decoded(letters::encode(label.substr(4)));
    if (!letters || is_ascii(*letters)) return std::nullopt;
    return letters;
}

// RFC 5892 appendix A: a joiner stands after a virama; ZWNJ also between letters that join across it.
bool joiners_hold(std::u32string_view label)
{
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] != 0x200C && label[i] != 0x200D) continue;
        if (i > 0 && has(label[i - 1], virama)) continue;
        if (label[i] == 0x200D) return false;
        auto before = i;
        while (before > 0 && has(label[before - 1], transparent))
            --before;
        auto after = i + 1;
        while (after < label.size() && has(label[after], transparent))
            ++after;
        if (before == 0 || !has(label[before - 1], joins_after) || after == label.size() || !has(label[after], joins_before)) return false;
    }
    return true;
}

// RFC 5893 section 2.
bool direction_holds(std::u32string_view label)
{
    const bool rtl = has(label.front(), rtl_first);
    if (!rtl && !has(label.front(), ltr_first)) return false;
    int seen = 0;
    for (const char32_t c : label) {
        if (!has(c, rtl ? rtl_allowed : ltr_allowed)) return false;
        seen |= row_of(c).bits;
    }
    if (rtl && (seen & european_number) && (seen & arabic_number)) return false;
    auto last = label.size();
    while (last > 0 && has(label[last - 1], nonspacing))
        --last;
    return last > 0 && has(label[last - 1], rtl ? rtl_last : ltr_last);
}

bool label_holds(std::u32string_view label, bool bidi_domain)
{
    if (label.empty()) return true;
    if (normalized(label) != label || label.starts_with(U"xn--") || label.find(U'.') != label.npos) return false;
    if (has(label.front(), mark)) return false;
    if (!std::ranges::all_of(label, [](char32_t c) { return row_of(c).status == Status::valid; })) return false;
    return joiners_hold(label) && (!bidi_domain || direction_holds(label));
}

// Labels as letters, valid all of them; nothing otherwise.
std::optional<Labels> processed(std::string_view domain)
{
    auto labels = split_at_dots(normalized(mapped_text(domain)));
    for (auto& label : labels) {
        if (!label.starts_with(U"xn--")) continue;
        auto letters = decoded(label);
        if (!letters) return std::nullopt;
        label = std::move(*letters);
    }
    const bool bidi_domain = std::ranges::any_of(labels, [](const auto& label) { return std::ranges::any_of(label, [](char32_t c) { return has(c, bidi); }); });
    if (!std::ranges::all_of(labels, [&](const auto& label) { return label_holds(label, bidi_domain); })) return std::nullopt;
    return labels;
}

std::optional<std::string> written(const Labels& labels)
{
    std::string out;
    for (const auto& label : labels) {
        if (&label != &labels.front()) out += '.';
        if (is_ascii(label)) {
            out += letters::encode(label);
            continue;
        }
        const auto encoded = punycode_encoded(label);
        if (!encoded) return std::nullopt;
        out += "xn--" + *encoded;
    }
    return out;
}

} // namespace idna

std::optional<std::string> domain_to_ascii(std::string_view domain)
{
    constexpr std::size_t kLongest = 1 << 14; // no name is longer; Punycode's cost grows with the square
    const bool ascii = std::ranges::all_of(domain, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (domain.empty() || (!ascii && domain.size() > kLongest)) return std::nullopt;
    if (ascii) {
        std::string lowered{domain};
        std::ranges::transform(lowered, lowered.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return lowered;
    }
    const auto labels = idna::processed(domain);
    auto name = labels ? idna::written(*labels) : std::nullopt;
    if (name && name->empty()) return std::nullopt;
    return name;
}

std::string domain_to_unicode(std::string_view ascii)
{
    if (ascii.find("xn--") == std::string_view::npos) return std::string{ascii};
    const auto labels = idna::processed(ascii);
    if (!labels) return std::string{ascii};
    std::string out;
    for (const auto& label : *labels)
        out += (&label == &labels->front() ? "" : ".") + letters::encode(label);
    return out;
}

} // namespace adal::cyber
