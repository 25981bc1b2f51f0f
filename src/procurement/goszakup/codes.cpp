#include "procurement/goszakup/codes.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"
#include "procurement/goszakup/portal_text.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>

namespace adal::procurement::goszakup {

namespace codes {

constexpr std::string_view kFile = "procurement/goszakup-codes.json";

[[noreturn]] void malformed(std::string_view what)
{
    throw std::runtime_error(std::string{kFile} + ": " + std::string{what});
}

std::string required(const json::value& entry, std::string_view key)
{
    const auto text = text_at(entry, key);
    if (!text || text->empty()) malformed(key);
    return std::string{*text};
}

CodeValue read_value(const json::value& entry)
{
    CodeValue value{.ocds = required(entry, "ocds")};
    if (const auto id = int_at(entry, "id")) value.id = std::to_string(*id);
    for (const auto* key : {"code", "sign"})
        if (const auto code = text_at(entry, key)) value.key = code_key(*code);
    for (const auto* key : {"name", "kk"})
        if (const auto name = text_at(entry, key)) value.exact.emplace_back(*name);
    value.name = text_at(entry, "name").value_or("");
    if (const auto* names = array_at(entry, "names"))
        for (const auto& name : *names)
            if (name.is_string()) value.exact.emplace_back(name.get_string());
    for (const auto& name : value.exact) value.names.push_back(fold(name));
    if (const auto* winner = find(entry, "winner"))
        value.is_winner = winner->is_bool() && winner->get_bool();
    if (value.id.empty() && value.names.empty()) malformed("id");
    return value;
}

CodeList read_list(const json::value& document, std::string_view name)
{
    const auto* entries = array_at(document, name);
    if (!entries) malformed(name);
    CodeList list;
    for (const auto& entry : *entries)
        list.values.push_back(read_value(entry));
    return list;
}

} // namespace codes

const CodeValue* CodeList::find(const Coded& coded) const
{
    const auto by = [&](auto fits) -> const CodeValue* {
        const auto found = std::ranges::find_if(values, fits);
        return found == values.end() ? nullptr : &*found;
    };
    if (!coded.id.empty())
        if (const auto* value = by([&](const CodeValue& v) { return v.id == coded.id; }))
            return value;
    if (const auto key = code_key(coded.code); !key.empty())
        if (const auto* value = by([&](const CodeValue& v) { return v.key == key; })) return value;
    if (coded.name.empty()) return nullptr;
    if (const auto* value = by([&](const CodeValue& v) { return std::ranges::find(v.exact, coded.name) != v.exact.end(); }))
        return value;
    const auto name = fold(coded.name);
    return by([&](const CodeValue& v) { return std::ranges::find(v.names, name) != v.names.end(); });
}

Codes::Codes(std::string_view text)
{
    const auto document = parse_json(text);
    if (!document) codes::malformed("JSON");
    methods = codes::read_list(*document, "methods");
    announcement = codes::read_list(*document, "announcement");
    lot = codes::read_list(*document, "lot");
    contract = codes::read_list(*document, "contract");
    bid = codes::read_list(*document, "bid");
    subjects = codes::read_list(*document, "subjects");
    ocid_prefix = codes::required(*document, "ocid_prefix");
    person_name = codes::required(*document, "person_name");
    currency = codes::required(*document, "currency");
}

const Codes& Codes::standard()
{
    static const Codes instance = [] {
        const auto* file = embedded::find(embedded::data(), codes::kFile);
        if (!file) codes::malformed("not built in");
        return Codes{file->bytes};
    }();
    return instance;
}

const CodeValue* Codes::lot_status(const Coded& coded) const
{
    const auto* own = lot.find(coded);
    return own ? own : announcement.find(coded);
}

const CodeValue* Codes::method_of_sign(std::string_view sign) const
{
    const auto key = code_key(sign);
    const auto reversed = methods.values | std::views::reverse;
    const auto found = std::ranges::find(reversed, key, &CodeValue::key);
    return key.empty() || found == reversed.end() ? nullptr : &*found;
}

} // namespace adal::procurement::goszakup
