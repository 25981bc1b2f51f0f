#include "app/routes.hpp"

#include "http/page.hpp"

#include "impact/impact.hpp"
#include "mail/mail.hpp"
#include "oversight/pages.hpp"
#include "people/people.hpp"
#include "procurement/pages.hpp"
#include "procurement/procurement.hpp"
#include "referral/dossier_http.hpp"
#include "referral/referral.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>

namespace adal::app {

http::Router all_routes(House& house, auth::Auth& auth, const std::string& origin)
{
    http::Router router;
    add_home_routes(router, house);
    add_log_routes(router, house);
    auth::add_auth_routes(router, auth);
    people::add_people_routes(router);
    procurement::add_routes(router);
    procurement::add_import_routes(router, *house.imports);
    add_target_routes(router);
    oversight::add_routes(router, house.files);
    mail::add_routes(router);
    referral::add_routes(router, house.law, house.files, origin);
    referral::add_dossier_routes(router, house.database,
                                 {.law = house.law, .files = house.files, .log_key = house.keys.log, .dossier_key = house.keys.dossier, .origin = origin},
                                 house.settings.dossiers_directory());
    cyber::add_routes(router, *house.cyber, house.files, origin);
    impact::add_routes(router, house.files);
    return router;
}

void set_site_navigation()
{
    http::set_navigation({
        {"nav.places", "/places", Permission::anyone},
        {"nav.findings", "/findings", Permission::anyone},
        {"nav.controls", "/controls", Permission::anyone},
        {"nav.procurement", "/procurement", Permission::anyone},
        {"nav.cyber", "/cyber", Permission::anyone},
        {"nav.figures", "/figures", Permission::anyone},
        {"nav.verify", "/verify", Permission::anyone},
        {"nav.tasks", "/tasks", Permission::take_assignments},
        {"nav.review", "/review", Permission::verify_findings},
        {"nav.desk", "/desk", Permission::plan_controls},
        {"nav.documents", "/documents", Permission::send_referrals},
        {"nav.clocks", "/clocks", Permission::send_referrals},
        {"nav.cyber_queue", "/cyber/queue", Permission::review_resources},
        {"nav.cyber_desk", "/cyber/desk", Permission::refer_resources},
        {"nav.erasures", "/erasures", Permission::redact},
        {"nav.savings", "/savings", Permission::claim_savings},
        {"nav.people", "/people", Permission::manage_people},
        {"nav.mail", "/mail", Permission::operate},
    });
}

std::string route_table()
{
    auto folder = (std::filesystem::temp_directory_path() / "adal-routes-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary directory");
    std::vector<std::string> lines;
    {
        const auto house = make_house(Settings{.data = folder, .program = {}}, now());
        ADAL_CHECK(house.has_value());
        auth::Auth auth{(*house)->database, {}};
        const auto router = all_routes(**house, auth, "");
        for (const auto& route : router.routes()) {
            const auto path = (route.place == http::Place::page ? "/{lang}" : "") + route.pattern;
            lines.push_back(fmt::format("{:<5} {:<52} {:<17} {}", route.method, path, name(route.permission), route.options.doc));
        }
    }
    std::filesystem::remove_all(folder);
    std::ranges::sort(lines);
    return fmt::format("{}\n", fmt::join(lines, "\n"));
}

} // namespace adal::app
