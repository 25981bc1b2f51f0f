#include "cyber/category.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <map>

namespace adal::cyber {

namespace category_file {

struct File {
    std::string version{}, sha256{};
    std::vector<Category> categories{};
    std::map<std::string, std::vector<Question>, std::less<>> checklists{};
    std::map<std::string, i18n::Texts, std::less<>> acts{};
};

std::string text(const json::value& object, std::string_view key)
{
    const auto found = text_at(object, key);
    ADAL_CHECK(found.has_value());
    return std::string{*found};
}

Accepted accepted_from(std::string_view text)
{
    if (text == "yes") return Accepted::yes;
    if (text == "form") return Accepted::form;
    if (text == "sealed") return Accepted::sealed;
    ADAL_CHECK(text == "no");
    return Accepted::no;
}

LegalBasis basis_from(const json::value& value)
{
    LegalBasis out{.act = text(value, "act"), .article = text(value, "article"), .source = text(value, "source"),
                   .verified = value.at("verified").as_bool()};
    const auto from = parse_date(text(value, "valid_from"));
    ADAL_CHECK(from.has_value());
    out.valid_from = *from;
    if (const auto to = text_at(value, "valid_to")) out.valid_to = *parse_date(*to);
    return out;
}

File read()
{
    const auto* embedded = embedded::find(embedded::data(), "cyber/categories.json");
    ADAL_CHECK(embedded != nullptr);
    const auto parsed = parse_json(embedded->bytes);
    ADAL_CHECK(parsed.has_value());
    File out{.version = text(*parsed, "version"), .sha256 = hex(view(adal::sha256(embedded->bytes)))};
    for (const auto& value : *array_at(*parsed, "categories")) {
        Category category{.code = text(value, "code"), .group = text(value, "group"), .severity = static_cast<int>(*int_at(value, "severity")),
                          .topic = text(value, "topic"), .accepted = accepted_from(text(value, "accepted"))};
        for (const auto& basis : *array_at(value, "basis")) category.basis.push_back(basis_from(basis));
        out.categories.push_back(std::move(category));
    }
    for (const auto& [group, questions] : *object_at(*parsed, "checklists"))
        for (const auto& value : questions.as_array())
            out.checklists[std::string{group}].push_back({.id = text(value, "id"), .text = {.kk = text(value, "kk"), .ru = text(value, "ru"), .en = text(value, "en")}});
    for (const auto& [code, title] : *object_at(*parsed, "acts")) out.acts[std::string{code}] = {.kk = text(title, "kk"), .ru = text(title, "ru"), .en = text(title, "en")};
    return out;
}

const File& file()
{
    static const File kFile = read();
    return kFile;
}

} // namespace category_file

const std::vector<Category>& categories()
{
    return category_file::file().categories;
}

const Category* find_category(std::string_view code)
{
    const auto& all = categories();
    const auto found = std::ranges::find(all, code, &Category::code);
    return found == all.end() ? nullptr : &*found;
}

const std::vector<Question>& questions_of(const Category& category)
{
    static const std::vector<Question> kNone;
    const auto& checklists = category_file::file().checklists;
    const auto found = checklists.find(category.group);
    return found == checklists.end() ? kNone : found->second;
}

std::optional<LegalBasis> basis_on(const Category& category, LocalDate day)
{
    for (const auto& basis : category.basis)
        if (basis.valid_from <= day && (!basis.valid_to || day <= *basis.valid_to)) return basis;
    return std::nullopt;
}

i18n::Texts act_title(std::string_view act)
{
    const auto& acts = category_file::file().acts;
    const auto found = acts.find(act);
    return found == acts.end() ? i18n::Texts{.kk = std::string{act}, .ru = std::string{act}, .en = std::string{act}} : found->second;
}

const std::string& categories_sha256()
{
    return category_file::file().sha256;
}

const std::string& categories_version()
{
    return category_file::file().version;
}

} // namespace adal::cyber
