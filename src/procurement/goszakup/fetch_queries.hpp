// procurement/goszakup/fetch_queries.hpp: what is asked of the portal, as data.
//
// Read from data/procurement/goszakup-queries.json (embedded), or from a copy that an operator changed because the
// portal's schema has. Immutable.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::goszakup {

struct RootQuery {
    std::string root{};   // "TrdBuy"
    std::string filter{}; // type of the filter argument
    std::string fields{}; // the selection
    std::vector<std::string> dates{};
    bool is_default = false;

    // The body of a request: one page after this id ("" = the newest), or the one object of this id.
    [[nodiscard]] std::string page_request(std::string_view after, int limit) const;
    [[nodiscard]] std::string object_request(std::string_view id) const;
};

struct JournalQuery { // REST: what was changed (action U) or deleted (D) between two days
    std::string path{}, from{}, to{}, action{};
    std::vector<std::string> kind{}, id{}; // names the fields may have
};

inline constexpr ProblemCode bad_queries{"procurement.bad_queries", 422}; // params: field, reason

struct Queries {
    std::vector<RootQuery> roots{};
    JournalQuery journal{};

    [[nodiscard]] const RootQuery* find(std::string_view root) const;
    static Result<Queries> read(std::string_view json);
    static const Queries& standard();
};

} // namespace adal::procurement::goszakup
