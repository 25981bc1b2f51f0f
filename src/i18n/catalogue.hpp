// i18n/catalogue.hpp: the messages of one language, looked up by key. Immutable, so thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adal::i18n {

// CLDR plural categories in use; `other` always exists.
enum class Plural : std::uint8_t { one, few, many, other };

// CLDR 48 cardinal rules for whole numbers.
Plural plural_kk_en(std::int64_t n); // one: n = 1
Plural plural_ru(std::int64_t n);    // one, few, many by the last two digits

struct Message {
    std::array<std::string, 4> forms{}; // by Plural; empty: falls back to `other`

    [[nodiscard]] const std::string& form(Plural plural) const
    {
        const auto& text = forms[static_cast<std::size_t>(plural)];
        return text.empty() ? forms[static_cast<std::size_t>(Plural::other)] : text;
    }
};

class Catalogue {
public:
    // Bytes of i18n/<language>.json; throws std::runtime_error when they are not a catalogue.
    explicit Catalogue(std::string_view json);

    [[nodiscard]] const Message* find(std::string_view key) const;
    [[nodiscard]] std::vector<std::string_view> keys() const; // sorted

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, Message, TextHash, std::equal_to<>> m_messages;
};

} // namespace adal::i18n
