#include "oversight/register_words.hpp"

#include "base/embedded.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <stdexcept>

namespace adal::oversight {
namespace {

json::value document_of(std::string_view text, std::string_view name)
{
    auto document = parse_json(text);
    if (!document) throw std::runtime_error(std::string(name) + " is malformed");
    return *document;
}

PlaceKind kind_at(const json::value& entry, std::string_view key)
{
    const auto kind = place_kind_from(text_at(entry, key).value_or(""));
    if (!kind) throw std::runtime_error("place-kind-words.json names an unknown kind");
    return *kind;
}

std::string_view embedded_file(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), name);
    if (file == nullptr) throw std::runtime_error("not built in: " + std::string(name));
    return file->bytes;
}

} // namespace

const RegisterWords& RegisterWords::standard()
{
    static const RegisterWords instance{embedded_file("oversight/works-status-words.json"),
                                        embedded_file("oversight/place-kind-words.json")};
    return instance;
}

RegisterWords::RegisterWords(std::string_view status_words, std::string_view kind_words)
{
    const auto statuses = document_of(status_words, "works-status-words.json");
    for (const auto& [key, words] : statuses.as_object()) {
        const auto status = works_status_from(key);
        if (!status) continue; // the comment
        for (const auto& word : words.as_array())
            m_statuses.emplace_back(adal::fold(word.as_string()), *status);
    }
    const auto kinds = document_of(kind_words, "place-kind-words.json");
    m_otherwise = kind_at(kinds, "otherwise");
    for (const auto& entry : kinds.at("kinds").as_array())
        m_kinds.emplace_back(adal::fold(text_at(entry, "word").value_or("")), kind_at(entry, "kind"));
}

std::optional<WorksStatus> RegisterWords::status_of(std::string_view text) const
{
    if (const auto own = works_status_from(text)) return own;
    const auto folded = adal::fold(text);
    for (const auto& [word, status] : m_statuses)
        if (folded == word) return status;
    return std::nullopt;
}

PlaceKind RegisterWords::kind_of(std::string_view text) const
{
    const auto folded = adal::fold(text);
    for (const auto& [word, kind] : m_kinds)
        if (folded.find(word) != std::string::npos) return kind;
    return m_otherwise;
}

} // namespace adal::oversight
