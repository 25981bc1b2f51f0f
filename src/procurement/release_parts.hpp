// procurement/release_parts.hpp: the parts of a release, read from JSON on demand. Used by
// release_reader and, for the portal of Kazakhstan, by goszakup/record_reader.
//
// What decides who pays whom how much (sums of tender, bids, awards, contracts) is never guessed: a
// sum that is not a number refuses the row (throws Refused). Everything else that cannot be read is
// left out and noted. The members x_… are extensions of the portal of public procurement of
// Kazakhstan.
#pragma once

#include "procurement/release_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

namespace od = simdjson::ondemand;

// Where we are in the row, and what was strange there.
struct Cursor {
    std::vector<RowNote>& notes;
    std::string pointer{};

    [[nodiscard]] Cursor at(std::string_view key) const
    {
        return {notes, pointer + "/" + std::string{key}};
    }
    [[nodiscard]] Cursor at(std::size_t index) const { return at(std::to_string(index)); }
    void note(std::string_view reason) const
    {
        notes.push_back({.field = pointer, .reason = std::string{reason}});
    }
    [[noreturn]] void refuse(std::string_view reason) const
    {
        throw Refused{pointer, std::string{reason}};
    }
};

// f(key, value) for each member; a value left alone is skipped. Not an object: noted, nothing read.
template <typename F>
void each_member(od::value value, const Cursor& cursor, F f)
{
    if (value.type() != od::json_type::object) {
        if (!value.is_null()) cursor.note("wrong_type");
        return;
    }
    for (auto field : value.get_object()) {
        const std::string key{std::string_view{field.unescaped_key()}};
        f(std::string_view{key}, field.value());
    }
}

// f(value, cursor) for each element; a single object stands for a list of one, as some publishers
// write.
template <typename F>
void each_element(od::value value, const Cursor& cursor, F f)
{
    if (value.type() == od::json_type::object) {
        f(value, cursor);
        return;
    }
    if (value.type() != od::json_type::array) {
        if (!value.is_null()) cursor.note("wrong_type");
        return;
    }
    std::size_t index = 0;
    for (auto element : value.get_array())
        f(element.value(), cursor.at(index++));
}

std::string without_controls(std::string_view raw);
std::string read_text(od::value value, const Cursor& cursor);
std::optional<std::int64_t> read_hundredths(od::value value, const Cursor& cursor);
std::optional<std::int64_t> read_count(od::value value, const Cursor& cursor);
std::optional<Moment> read_moment(od::value value, const Cursor& cursor);
std::optional<CurrencyAmount> read_amount(od::value value, const Cursor& cursor);
Period read_period(od::value value, const Cursor& cursor);
PartyRef read_party_ref(od::value value, const Cursor& cursor);

std::vector<Lot> read_lots(od::value value, const Cursor& cursor);
std::vector<Item> read_items(od::value value, const Cursor& cursor);
// "scheme:code" of the items, each once, as they first appear.
std::vector<std::string> codes_of(const std::vector<Item>& items);
std::vector<Bid> read_bid_details(od::value value, const Cursor& cursor);
std::vector<Award> read_awards(od::value value, const Cursor& cursor);
std::vector<Contract> read_contracts(od::value value, const Cursor& cursor);
void read_planning(od::value value, const Cursor& cursor, Process& process);

struct ReadParty {
    Party party{};
    std::string street{};
};
std::vector<ReadParty> read_parties(od::value value, const Cursor& cursor);

} // namespace adal::procurement
