// oversight/erasure_view.hpp: the pages of erasing a photo by law: asking, deciding, what is left of it.
#pragma once

#include "http/page.hpp"
#include "oversight/erasure.hpp"
#include "oversight/finding.hpp"

#include <string>
#include <vector>

namespace adal::oversight {

// One finding: its photos, what was asked before, the form.
struct ErasureForm {
    Finding finding{};
    std::vector<FileId> photos{}; // that are still there
    std::vector<Erasure> earlier{};
};
http::Page erasure_form(const http::Request& request, const ErasureForm& view);

struct ErasureRow {
    Erasure erasure{};
    std::string title{};                 // of the finding
    std::string asked_by{}, decided_by{}; // names
};
http::Page erasure_list(const http::Request& request, const std::vector<ErasureRow>& rows);

// What stands where the photo was: the day, the ground and the entry of the public log.
http::Html erased_photo(const http::Request& request, const Erasure& erasure);

} // namespace adal::oversight
