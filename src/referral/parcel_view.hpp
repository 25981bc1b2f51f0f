// referral/parcel_view.hpp: the page from which a person hands a final document in by hand.
#pragma once

#include "http/page.hpp"
#include "referral/parcel.hpp"

#include <optional>

namespace adal::referral {

struct ParcelPage {
    DocumentId document{};
    AuthorityVersion authority{};
    std::optional<Channel> channel{};
    Package package{};
};
http::Page parcel_page(const http::Request& request, const ParcelPage& view);

} // namespace adal::referral
