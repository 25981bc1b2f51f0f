#include "oversight/form_http.hpp"

#include "oversight/process_place.hpp"

#include <charconv>

namespace adal::oversight {

namespace {

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace

Result<std::optional<Fix>> read_position(const http::Request& request)
{
    const auto lat = request.field("lat"), lon = request.field("lon"), accuracy = request.field("accuracy");
    if (lat.empty() && lon.empty()) return std::optional<Fix>{};
    const auto y = number(lat), x = number(lon);
    if (!y) return fail(bad_field, {{"field", "lat"}, {"reason", "not_a_number"}});
    if (!x) return fail(bad_field, {{"field", "lon"}, {"reason", "not_a_number"}});
    constexpr double kUnknownAccuracy = 50; // a typed position: as good as a house number
    return std::optional<Fix>{Fix{.at = {*x, *y}, .accuracy_m = number(accuracy).value_or(kUnknownAccuracy), .taken_at = request.at}};
}

Result<std::vector<Photo>> read_photos(storage::Transaction& tx, const http::Request& request, files::Store& files,
                                       PhotoRole role, Instant now)
{
    std::vector<Photo> photos;
    for (const auto& upload : request.files) {
        if (upload.size == 0) continue; // a file field left empty
        const auto stored = files.add_photo(tx, upload.path, upload.file_name, now);
        if (!stored) return pass(stored);
        std::string_view question{upload.field};
        if (question.starts_with("photo:")) question.remove_prefix(6);
        photos.push_back({.sha256 = stored->sha256, .file = stored->id, .role = question == "overview" ? PhotoRole::overview : role,
                          .question = std::string{question}, .captured_at = now});
    }
    return photos;
}

Result<http::Reply> photo_reply(storage::Snapshot& db, const http::Request& request, const files::Store& files, FileId file)
{
    const auto stored = files.find(db, file);
    if (!stored || !stored->is_shown()) return fail(not_found);
    const auto size = request.param("size");
    if (size != "view" && size != "thumbnail") return fail(not_found);
    auto reply = http::file_reply(size == "view" ? files.view_path(stored->sha256) : files.thumbnail_path(stored->sha256), "image/jpeg");
    reply.headers.emplace_back("Cache-Control", "private, max-age=3600");
    return reply;
}

Ground ground_for_reader(storage::Snapshot& db, const http::Request& request, const Ground& ground)
{
    const auto process = procurement::find_process_by_ocid(db, ground.process);
    return process ? ground_in(ground, procurement::reasons_of(db, *process), request.language) : ground;
}

} // namespace adal::oversight
