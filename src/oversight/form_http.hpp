// oversight/form_http.hpp: what several pages share: reading position and photos of a form, answering with a
// stored photo, the ground of a control in the language of its reader.
#pragma once

#include "files/files.hpp"
#include "http/message.hpp"
#include "oversight/control.hpp"
#include "oversight/visit.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::oversight {

// Fields lat, lon, accuracy (as the phone's button filled them, or typed): all empty is "no position".
Result<std::optional<Fix>> read_position(const http::Request& request);

// Stores every uploaded file of the request; the field's name after "photo:" is the question it answers.
Result<std::vector<Photo>> read_photos(storage::Transaction& tx, const http::Request& request, files::Store& files,
                                       PhotoRole role, Instant now);

// {size} of the route: "view" or "thumbnail"; anything else, and what cannot be shown, is not_found.
Result<http::Reply> photo_reply(storage::Snapshot& db, const http::Request& request, const files::Store& files, FileId file);

// Why we went there, in the reader's language.
Ground ground_for_reader(storage::Snapshot& db, const http::Request& request, const Ground& ground);

} // namespace adal::oversight
