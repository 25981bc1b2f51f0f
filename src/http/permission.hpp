// http/permission.hpp: the one list of what a person may do. A permission is an argument of every route;
// which role holds which permission is the table in auth/roles.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace adal {

// Append only: names are stored in access logs.
enum class Permission : std::uint8_t {
    anyone,              // no sign-in
    signed_in,           // any person with a session
    take_assignments,    // see own tasks, send visits
    plan_controls,       // open controls, add places, assign
    verify_findings,     // reviewer's queue, verify, refute
    seal_findings,       // accept visits, seal
    sign_documents,      // final documents
    send_referrals,      // register sending, replies, fix claims
    check_fixes,         // on-the-spot check of a claimed fix
    claim_savings,       // enter a saving
    approve_savings,     // approve a saving of somebody else
    manage_people,       // invite, revoke, roles
    import_data,         // districts, places, procurement
    see_procurement,     // office view of screening
    redact,              // lawful erasure
    review_resources,    // cyber: claim, look, confirm or reject
    refer_resources,     // cyber: arbitrate, batches, answers, withdrawals
    read_feeds,          // cyber: lists of verified resources
    operate,             // health details, jobs
};

std::string_view name(Permission permission);

} // namespace adal
