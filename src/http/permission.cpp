#include "http/permission.hpp"

namespace adal {

std::string_view name(Permission permission)
{
    switch (permission) {
    case Permission::anyone: return "anyone";
    case Permission::signed_in: return "signed_in";
    case Permission::take_assignments: return "take_assignments";
    case Permission::plan_controls: return "plan_controls";
    case Permission::verify_findings: return "verify_findings";
    case Permission::seal_findings: return "seal_findings";
    case Permission::sign_documents: return "sign_documents";
    case Permission::send_referrals: return "send_referrals";
    case Permission::check_fixes: return "check_fixes";
    case Permission::claim_savings: return "claim_savings";
    case Permission::approve_savings: return "approve_savings";
    case Permission::manage_people: return "manage_people";
    case Permission::import_data: return "import_data";
    case Permission::see_procurement: return "see_procurement";
    case Permission::redact: return "redact";
    case Permission::review_resources: return "review_resources";
    case Permission::refer_resources: return "refer_resources";
    case Permission::read_feeds: return "read_feeds";
    case Permission::operate: return "operate";
    }
    return "unknown";
}

} // namespace adal
