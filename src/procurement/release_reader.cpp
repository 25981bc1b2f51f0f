#include "procurement/release_reader.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::procurement {

namespace {

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
template <typename F> void each_member(od::value value, const Cursor& cursor, F f)
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

// f(value, cursor) for each element; a single object stands for a list of one, as some publishers write.
template <typename F> void each_element(od::value value, const Cursor& cursor, F f)
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
    for (auto element : value.get_array()) f(element.value(), cursor.at(index++));
}

// Control characters would be refused by PostgreSQL (NUL) or spoil lists (line breaks in titles).
std::string without_controls(std::string_view raw)
{
    std::string out{adal::trim(raw)};
    std::replace_if(
        out.begin(), out.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return out;
}

std::string_view token_of(od::value& value)
{
    return adal::trim(value.raw_json_token());
}

// Identifiers may be numbers; everything else that is not text is noted.
std::string read_text(od::value value, const Cursor& cursor)
{
    switch (value.type()) {
    case od::json_type::string: return without_controls(value.get_string());
    case od::json_type::number: return std::string{token_of(value)};
    case od::json_type::null: return {};
    default: cursor.note("wrong_type"); return {};
    }
}

// A sum is never guessed: what is not a number refuses the row.
std::optional<std::int64_t> read_hundredths(od::value value, const Cursor& cursor)
{
    std::string number;
    switch (value.type()) {
    case od::json_type::null: return std::nullopt;
    case od::json_type::number: number = token_of(value); break;
    case od::json_type::string:
        number = without_controls(value.get_string());
        if (number.empty()) return std::nullopt;
        cursor.note("number_as_text");
        break;
    default: cursor.refuse("wrong_type");
    }
    const auto hundredths = parse_hundredths(number);
    if (!hundredths) cursor.refuse("not_a_number");
    return hundredths;
}

std::optional<Moment> read_moment(od::value value, const Cursor& cursor)
{
    const std::string text = read_text(value, cursor);
    if (text.empty()) return std::nullopt;
    const auto moment = parse_moment(text);
    if (!moment) cursor.note("not_a_date");
    return moment;
}

std::optional<CurrencyAmount> read_amount(od::value value, const Cursor& cursor)
{
    std::optional<std::int64_t> hundredths;
    std::string currency;
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "amount") hundredths = read_hundredths(member, cursor.at(key));
        else if (key == "currency") currency = read_text(member, cursor.at(key));
    });
    if (!hundredths) return std::nullopt;
    return CurrencyAmount{*hundredths, std::move(currency)};
}

Period read_period(od::value value, const Cursor& cursor)
{
    Period period;
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "startDate") period.start = read_moment(member, cursor.at(key));
        else if (key == "endDate") period.end = read_moment(member, cursor.at(key));
    });
    return period;
}

PartyRef read_party_ref(od::value value, const Cursor& cursor)
{
    PartyRef party;
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "id") party.id = read_text(member, cursor.at(key));
        else if (key == "name") party.name = read_text(member, cursor.at(key));
    });
    return party;
}

std::vector<PartyRef> read_party_refs(od::value value, const Cursor& cursor)
{
    std::vector<PartyRef> parties;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        parties.push_back(read_party_ref(element, here));
    });
    return parties;
}

std::vector<std::string> read_texts(od::value value, const Cursor& cursor)
{
    std::vector<std::string> texts;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        texts.push_back(read_text(element, here));
    });
    return texts;
}

std::vector<Lot> read_lots(od::value value, const Cursor& cursor)
{
    std::vector<Lot> lots;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Lot lot;
        each_member(element, here, [&](std::string_view key, od::value member) {
            if (key == "id") lot.id = read_text(member, here.at(key));
            else if (key == "title") lot.title = read_text(member, here.at(key));
            else if (key == "status") lot.status = read_text(member, here.at(key));
            else if (key == "value") lot.value = read_amount(member, here.at(key));
        });
        lots.push_back(std::move(lot));
    });
    return lots;
}

std::vector<Bid> read_bid_details(od::value value, const Cursor& cursor)
{
    std::vector<Bid> bids;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Bid bid;
        each_member(element, here, [&](std::string_view key, od::value member) {
            if (key == "id") bid.id = read_text(member, here.at(key));
            else if (key == "status") bid.status = read_text(member, here.at(key));
            else if (key == "date") bid.date = read_moment(member, here.at(key));
            else if (key == "tenderers") bid.tenderers = read_party_refs(member, here.at(key));
            else if (key == "value") bid.value = read_amount(member, here.at(key));
            else if (key == "relatedLots") bid.lots = read_texts(member, here.at(key));
        });
        bids.push_back(std::move(bid));
    });
    return bids;
}

std::vector<Award> read_awards(od::value value, const Cursor& cursor)
{
    std::vector<Award> awards;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Award award;
        each_member(element, here, [&](std::string_view key, od::value member) {
            if (key == "id") award.id = read_text(member, here.at(key));
            else if (key == "status") award.status = read_text(member, here.at(key));
            else if (key == "date") award.date = read_moment(member, here.at(key));
            else if (key == "suppliers") award.suppliers = read_party_refs(member, here.at(key));
            else if (key == "value") award.value = read_amount(member, here.at(key));
            else if (key == "relatedLots") award.lots = read_texts(member, here.at(key));
        });
        awards.push_back(std::move(award));
    });
    return awards;
}

std::vector<Amendment> read_amendments(od::value value, const Cursor& cursor)
{
    std::vector<Amendment> amendments;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Amendment amendment;
        each_member(element, here, [&](std::string_view key, od::value member) {
            if (key == "date") amendment.date = read_moment(member, here.at(key));
            else if (key == "description") amendment.description = read_text(member, here.at(key));
        });
        amendments.push_back(std::move(amendment));
    });
    return amendments;
}

Contract read_contract(od::value value, const Cursor& here)
{
    Contract contract;
    each_member(value, here, [&](std::string_view key, od::value member) {
        const Cursor there = here.at(key);
        if (key == "id") contract.id = read_text(member, there);
        else if (key == "awardID") contract.award_id = read_text(member, there);
        else if (key == "status") contract.status = read_text(member, there);
        else if (key == "dateSigned") contract.signed_at = read_moment(member, there);
        else if (key == "period") contract.period = read_period(member, there);
        else if (key == "warrantyPeriod")
            contract.warranty_until = read_period(member, there).end;
        else if (key == "value") contract.value = read_amount(member, there);
        else if (key == "initialValue") contract.initial_value = read_amount(member, there);
        else if (key == "amendments") contract.amendments = read_amendments(member, there);
    });
    return contract;
}

std::vector<std::string> read_classifications(od::value items, const Cursor& cursor)
{
    std::vector<std::string> codes;
    each_element(items, cursor, [&](od::value item, const Cursor& here) {
        each_member(item, here, [&](std::string_view key, od::value member) {
            if (key != "classification") return;
            std::string scheme, id;
            each_member(member, here.at(key), [&](std::string_view name, od::value part) {
                if (name == "scheme") scheme = read_text(part, here.at(key));
                else if (name == "id") id = read_text(part, here.at(key));
            });
            std::string code = scheme + ":" + id;
            if (!id.empty() && std::find(codes.begin(), codes.end(), code) == codes.end())
                codes.push_back(std::move(code));
        });
    });
    return codes;
}

std::optional<std::int64_t> read_count(od::value value, const Cursor& cursor)
{
    const auto hundredths = read_hundredths(value, cursor);
    if (!hundredths) return std::nullopt;
    if (*hundredths < 0 || *hundredths % 100 != 0) {
        cursor.note("not_a_count");
        return std::nullopt;
    }
    return *hundredths / 100;
}

void read_tender(od::value value, const Cursor& here, Process& process)
{
    each_member(value, here, [&](std::string_view key, od::value member) {
        const Cursor there = here.at(key);
        if (key == "title") process.title = read_text(member, there);
        else if (key == "description") process.description = read_text(member, there);
        else if (key == "status") process.status = read_text(member, there);
        else if (key == "value") process.estimate = read_amount(member, there);
        else if (key == "procurementMethod") process.method = read_text(member, there);
        else if (key == "procurementMethodDetails")
            process.method_details = read_text(member, there);
        else if (key == "mainProcurementCategory") process.category = read_text(member, there);
        else if (key == "tenderPeriod") process.tender_period = read_period(member, there);
        else if (key == "numberOfTenderers") process.tenderers = read_count(member, there);
        else if (key == "procuringEntity") process.procuring_entity = read_party_ref(member, there);
        else if (key == "lots") process.lots = read_lots(member, there);
        else if (key == "items") process.classifications = read_classifications(member, there);
    });
}

struct PartyAddress {
    PartyRef party{};
    std::string locality{}, street{};
};

std::vector<PartyAddress> read_parties(od::value value, const Cursor& cursor)
{
    std::vector<PartyAddress> parties;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        PartyAddress found;
        each_member(element, here, [&](std::string_view key, od::value member) {
            const Cursor there = here.at(key);
            if (key == "id") found.party.id = read_text(member, there);
            else if (key == "name") found.party.name = read_text(member, there);
            else if (key == "address")
                each_member(member, there, [&](std::string_view part, od::value text) {
                    if (part == "locality") found.locality = read_text(text, there.at(part));
                    else if (part == "streetAddress") found.street = read_text(text, there.at(part));
                });
        });
        parties.push_back(std::move(found));
    });
    return parties;
}

void complete_buyer(Process& process, const std::vector<PartyAddress>& parties)
{
    if (process.buyer.id.empty() && process.buyer.name.empty())
        process.buyer = process.procuring_entity;
    for (const auto& [party, locality, street] : parties) {
        if (party.id.empty() || party.id != process.buyer.id) continue;
        if (process.buyer.name.empty()) process.buyer.name = party.name;
        process.locality = locality;
        if (!street.empty() && street != locality)
            process.locality += (locality.empty() ? "" : ", ") + street;
        return;
    }
}

} // namespace

std::string_view raw_object(od::value value)
{
    od::object object = value.get_object();
    return adal::trim(object.raw_json());
}

namespace {

// Slices of the objects of a list, for a second reading; links to releases elsewhere are told apart.
void read_slices(od::value value, const Cursor& cursor, std::vector<std::string_view>& slices)
{
    if (value.type() != od::json_type::array) {
        cursor.note("wrong_type");
        return;
    }
    for (auto element : value.get_array())
        if (element.type() == od::json_type::object)
            slices.push_back(raw_object(element.value()));
}

void check_ocid(od::value value, const Cursor& cursor, Process& process)
{
    if (value.type() != od::json_type::string) cursor.refuse("wrong_type");
    process.ocid = without_controls(value.get_string());
    if (process.ocid.empty()) cursor.refuse("missing");
}

void read_member(std::string_view key, od::value value, const Cursor& here, RowContent& row,
                 std::vector<PartyAddress>& parties)
{
    Process& process = row.process;
    if (key == "ocid") {
        check_ocid(value, here, process);
        row.has_ocid = true;
    } else if (key == "url") row.is_link = true;
    else if (key == "id") process.release_id = read_text(value, here);
    else if (key == "date") process.released = read_moment(value, here);
    else if (key == "parties") parties = read_parties(value, here);
    else if (key == "buyer") process.buyer = read_party_ref(value, here);
    else if (key == "tender") {
        read_tender(value, here, process);
        row.has_facts = true;
    } else if (key == "bids")
        each_member(value, here, [&](std::string_view part, od::value details) {
            if (part == "details") process.bids = read_bid_details(details, here.at(part));
        });
    else if (key == "awards") {
        process.awards = read_awards(value, here);
        row.has_facts = row.has_facts || !process.awards.empty();
    } else if (key == "contracts") {
        process.contracts.clear();
        each_element(value, here, [&](od::value element, const Cursor& there) {
            process.contracts.push_back(read_contract(element, there));
        });
        row.has_facts = row.has_facts || !process.contracts.empty();
    } else if (key == "compiledRelease") {
        if (value.type() == od::json_type::object)
            row.compiled = raw_object(value);
    } else if (key == "releases") read_slices(value, here, row.releases);
    else if (key == "records") read_slices(value, here, row.records);
    row.is_package = row.is_package || key == "records" || key == "releases";
}

} // namespace

RowContent read_row(od::document& document)
{
    RowContent row;
    const Cursor top{row.notes};
    if (document.type() != od::json_type::object) top.refuse("not_an_object");
    std::vector<PartyAddress> parties;
    for (auto field : document.get_object()) {
        const std::string key{std::string_view{field.unescaped_key()}};
        read_member(key, field.value(), top.at(key), row, parties);
    }
    const char* rest = nullptr;
    if (!document.current_location().get(rest)) top.refuse("trailing");
    complete_buyer(row.process, parties);
    row.is_package = row.is_package && !row.has_ocid;
    row.is_link = row.is_link && !row.has_ocid;
    return row;
}

} // namespace adal::procurement
