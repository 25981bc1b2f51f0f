#include "i18n/catalogue.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace adal::i18n {

namespace {

constexpr std::array<std::string_view, 4> kCategories{"one", "few", "many", "other"};

Message read_message(const json::value& value)
{
    Message message;
    auto& other = message.forms[static_cast<std::size_t>(Plural::other)];
    if (const auto* text = value.if_string()) {
        other.assign(text->data(), text->size());
        return message;
    }
    for (std::size_t i = 0; i < kCategories.size(); ++i)
        message.forms[i] = text_at(value, kCategories[i]).value_or("");
    if (other.empty()) throw std::runtime_error("a message without a text");
    return message;
}

} // namespace

Plural plural_kk_en(std::int64_t n)
{
    return n == 1 || n == -1 ? Plural::one : Plural::other;
}

Plural plural_ru(std::int64_t n)
{
    const auto tens = n % 100 < 0 ? -(n % 100) : n % 100;
    const auto ones = tens % 10;
    if (tens >= 11 && tens <= 14) return Plural::many;
    if (ones == 1) return Plural::one;
    return ones >= 2 && ones <= 4 ? Plural::few : Plural::many;
}

Catalogue::Catalogue(std::string_view json)
{
    const auto document = parse_json(json);
    if (!document) throw std::runtime_error("a catalogue is not JSON");
    for (const auto& [key, value] : document->as_object())
        m_messages.emplace(std::string{key.data(), key.size()}, read_message(value));
}

const Message* Catalogue::find(std::string_view key) const
{
    const auto found = m_messages.find(key);
    return found == m_messages.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Catalogue::keys() const
{
    std::vector<std::string_view> keys;
    for (const auto& [key, message] : m_messages)
        keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

} // namespace adal::i18n
