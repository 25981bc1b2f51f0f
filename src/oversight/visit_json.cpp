#include "oversight/visit_json.hpp"

namespace adal::oversight {

namespace {

json::object fix_object(const Fix& fix)
{
    return {{"lon", fix.at.longitude}, {"lat", fix.at.latitude}, {"acc", fix.accuracy_m}, {"t", fix.taken_at.ms}};
}

json::array parsed_list(std::string_view text)
{
    auto stored = parse_json(text);
    ADAL_CHECK(stored.has_value() && stored->is_array());
    return std::move(stored->get_array());
}

std::string text_of(const json::value& object, std::string_view key)
{
    const auto found = text_at(object, key);
    ADAL_CHECK(found.has_value());
    return std::string{*found};
}

// What must be there in a row that this program wrote.
template <typename T> T present(std::optional<T> value)
{
    ADAL_CHECK(value.has_value());
    return std::move(*value);
}

Fix fix_from(const json::value& object)
{
    return {.at = {present(number_at(object, "lon")), present(number_at(object, "lat"))}, .accuracy_m = present(number_at(object, "acc")), .taken_at = {present(int_at(object, "t"))}};
}

// The empty text is a photo whose bytes have not come.
FileId file_from(const std::string& text)
{
    return text.empty() ? FileId{} : present(FileId::parse(text));
}

} // namespace

std::string photos_text(const std::vector<Photo>& photos)
{
    json::array all;
    for (const auto& photo : photos) {
        json::object one{{"sha256", hex(view(photo.sha256))}, {"file", photo.file.text()}, {"role", name(photo.role)}, {"question", photo.question}};
        if (photo.captured_at) one["t"] = photo.captured_at->ms;
        if (photo.fix) one["fix"] = fix_object(*photo.fix);
        all.push_back(std::move(one));
    }
    return to_text(all);
}

std::vector<Photo> photos_from(std::string_view text)
{
    std::vector<Photo> out;
    for (const auto& one : parsed_list(text)) {
        const auto bytes = unhex(text_of(one, "sha256"));
        ADAL_CHECK(bytes && bytes->size() == 32);
        Photo photo{.sha256 = *hash_from(*bytes), .file = file_from(text_of(one, "file")), .role = present(photo_role_from(text_of(one, "role"))),
                    .question = text_of(one, "question")};
        if (const auto t = int_at(one, "t")) photo.captured_at = Instant{*t};
        if (const auto* fix = find(one, "fix")) photo.fix = fix_from(*fix);
        out.push_back(std::move(photo));
    }
    return out;
}

std::string observations_text(const std::vector<Observation>& observations)
{
    json::array all;
    for (const auto& seen : observations) {
        json::array photos;
        for (const auto& question : seen.photo_questions) photos.emplace_back(question);
        all.push_back(json::object{{"question", seen.question}, {"rule", seen.rule}, {"value", seen.value}, {"verdict", name(seen.verdict)}, {"severity", name(seen.severity)},
                                   {"photos", std::move(photos)}});
    }
    return to_text(all);
}

std::vector<Observation> observations_from(std::string_view text)
{
    std::vector<Observation> out;
    for (const auto& one : parsed_list(text)) {
        Observation seen{.question = text_of(one, "question"), .rule = text_of(one, "rule"), .value = text_of(one, "value"), .verdict = present(verdict_from(text_of(one, "verdict"))),
                         .severity = present(severity_from(text_of(one, "severity")))};
        const auto* photos = array_at(one, "photos");
        ADAL_CHECK(photos != nullptr);
        for (const auto& question : *photos) {
            ADAL_CHECK(question.is_string());
            seen.photo_questions.emplace_back(question.get_string());
        }
        out.push_back(std::move(seen));
    }
    return out;
}

} // namespace adal::oversight
