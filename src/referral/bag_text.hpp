// referral/bag_text.hpp: the text files of a BagIt bag: bagit.txt, bag-info.txt, manifests,
// fetch.txt (RFC 8493 §2; the drafts 0.93 to 0.97, which are laxer). What is wrong is told, not
// thrown. Pure; thread-safe.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::referral {

// One thing said about a bag. The sentence is `referral.bag.<code>`; params: file, and line, value
// or other where the sentence asks for them.
struct BagRemark {
    bool is_error = false; // otherwise a warning
    std::string code{};
    ProblemParams params{};
};

enum class BagClass { valid, warning, invalid };

struct BagRemarks {
    std::vector<BagRemark> all{};

    void error(std::string_view code, ProblemParams params);
    void warn(std::string_view code, ProblemParams params);
    [[nodiscard]] BagClass outcome() const;
    [[nodiscard]] bool has(std::string_view code) const;
};

struct BagDeclaration {
    int major = 0, minor = 0;
    std::string encoding{};                                  // of the other text files
    [[nodiscard]] bool is_rfc() const { return major >= 1; } // otherwise a draft
};
// bagit.txt, always UTF-8 without a byte order mark (§2.1.1). Nothing when it is not understood:
// the errors say why.
std::optional<BagDeclaration> parse_bag_declaration(std::string_view bytes, BagRemarks& remarks);

// Bytes of a text file as UTF-8. Nothing when the encoding is unknown or the bytes are not in it.
std::optional<std::string> bag_text_in_utf8(std::string_view bytes, const std::string& encoding);

struct ManifestLine {
    std::string digest{}; // hex, lower case
    std::string path{};   // decoded, without a leading "./"
};
// `file` is the name for remarks. Lines that are not understood are told and left out.
std::vector<ManifestLine> parse_bag_manifest(std::string_view text, std::string_view file,
                                             const BagDeclaration& bag, BagRemarks& remarks);

struct BagFetch {
    std::string url{};
    std::optional<std::uint64_t> bytes{};
    std::string path{};
};
std::vector<BagFetch> parse_bag_fetch(std::string_view text, const BagDeclaration& bag,
                                      BagRemarks& remarks);

using BagInfo = std::vector<std::pair<std::string, std::string>>; // in order; names may repeat
BagInfo parse_bag_info(std::string_view text, const BagDeclaration& bag, BagRemarks& remarks);
// The first value; names are compared without regard to case. "" when absent.
std::string_view bag_info_value(const BagInfo& info, std::string_view name);

// "2340.5": octets and files (§2.2.2).
struct PayloadOxum {
    std::uint64_t octets = 0, files = 0;
};
std::optional<PayloadOxum> parse_payload_oxum(std::string_view text);

// A path may not lead out of the bag, on any system: no "..", no root, drive, share, home or
// variable (§5.1.3, "security considerations").
bool leads_out_of_bag(std::string_view path);
// Names under which two paths are the same file on some system: NFC, without regard to case (§6.1).
std::string bag_path_key(std::string_view path);
std::string bag_path_nfc(std::string_view path);
// Files that operating systems leave behind: ".DS_Store", "Thumbs.db", …
bool is_system_file(std::string_view path);

} // namespace adal::referral
