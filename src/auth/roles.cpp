#include "auth/roles.hpp"

#include <algorithm>
#include <vector>

namespace adal::auth {
namespace {

using people::Role;

struct RoleRow {
    Role role;
    std::vector<Permission> permissions;
};

// Why a line is as it is: whoever plans and refers does not approve money or verify alone; a volunteer
// may check somebody else's fix on the spot; officers and partners only read so far. Four eyes between two
// persons of the same role is a rule of the rooms, not of this table.
const std::vector<RoleRow>& rows()
{
    using enum Permission;
    static const std::vector<RoleRow> table{
        {Role::volunteer, {take_assignments, check_fixes}},
        {Role::reviewer,
         {verify_findings, seal_findings, check_fixes, approve_savings, see_procurement, review_resources}},
        {Role::coordinator,
         {plan_controls, seal_findings, check_fixes, send_referrals, claim_savings, manage_people,
          import_data, see_procurement, refer_resources, read_feeds}},
        {Role::lawyer,
         {sign_documents, send_referrals, approve_savings, see_procurement, redact, refer_resources, read_feeds}},
        {Role::officer, {read_feeds}},
        {Role::partner, {read_feeds}},
        {Role::analyst, {import_data, see_procurement, claim_savings, read_feeds}},
        {Role::administrator, {manage_people, import_data, redact, operate}},
    };
    return table;
}

std::string padded(std::string_view text, std::size_t width)
{
    std::string out{text};
    out.resize(std::max(width, out.size()), ' ');
    return out;
}

} // namespace

std::set<Permission> permissions_of(const people::Roles& roles)
{
    std::set<Permission> out{Permission::anyone};
    if (!roles.empty()) out.insert(Permission::signed_in);
    for (const auto& row : rows())
        if (roles.contains(row.role)) out.insert(row.permissions.begin(), row.permissions.end());
    return out;
}

bool is_staff(const people::Roles& roles)
{
    return std::any_of(roles.begin(), roles.end(), [](Role role) { return role != Role::volunteer; });
}

std::string role_table()
{
    constexpr std::size_t first_column = 18;
    std::string out = padded("permission", first_column);
    for (const auto& row : rows()) out += " " + std::string(people::name(row.role));
    out += "\n";
    for (auto p = Permission::anyone; p <= Permission::operate;
         p = static_cast<Permission>(static_cast<int>(p) + 1)) {
        std::string line = padded(name(p), first_column);
        for (const auto& row : rows()) {
            const bool is_held = permissions_of({row.role}).contains(p);
            line += " " + padded(is_held ? "yes" : ".", people::name(row.role).size());
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

} // namespace adal::auth
