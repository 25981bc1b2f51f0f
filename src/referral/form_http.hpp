// referral/form_http.hpp: what the forms of this room have in common: days, texts, choices, letters.
#pragma once

#include "base/text.hpp"
#include "files/files.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

Result<LocalDate> read_day(const http::Request& request, std::string_view field);
// Nothing when the field is empty.
Result<std::optional<LocalDate>> read_optional_day(const http::Request& request, std::string_view field);
Result<std::string> cleaned(const http::Request& request, std::string_view field);
// Several lines stay several lines.
Result<std::string> cleaned_lines(const http::Request& request, std::string_view field);
// A whole number from 1, or nothing when the field is empty.
Result<std::optional<std::int64_t>> read_limit(const http::Request& request, std::string_view field);

template <typename T> tl::unexpected<Problem> bad_choice(std::string_view field, const std::optional<T>&)
{
    return fail(bad_field, {{"field", std::string(field)}, {"reason", "unknown"}});
}

// The files of the form, kept; each must be what its name says (attachment.hpp).
Result<std::vector<FileId>> store_letters(storage::Transaction& tx, const http::Request& request, files::Store& files);

inline constexpr std::uint64_t letters_limit = 40u << 20; // bytes of a form with letters

} // namespace adal::referral
