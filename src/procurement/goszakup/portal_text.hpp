// procurement/goszakup/portal_text.hpp: how the portal writes texts, names of fields and moments.
//
// Pure, thread-safe.
#pragma once

#include "procurement/process.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adal::procurement::goszakup {

// "trdBuyId", "trd_buy_id" and "TrdBuyId" are one field: "trdbuyid".
std::string plain_key(std::string_view key);

// Residues of HTML ("&quot;", "&amp;amp;", "&#171;") as the letters they stand for; other text as it is.
std::string without_entities(std::string_view text);

// "2026-07-24 15:30:24.884000": the wall clock of Almaty (UTC+6 until 2024-03-01, UTC+5 since). "2026-07-24" is
// a day; a moment with a zone keeps it. Nothing when it is none of these.
std::optional<Moment> wall_moment(std::string_view text);

// RFC 3339 with the offset of Almaty at that moment; a day stays "2026-07-24".
std::string with_zone(const Moment& moment);

// Whether the text has a word of Latin letters spoilt by Cyrillic look-alikes is not our business: codes are
// compared by this key ("DocumentationСhanged" with a Cyrillic С is "documentationchanged").
std::string code_key(std::string_view code);

// "83685322-ОИ4" → root "83685322", sign "ОИ", attempt 4. Nothing for another shape.
struct LotNumber {
    std::string root{}, sign{};
    std::int64_t attempt = 0;
};
std::optional<LotNumber> parse_lot_number(std::string_view number);

// "970140002674/260023/01" → base "970140002674/260023", version 1. Without a version the whole is the base.
struct ContractNumber {
    std::string base{}, customer{};
    int version = 0;
};
ContractNumber parse_contract_number(std::string_view number);

} // namespace adal::procurement::goszakup
