// http/message.hpp: what a handler sees and answers. No Boost here, so that rooms compile fast.
#pragma once

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "http/permission.hpp"
#include "i18n/i18n.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace adal::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Who is asking. Filled by auth before the handler runs; absent = visitor.
struct Principal {
    PersonId person{};
    std::string display_name{};
    std::set<Permission> permissions{};
    std::string csrf{}; // token that every form of this session carries

    [[nodiscard]] bool may(Permission p) const { return permissions.contains(p); }
};

// One uploaded file of a multipart form, already on disk under the server's spool (unlinked when the
// request ends unless taken over).
struct UploadedFile {
    std::string field{};
    std::string file_name{}; // as the client said; never used as a path
    std::string path{};      // where the bytes are
    std::uint64_t size = 0;
};

struct Request {
    std::string method{};
    std::string path{};   // percent-decoded once, without the language prefix: "/places/…"
    std::string raw_path{}; // as sent, without query
    std::map<std::string, std::string> query{};
    Headers headers{};
    std::string body{};
    std::string peer{}; // address of the client
    i18n::Language language = i18n::Language::kk;
    Instant at{};       // when the request was read; handlers and rules use this as "now"
    std::map<std::string, std::string> path_params{}; // {id} of the route
    std::multimap<std::string, std::string> form{};   // urlencoded or multipart fields
    std::vector<UploadedFile> files{};
    std::optional<Principal> principal{};
    std::string request_id{};

    [[nodiscard]] std::string_view header(std::string_view name) const; // case-insensitive, "" if absent
    [[nodiscard]] std::string_view cookie(std::string_view name) const;
    [[nodiscard]] std::string_view param(std::string_view name) const;  // path parameter, "" if absent
    [[nodiscard]] std::string_view query_value(std::string_view name) const;
    [[nodiscard]] std::string_view field(std::string_view name) const;  // first form value, "" if absent
    [[nodiscard]] std::vector<std::string_view> fields(std::string_view name) const;
    template <typename IdType> [[nodiscard]] Result<IdType> path_id(std::string_view name = "id") const
    {
        const auto id = IdType::parse(param(name));
        if (!id) return fail(not_found);
        return *id;
    }
    // The person; only for routes whose permission is not `anyone`.
    [[nodiscard]] PersonId person() const
    {
        ADAL_CHECK(principal.has_value());
        return principal->person;
    }
    [[nodiscard]] bool may(Permission p) const { return principal && principal->may(p); }
    // "/kk/places/…" for links in pages.
    [[nodiscard]] std::string link(std::string_view path) const;
};

struct FileBody {
    std::string path{};
};

struct Reply {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    Headers headers{};
    std::variant<std::string, std::shared_ptr<const std::string>, FileBody> body{};
};

Reply html_reply(std::string page, int status = 200);
Reply text_reply(std::string text, int status = 200);
Reply json_reply(const json::value& value, int status = 200);
Reply bytes_reply(std::string bytes, std::string type);
Reply file_reply(std::string path, std::string type);
Reply see_other(std::string location); // 303 after a POST
Reply download(Reply reply, std::string_view file_name); // Content-Disposition: attachment

} // namespace adal::http
