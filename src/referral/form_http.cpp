#include "referral/form_http.hpp"

#include "referral/attachment.hpp"

#include <charconv>
#include <fstream>
#include <iterator>

namespace adal::referral {

namespace form_fields {

tl::unexpected<Problem> bad(std::string_view field, std::string reason)
{
    return fail(bad_field, {{"field", std::string(field)}, {"reason", std::move(reason)}});
}

} // namespace form_fields

Result<LocalDate> read_day(const http::Request& request, std::string_view field)
{
    const auto date = parse_date(request.field(field));
    if (!date) return form_fields::bad(field, "not_a_date");
    return *date;
}

Result<std::optional<LocalDate>> read_optional_day(const http::Request& request, std::string_view field)
{
    if (request.field(field).empty()) return std::optional<LocalDate>{};
    const auto date = read_day(request, field);
    if (!date) return pass(date);
    return std::optional{*date};
}

Result<std::string> cleaned(const http::Request& request, std::string_view field)
{
    const auto text = clean_text(request.field(field));
    if (!text) return form_fields::bad(field, "bad_text");
    return *text;
}

Result<std::string> cleaned_lines(const http::Request& request, std::string_view field)
{
    std::string out;
    for (const auto line : split(request.field(field), '\n')) {
        const auto text = clean_text(line);
        if (!text) return form_fields::bad(field, "bad_text");
        out += (out.empty() ? "" : "\n") + *text;
    }
    return std::string(trim(out));
}

Result<std::optional<std::int64_t>> read_limit(const http::Request& request, std::string_view field)
{
    const auto text = trim(request.field(field));
    if (text.empty()) return std::optional<std::int64_t>{};
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1) return form_fields::bad(field, "not_a_number");
    return std::optional{value};
}

Result<std::vector<FileId>> store_letters(storage::Transaction& tx, const http::Request& request, files::Store& files)
{
    std::vector<FileId> out;
    for (const auto& upload : request.files) {
        if (upload.size == 0) continue; // a file field left empty
        std::ifstream in{upload.path, std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        const auto stored = files.add_document(tx, bytes, upload.file_name, request.at);
        if (!stored) return pass(stored);
        if (const auto honest = is_what_it_says(upload.file_name, stored->mime); !honest) return pass(honest);
        out.push_back(stored->id);
    }
    return out;
}

} // namespace adal::referral
