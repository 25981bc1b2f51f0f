#include "procurement/legal_form.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace adal::procurement {

namespace legal_form {

struct Kind {
    std::string id{};
    std::vector<std::string> forms{}; // folded: "кгу", "коммуналное государственное учреждение"
};

std::vector<Kind> read_kinds()
{
    const auto* file = embedded::find(embedded::data(), "procurement/legal-forms.json");
    const auto document = file ? parse_json(file->bytes) : fail(bad_json);
    if (!document || !array_at(*document, "kinds")) throw std::runtime_error("legal-forms.json is malformed");
    std::vector<Kind> kinds;
    for (const auto& entry : *array_at(*document, "kinds")) {
        Kind kind{.id = std::string{text_at(entry, "kind").value_or("")}};
        for (const auto& form : *array_at(entry, "forms")) kind.forms.push_back(fold(std::string_view{form.get_string()}));
        kinds.push_back(std::move(kind));
    }
    return kinds;
}

const std::vector<Kind>& kinds()
{
    static const std::vector<Kind> read = read_kinds();
    return read;
}

// Whole words at the beginning or at the end.
bool stands_at_an_end(std::string_view name, std::string_view form)
{
    const auto rest = name.size() - std::min(name.size(), form.size());
    if (name.starts_with(form) && (rest == 0 || name[form.size()] == ' ')) return true;
    return name.ends_with(form) && (rest == 0 || name[rest - 1] == ' ');
}

template <typename Fits>
std::string first_kind(Fits fits)
{
    for (const auto& kind : kinds())
        if (std::ranges::any_of(kind.forms, fits)) return kind.id;
    return {};
}

} // namespace legal_form

std::string legal_form_named(const std::string& form, const std::string& name)
{
    const std::string given = fold(form), of_name = fold(name);
    std::string kind = legal_form::first_kind([&](const std::string& known) { return given == known; });
    if (kind.empty()) kind = legal_form::first_kind([&](const std::string& known) { return legal_form::stands_at_an_end(of_name, known); });
    return kind;
}

std::string legal_form_of(const Process& process, const PartyRef& party)
{
    const Party* described = party_of(process, party.id);
    return legal_form_named(described ? described->legal_form : std::string{}, party.name);
}

} // namespace adal::procurement
