// procurement/goszakup/codes.hpp: what the numbers and names of the portal's lists mean in OCDS 1.1.
//
// Data: data/procurement/goszakup-codes.json (embedded), with its source. A value is found by its number, by its
// code (compared so that a Cyrillic С is a Latin C) or by its name (folded). Immutable, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::goszakup {

// A value of a list as the portal gave it: number, code or name, each may be empty.
struct Coded {
    std::string id{}, code{}, name{};
    [[nodiscard]] bool is_empty() const { return id.empty() && code.empty() && name.empty(); }
};

struct CodeValue {
    std::string id{}, key{};          // number; code_key of the code or the sign
    std::string name{};               // in Russian, as thresholds know it
    std::vector<std::string> names{}; // folded
    std::vector<std::string> exact{}; // as the portal writes them: found without folding
    std::string ocds{};
    bool is_winner = false;
};

class CodeList {
public:
    // nullptr when the list has no such value.
    [[nodiscard]] const CodeValue* find(const Coded& coded) const;
    std::vector<CodeValue> values{};
};

class Codes {
public:
    static const Codes& standard();
    // Throws std::runtime_error when the file is not as described.
    explicit Codes(std::string_view json);

    CodeList methods{}, announcement{}, lot{}, contract{}, bid{}, subjects{};
    std::string ocid_prefix{}, person_name{}, currency{};

    // A lot has its own statuses and those of announcements.
    [[nodiscard]] const CodeValue* lot_status(const Coded& coded) const;
    // By the sign in the number of a lot ("ЗЦП"); the last of several with one sign.
    [[nodiscard]] const CodeValue* method_of_sign(std::string_view sign) const;
};

} // namespace adal::procurement::goszakup
