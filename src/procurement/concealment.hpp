// procurement/concealment.hpp: texts of a call that hide it or tie it to one product.
//
// Pure, thread-safe. Words are data: data/procurement/concealment-words.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// Words of four letters or more in which letters of the other alphabet stand that look the same: a Latin o in a Russian
// word, or a Cyrillic one in a Latin name. A search does not find them. The Latin i, h and ə of Kazakh typists are not
// counted, nor words that nobody could mistake ("USBкабель") or that are put together of two ("IPтелефония").
std::vector<std::string> disguised_words(std::string_view text);

struct ConcealmentWords {
    std::vector<std::string> brands{};      // folded, one or more words
    std::vector<std::string> equivalent{};  // stems that leave room for another product
    std::vector<std::string> belonging{};   // stems of what must fit a thing the buyer has: spare parts, repair
    std::vector<std::string> only_one{};    // folded phrases: nothing else will do
    static const ConcealmentWords& standard();
};

// As written in the list; empty when none is named.
std::string named_brand(std::string_view folded, const ConcealmentWords& words);
bool has_stem(std::string_view folded, const std::vector<std::string>& stems);
// The phrase found; empty when none.
std::string found_phrase(std::string_view folded, const std::vector<std::string>& phrases);

// No word of one begins like a word of the other (four letters); both folded and not empty.
bool nothing_in_common(std::string_view folded, std::string_view other);
// Has a letter that Kazakh has and Russian has not. `text` as written.
bool has_kazakh_letter(std::string_view text);

} // namespace adal::procurement
