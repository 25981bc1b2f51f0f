// procurement/import_view.hpp: where procurement data are brought in, and how far an import is.
#pragma once

#include "http/page.hpp"
#include "procurement/import_store.hpp"

#include <vector>

namespace adal::procurement {

http::Page imports_page(const http::Request& request, const std::vector<ImportJob>& jobs);
struct ImportPage {
    ImportJob job{};
    RefusedRows rows{};
    std::string who{};
};
http::Page import_page(const http::Request& request, const ImportPage& view);

} // namespace adal::procurement
