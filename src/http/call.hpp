// http/call.hpp: requests without a socket, for tests of rooms: the same routing, permissions, forgery checks, transactions and
// problem pages as on the wire.
//
//   http::Call call{router, database};
//   call.as({.person = volunteer, .permissions = {Permission::signed_in, Permission::take_assignments}});
//   EXPECT_EQ(call.get("/kk/tasks").status, 200);
//   EXPECT_EQ(call.post("/kk/tasks/01…/visit", {{"answer", "yes"}}).status, 303);
#pragma once

#include "http/dispatch.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::http {

class Call
{
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    // The database must outlive the call. Uploads go to `spool` (a directory of the test's own).
    Call(Router router, storage::Database& database, std::string spool = {});
    ~Call();

    // Who asks from now on; a visitor at first. The token of forms is filled in.
    void as(Principal principal);
    void as_visitor();

    Reply get(std::string_view target, Headers headers = {});
    // A form of a page; the token is added.
    Reply post(std::string_view target, const Fields& fields, Headers headers = {});
    // A multipart form with files: {field, file name, bytes}.
    struct File {
        std::string field{}, name{}, bytes{};
    };
    Reply post_files(std::string_view target, const Fields& fields, const std::vector<File>& files);
    // Any body, with X-Adal as our own scripts send it.
    Reply send(std::string_view method, std::string_view target, std::string_view type, std::string_view body, Headers headers = {});

    // What went wrong inside handlers, newest last.
    [[nodiscard]] const std::vector<std::string>& failures() const { return m_failures; }

private:
    std::optional<Principal> m_principal{};
    std::vector<std::string> m_failures{};
    std::unique_ptr<Dispatcher> m_dispatcher;
};

// The body as text; of a file its bytes.
std::string body_of(const Reply& reply);
// The value of a header, "" if absent.
std::string header_of(const Reply& reply, std::string_view name);

} // namespace adal::http
