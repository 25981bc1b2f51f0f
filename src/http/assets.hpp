// http/assets.hpp: files of web/ that travel inside the program, served under /static/<hash>/<name>. The hash of
// the content is in the address, so a browser keeps them for ever and a new version is a new address.
// Compressed once. Thread-safe.
#pragma once

#include "http/message.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace adal::http {

struct Asset {
    std::string name{};
    std::string_view type{};
    std::string hash{}; // first 8 digits of SHA-256
    std::shared_ptr<const std::string> bytes{};
    std::shared_ptr<const std::string> gzip{}; // null when it would not be smaller
};

const Asset* find_asset(std::string_view name);
// "/static/1a2b3c4d/adal.css". A name that is not in web/ is a programmer's mistake.
std::string asset_path(std::string_view name);
// The answer to /static/{hash}/{name}. With a stale or relative-import hash the current bytes are given,
// but not for ever.
Result<Reply> asset_reply(std::string_view hash, std::string_view name, bool accepts_gzip);

// "text/html; charset=utf-8" for "x.html"; application/octet-stream when unknown.
std::string_view type_of(std::string_view file_name);

// RFC 1952, for pages: quick. Deterministic (no time, no name).
std::string gzip(std::string_view bytes);

} // namespace adal::http
