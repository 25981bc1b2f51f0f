#include "referral/attachment.hpp"

#include "base/text.hpp"

#include <array>
#include <string>
#include <utility>

namespace adal::referral {

namespace attachment_names {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> endings{{{".pdf", "application/pdf"},
                                                                                 {".jpg", "image/jpeg"},
                                                                                 {".jpeg", "image/jpeg"},
                                                                                 {".png", "image/png"},
                                                                                 {".webp", "image/webp"},
                                                                                 {".txt", "text/plain"}}};

} // namespace attachment_names

Result<Done> is_what_it_says(std::string_view file_name, std::string_view mime)
{
    constexpr std::size_t shown = 100;
    const auto folded = lower(file_name);
    for (const auto& [ending, said] : attachment_names::endings) {
        if (!folded.ends_with(ending) || said == mime) continue;
        const auto name = clean_text(file_name.substr(0, shown));
        return fail(attachment_disguised, {{"name", name.value_or("")}, {"says", std::string(said)}, {"is", std::string(mime)}});
    }
    return done();
}

} // namespace adal::referral
