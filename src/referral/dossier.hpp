// referral/dossier.hpp: the evidence of one final document as a BagIt bag that stands alone:
// originals, what the public log committed to, the proofs, and how to check all of it without us
// (integrity.md §2; docs/formats/dossier.md). Here is what it is made of and its texts;
// dossier_store gathers it, dossier_bag writes it, dossier_check judges one. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"
#include "base/json.hpp"
#include "oversight/oversight.hpp"
#include "referral/authority.hpp"
#include "referral/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

inline constexpr ProblemCode dossier_unsigned{"dossier.unsigned", 409};
inline constexpr ProblemCode dossier_original_damaged{"dossier.original_damaged",
                                                      500};                 // params: file
inline constexpr ProblemCode dossier_out_exists{"dossier.out_exists", 409}; // params: file
inline constexpr ProblemCode dossier_reason_missing{"dossier.reason_missing", 422};
inline constexpr ProblemCode dossier_gone{"dossier.gone", 410}; // made too long ago, make it again

// A file of the payload: its bytes, or where on this disk they are and what they must hash to.
struct DossierPart {
    std::string path{}; // in the bag, "data/…", ASCII
    std::string bytes{};
    std::string source{};
    Hash sha256{}; // of `source`
};

// What became of one commitment of an entry.
//   opened    salt and value are in the bag
//   erased    the salt was destroyed, and a redaction entry says so
//   withheld  not for this reader: who acted, or a value that is no part of this document
//   lost      neither: the office cannot show what it sealed, and no entry says why. An alarm.
enum class OpeningState { opened, erased, withheld, lost };
std::string_view name(OpeningState state);
std::optional<OpeningState> opening_state_from(std::string_view name);

struct DossierOpening {
    std::int64_t leaf = 0;
    std::string eid{}, label{};
    OpeningState state = OpeningState::withheld;
    std::string salt{};                      // of an opened one, 32 bytes
    std::string file{};                      // of an opened one: path of the value in the bag
    std::optional<std::int64_t> redaction{}; // of an erased one: index of the entry
};

struct DossierPhoto {
    std::string original{}, view{}; // paths in the bag; empty when erased or there is none
    Hash sha256{};                  // not given when erased
    oversight::Photo photo{};
};
struct DossierFinding {
    Fact fact{};
    std::vector<DossierPhoto> photos{}; // of the finding, then those of the checks of its fix
};
struct DossierReply {
    Reply reply{};
    std::vector<std::string> files{}; // paths in the bag
};
struct DossierRecommendation {
    Recommendation recommendation{};
    std::optional<AuthorityVersion> authority{};
    std::optional<Dispatch> dispatch{};
    std::vector<DossierReply> replies{};
};

struct CustodyRow {
    std::string file{}; // path in the bag
    Instant at{};
    std::string event{}; // code: captured, received, stored, verified, sealed, opened
    std::string role{};
    std::string person{}; // id, never a name
    std::string detail{};
};

struct DossierEntry {
    std::int64_t index = 0;
    std::string type{}, case_id{};
    std::int64_t t = 0;
};

struct Dossier {
    Document document{};
    std::string identifier{};   // "adal:case:<document>", External-Identifier of the bag
    std::string origin{};       // of the log
    std::uint64_t log_size = 0; // of the checkpoint that all proofs lead to
    std::vector<DossierFinding> findings{};
    std::vector<DossierRecommendation> recommendations{};
    std::vector<DossierEntry> entries{};
    std::vector<DossierOpening> openings{};
    std::vector<CustodyRow> custody{};
    std::vector<FileId> originals{};  // that leave the house with it
    std::vector<DossierPart> parts{}; // the payload, by path

    [[nodiscard]] std::int64_t count(OpeningState state) const;
};

// data/case.json, data/openings.json (schemas in data/dossier/) and data/custody.csv.
std::string case_json(const Dossier& dossier);
std::string openings_json(const std::vector<DossierOpening>& openings);
std::string custody_csv(std::vector<CustodyRow> rows);

// The text that the dossier key signs.
std::string dossier_statement(std::string_view origin, std::string_view identifier,
                              const Hash& tagmanifest);

// data/how-to-verify.<lang>.txt, and data/verify.html with all three languages in it.
std::string how_to_verify(i18n::Language language, std::string_view origin);
std::string verify_page();
std::string dossier_schema(std::string_view name); // "case.schema.json", "openings.schema.json"

} // namespace adal::referral
