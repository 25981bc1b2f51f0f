#include "procurement/release_parts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

// Control characters would be refused by PostgreSQL (NUL) or spoil lists (line breaks in titles).
std::string without_controls(std::string_view raw)
{
    std::string out{adal::trim(raw)};
    std::replace_if(
        out.begin(), out.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return out;
}

namespace {

std::string_view token_of(od::value& value)
{
    return adal::trim(value.raw_json_token());
}

} // namespace

// Identifiers may be numbers; everything else that is not text is noted.
std::string read_text(od::value value, const Cursor& cursor)
{
    switch (value.type()) {
    case od::json_type::string:
        return without_controls(value.get_string());
    case od::json_type::number:
        return std::string{token_of(value)};
    case od::json_type::null:
        return {};
    default:
        cursor.note("wrong_type");
        return {};
    }
}

// A sum is never guessed: what is not a number refuses the row.
std::optional<std::int64_t> read_hundredths(od::value value, const Cursor& cursor)
{
    std::string number;
    switch (value.type()) {
    case od::json_type::null:
        return std::nullopt;
    case od::json_type::number:
        number = token_of(value);
        break;
    case od::json_type::string:
        number = without_controls(value.get_string());
        if (number.empty()) return std::nullopt;
        cursor.note("number_as_text");
        break;
    default:
        cursor.refuse("wrong_type");
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
        if (key == "amount")
            hundredths = read_hundredths(member, cursor.at(key));
        else if (key == "currency")
            currency = read_text(member, cursor.at(key));
    });
    if (!hundredths) return std::nullopt;
    return CurrencyAmount{*hundredths, std::move(currency)};
}

Period read_period(od::value value, const Cursor& cursor)
{
    Period period;
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "startDate")
            period.start = read_moment(member, cursor.at(key));
        else if (key == "endDate")
            period.end = read_moment(member, cursor.at(key));
    });
    return period;
}

PartyRef read_party_ref(od::value value, const Cursor& cursor)
{
    PartyRef party;
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "id")
            party.id = read_text(member, cursor.at(key));
        else if (key == "name")
            party.name = read_text(member, cursor.at(key));
    });
    return party;
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

namespace {

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

// The sum as it stands, or nothing and a note: for details whose loss does not change who is paid.
std::optional<std::int64_t> try_hundredths(od::value value, const Cursor& cursor)
{
    const od::json_type type = value.type();
    if (type != od::json_type::number && type != od::json_type::string) {
        if (type != od::json_type::null) cursor.note("wrong_type");
        return std::nullopt;
    }
    const std::string number = type == od::json_type::number ? std::string{token_of(value)}
                                                             : without_controls(value.get_string());
    if (number.empty()) return std::nullopt;
    const auto hundredths = parse_hundredths(number);
    if (!hundredths) cursor.note("not_a_number");
    return hundredths;
}

std::optional<CurrencyAmount> try_amount(od::value value, const Cursor& cursor)
{
    std::optional<std::int64_t> hundredths;
    std::string currency;
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "amount")
            hundredths = try_hundredths(member, cursor.at(key));
        else if (key == "currency")
            currency = read_text(member, cursor.at(key));
    });
    if (!hundredths) return std::nullopt;
    return CurrencyAmount{*hundredths, std::move(currency)};
}

std::optional<double> try_quantity(od::value value, const Cursor& cursor)
{
    if (value.type() != od::json_type::number) {
        if (value.is_null()) return std::nullopt;
        const auto hundredths = try_hundredths(value, cursor);
        if (!hundredths) return std::nullopt;
        return static_cast<double>(*hundredths) / 100;
    }
    double quantity = 0;
    if (value.get_double().get(quantity) == simdjson::SUCCESS && std::isfinite(quantity))
        return quantity;
    cursor.note("not_a_number");
    return std::nullopt;
}

std::optional<std::int64_t> try_count(od::value value, const Cursor& cursor)
{
    const auto hundredths = try_hundredths(value, cursor);
    if (!hundredths) return std::nullopt;
    if (*hundredths >= 0 && *hundredths % 100 == 0) return *hundredths / 100;
    cursor.note("not_a_count");
    return std::nullopt;
}

ContactHash read_contact(od::value value, const Cursor& cursor)
{
    return contact_hash(read_text(value, cursor));
}

void read_classification(od::value value, const Cursor& cursor, Item& item)
{
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "scheme")
            item.scheme = read_text(member, cursor.at(key));
        else if (key == "id")
            item.code = read_text(member, cursor.at(key));
    });
}

void read_unit(od::value value, const Cursor& cursor, Item& item)
{
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        if (key == "name")
            item.unit = read_text(member, cursor.at(key));
        else if (key == "value")
            item.unit_value = try_amount(member, cursor.at(key));
    });
}

} // namespace

std::vector<Item> read_items(od::value value, const Cursor& cursor)
{
    std::vector<Item> items;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Item item;
        each_member(element, here, [&](std::string_view key, od::value member) {
            const Cursor there = here.at(key);
            if (key == "id")
                item.id = read_text(member, there);
            else if (key == "description")
                item.description = read_text(member, there);
            else if (key == "classification")
                read_classification(member, there, item);
            else if (key == "quantity")
                item.quantity = try_quantity(member, there);
            else if (key == "unit")
                read_unit(member, there, item);
            else if (key == "relatedLot")
                item.lot = read_text(member, there);
        });
        items.push_back(std::move(item));
    });
    return items;
}

std::vector<std::string> codes_of(const std::vector<Item>& items)
{
    std::vector<std::string> codes;
    for (const auto& item : items) {
        std::string code = item.scheme + ":" + item.code;
        if (!item.code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(std::move(code));
    }
    return codes;
}

std::vector<Lot> read_lots(od::value value, const Cursor& cursor)
{
    std::vector<Lot> lots;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Lot lot;
        each_member(element, here, [&](std::string_view key, od::value member) {
            const Cursor there = here.at(key);
            if (key == "id")
                lot.id = read_text(member, there);
            else if (key == "title")
                lot.title = read_text(member, there);
            else if (key == "description")
                lot.description = read_text(member, there);
            else if (key == "status")
                lot.status = read_text(member, there);
            else if (key == "value")
                lot.value = read_amount(member, there);
            else if (key == "lotNumber" || key == "x_lotNumber")
                lot.number = read_text(member, there);
            else if (key == "x_attempt")
                lot.attempt = try_count(member, there);
            else if (key == "x_planRoot")
                lot.plan_root = read_text(member, there);
            else if (key == "x_kato")
                lot.kato = read_text(member, there);
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
            const Cursor there = here.at(key);
            if (key == "id")
                bid.id = read_text(member, there);
            else if (key == "status")
                bid.status = read_text(member, there);
            else if (key == "date")
                bid.date = read_moment(member, there);
            else if (key == "tenderers")
                bid.tenderers = read_party_refs(member, there);
            else if (key == "value")
                bid.value = read_amount(member, there);
            else if (key == "relatedLots")
                bid.lots = read_texts(member, there);
            else if (key == "items")
                bid.items = read_items(member, there);
            else if (key == "x_author")
                bid.author = read_contact(member, there);
            else if (key == "x_editor")
                bid.editor = read_contact(member, there);
            else if (key == "x_account")
                bid.account = read_contact(member, there);
            else if (key == "x_rejectReason")
                bid.reject_reason = read_text(member, there);
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
            const Cursor there = here.at(key);
            if (key == "id")
                award.id = read_text(member, there);
            else if (key == "status")
                award.status = read_text(member, there);
            else if (key == "date")
                award.date = read_moment(member, there);
            else if (key == "suppliers")
                award.suppliers = read_party_refs(member, there);
            else if (key == "value")
                award.value = read_amount(member, there);
            else if (key == "relatedLots")
                award.lots = read_texts(member, there);
            else if (key == "items")
                award.items = read_items(member, there);
        });
        awards.push_back(std::move(award));
    });
    return awards;
}

namespace {

std::vector<Amendment> read_amendments(od::value value, const Cursor& cursor)
{
    std::vector<Amendment> amendments;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Amendment amendment;
        each_member(element, here, [&](std::string_view key, od::value member) {
            const Cursor there = here.at(key);
            if (key == "id")
                amendment.id = read_text(member, there);
            else if (key == "date")
                amendment.date = read_moment(member, there);
            else if (key == "description")
                amendment.description = read_text(member, there);
            else if (key == "rationale")
                amendment.rationale = read_text(member, there);
            else if (key == "x_value")
                amendment.value = try_amount(member, there);
            else if (key == "x_items")
                amendment.items = read_items(member, there);
        });
        amendments.push_back(std::move(amendment));
    });
    return amendments;
}

std::vector<Payment> read_payments(od::value value, const Cursor& cursor)
{
    std::vector<Payment> payments;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Payment payment;
        each_member(element, here, [&](std::string_view key, od::value member) {
            const Cursor there = here.at(key);
            if (key == "id")
                payment.id = read_text(member, there);
            else if (key == "date")
                payment.date = read_moment(member, there);
            else if (key == "value")
                payment.value = try_amount(member, there);
        });
        payments.push_back(std::move(payment));
    });
    return payments;
}

std::vector<Act> read_acts(od::value value, const Cursor& cursor)
{
    std::vector<Act> acts;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        Act act;
        each_member(element, here, [&](std::string_view key, od::value member) {
            const Cursor there = here.at(key);
            if (key == "id")
                act.id = read_text(member, there);
            else if (key == "approveDate")
                act.approved = read_moment(member, there);
            else if (key == "revokeDate")
                act.revoked = read_moment(member, there);
            else if (key == "value")
                act.value = try_amount(member, there);
        });
        acts.push_back(std::move(act));
    });
    return acts;
}

// How it went on: amendments, payments, acceptance.
void read_contract_life(std::string_view key, od::value member, const Cursor& there,
                        Contract& contract)
{
    if (key == "amendments")
        contract.amendments = read_amendments(member, there);
    else if (key == "x_acts")
        contract.acts = read_acts(member, there);
    else if (key == "implementation")
        each_member(member, there, [&](std::string_view part, od::value list) {
            if (part == "transactions") contract.payments = read_payments(list, there.at(part));
        });
}

Contract read_contract(od::value value, const Cursor& here)
{
    Contract contract;
    each_member(value, here, [&](std::string_view key, od::value member) {
        const Cursor there = here.at(key);
        if (key == "id")
            contract.id = read_text(member, there);
        else if (key == "awardID")
            contract.award_id = read_text(member, there);
        else if (key == "status")
            contract.status = read_text(member, there);
        else if (key == "dateSigned")
            contract.signed_at = read_moment(member, there);
        else if (key == "period")
            contract.period = read_period(member, there);
        else if (key == "warrantyPeriod")
            contract.warranty_until = read_period(member, there).end;
        else if (key == "value")
            contract.value = read_amount(member, there);
        else if (key == "initialValue" || key == "x_initialValue") {
            contract.initial_value = read_amount(member, there);
            contract.initial_key = key;
        } else if (key == "suppliers")
            contract.suppliers = read_party_refs(member, there);
        else if (key == "items")
            contract.items = read_items(member, there);
        else if (key == "x_justification")
            contract.rationale = read_text(member, there);
        else
            read_contract_life(key, member, there, contract);
    });
    return contract;
}

PlanVersion read_plan_version(od::value value, const Cursor& here)
{
    PlanVersion version;
    each_member(value, here, [&](std::string_view key, od::value member) {
        const Cursor there = here.at(key);
        if (key == "id")
            version.id = read_text(member, there);
        else if (key == "method")
            version.method = read_text(member, there);
        else if (key == "price")
            version.price = try_hundredths(member, there);
        else if (key == "amount")
            version.amount = try_hundredths(member, there);
        else if (key == "date")
            version.date = read_moment(member, there);
    });
    return version;
}

void read_address(od::value value, const Cursor& cursor, ReadParty& found)
{
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        const Cursor there = cursor.at(key);
        if (key == "locality")
            found.party.locality = read_text(member, there);
        else if (key == "region")
            found.party.region = read_text(member, there);
        else if (key == "streetAddress") {
            found.street = read_text(member, there);
            found.party.address = contact_hash(found.street);
        }
    });
}

void read_contact_point(od::value value, const Cursor& cursor, Party& party)
{
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        const Cursor there = cursor.at(key);
        if (key == "telephone")
            party.phone = phone_hash(read_text(member, there));
        else if (key == "email")
            party.email = read_contact(member, there);
        else if (key == "name")
            party.contact_name = read_contact(member, there);
    });
}

void read_party_member(std::string_view key, od::value member, const Cursor& there,
                       ReadParty& found)
{
    Party& party = found.party;
    if (key == "id")
        party.id = read_text(member, there);
    else if (key == "name")
        party.name = read_text(member, there);
    else if (key == "identifier")
        each_member(member, there, [&](std::string_view part, od::value text) {
            if (part == "scheme")
                party.scheme = read_text(text, there.at(part));
            else if (part == "id")
                party.identifier = read_text(text, there.at(part));
        });
    else if (key == "roles")
        party.roles = read_texts(member, there);
    else if (key == "address")
        read_address(member, there, found);
    else if (key == "contactPoint")
        read_contact_point(member, there, party);
    else if (key == "x_kopf")
        party.legal_form = read_text(member, there);
    else if (key == "x_account" || key == "x_iik")
        party.account = read_contact(member, there);
    else if (key == "x_head")
        party.head = read_contact(member, there);
}

} // namespace

std::vector<Contract> read_contracts(od::value value, const Cursor& cursor)
{
    std::vector<Contract> contracts;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        contracts.push_back(read_contract(element, here));
    });
    return contracts;
}

void read_planning(od::value value, const Cursor& cursor, Process& process)
{
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        const Cursor there = cursor.at(key);
        if (key == "budget")
            each_member(member, there, [&](std::string_view part, od::value budget) {
                if (part == "id")
                    process.budget_id = read_text(budget, there.at(part));
                else if (part == "amount")
                    process.budget = try_amount(budget, there.at(part));
            });
        else if (key == "x_versions") {
            process.plan_versions.clear();
            each_element(member, there, [&](od::value element, const Cursor& here) {
                process.plan_versions.push_back(read_plan_version(element, here));
            });
        }
    });
}

std::vector<ReadParty> read_parties(od::value value, const Cursor& cursor)
{
    std::vector<ReadParty> parties;
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        ReadParty found;
        each_member(element, here, [&](std::string_view key, od::value member) {
            read_party_member(key, member, here.at(key), found);
        });
        parties.push_back(std::move(found));
    });
    return parties;
}

} // namespace adal::procurement
