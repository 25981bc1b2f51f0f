// cyber/category.hpp: kinds of illegal resources we take reports of, the questions a reviewer answers, and the grounds in
// law that a referral rests on (data/cyber/categories.json; cyber.md §3.5). Pure; thread-safe.
#pragma once

#include "base/time.hpp"
#include "i18n/i18n.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// yes: reported and reviewed by volunteers · form: reported, reviewed by a coordinator · sealed: nothing is looked at, only
// a hash is kept, the police are told directly · no: refused with an explanation.
enum class Accepted { yes, form, sealed, no };

struct LegalBasis {
    std::string act{}, article{}; // code at adilet.zan.kz; article may be unknown
    LocalDate valid_from{};
    std::optional<LocalDate> valid_to{};
    std::string source{};
    bool verified = false;
};

struct Category {
    std::string code{}, group{};
    int severity = 0; // 1–5; 0: not accepted
    std::string topic{}; // of the competent authority
    Accepted accepted = Accepted::no;
    std::vector<LegalBasis> basis{};
};

struct Question {
    std::string id{};
    i18n::Texts text{};
};

const std::vector<Category>& categories();
const Category* find_category(std::string_view code); // null: unknown
const std::vector<Question>& questions_of(const Category& category);
// In force on the day; nothing: the category cannot be referred then.
std::optional<LegalBasis> basis_on(const Category& category, LocalDate day);
// What the act of a ground is called; the code itself when it is not named.
i18n::Texts act_title(std::string_view act);
// Of data/cyber/categories.json: goes with every decision.
const std::string& categories_version();
const std::string& categories_sha256(); // hex, of its bytes

} // namespace adal::cyber
