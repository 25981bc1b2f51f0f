// referral/dossier_view.hpp: the office page of a dossier.
#pragma once

#include "files/access_store.hpp"
#include "files/files.hpp"
#include "http/page.hpp"
#include "referral/document.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::referral {

struct DossierPage {
    Document document{};
    std::vector<files::StoredFile> originals{};
    std::vector<files::Access> accesses{};   // newest first
    std::map<PersonId, std::string> names{}; // of those who opened
};
http::Page dossier_page(const http::Request& request, const DossierPage& view);

} // namespace adal::referral
