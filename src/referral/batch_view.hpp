// referral/batch_view.hpp: pages of batches: the list, a new one, one with what came of it.
#pragma once

#include "http/page.hpp"
#include "referral/batch.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::referral {

struct BatchListPage {
    std::vector<Batch> batches{};
    std::map<AuthorityId, i18n::Texts> authorities{};
    std::map<ResourceId, cyber::State> states{};
    LocalDate today{};
};
http::Page batch_list(const http::Request& request, const BatchListPage& view);

// Ready resources by topic, and who is competent for each.
struct NewBatchPage {
    struct Topic {
        std::string code{};
        std::vector<cyber::Resource> resources{};
        std::vector<AuthorityVersion> authorities{};
    };
    std::vector<Topic> topics{};
};
http::Page new_batch(const http::Request& request, const NewBatchPage& view);

struct BatchPage {
    Batch batch{};
    i18n::Texts authority{};
    std::map<ResourceId, cyber::State> states{};
    LocalDate today{};
};
http::Page batch_page(const http::Request& request, const BatchPage& view);

} // namespace adal::referral
