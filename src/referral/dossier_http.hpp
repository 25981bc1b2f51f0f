// referral/dossier_http.hpp: the office's addresses of a dossier: what goes into it, making it,
// opening an original, who opened what.
#pragma once

#include "http/router.hpp"
#include "referral/dossier_store.hpp"
#include "storage/storage.hpp"

#include <string>

namespace adal::referral {

// `database` and what `house` refers to must outlive the router. Finished dossiers wait in `folder`
// to be downloaded and go after an hour.
void add_dossier_routes(http::Router& router, storage::Database& database, DossierHouse house,
                        std::string folder);

} // namespace adal::referral
