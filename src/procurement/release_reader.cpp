#include "procurement/release_reader.hpp"

#include "base/text.hpp"
#include "procurement/release_parts.hpp"

#include <algorithm>

namespace adal::procurement {

namespace {

// "2026", or the first of several.
std::string read_year(od::value value, const Cursor& cursor)
{
    std::string year;
    if (value.type() == od::json_type::string || value.type() == od::json_type::number)
        return read_text(value, cursor);
    each_element(value, cursor, [&](od::value element, const Cursor& here) {
        if (year.empty()) year = read_text(element, here);
    });
    return year;
}

void read_tender_dates(std::string_view key, od::value member, const Cursor& there,
                       Process& process)
{
    if (key == "tenderPeriod") process.tender_period = read_period(member, there);
    else if (key == "enquiryPeriod") process.enquiry_period = read_period(member, there);
    else if (key == "awardPeriod") process.award_period = read_period(member, there);
    else if (key == "x_datePublished") process.published = read_moment(member, there);
    else if (key == "datePublished" && !process.published)
        process.published = read_moment(member, there);
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
        else if (key == "procurementMethodRationale")
            process.rationale = read_text(member, there);
        else if (key == "mainProcurementCategory") process.category = read_text(member, there);
        else if (key == "numberOfTenderers") process.tenderers = read_count(member, there);
        else if (key == "procuringEntity") process.procuring_entity = read_party_ref(member, there);
        else if (key == "lots") process.lots = read_lots(member, there);
        else if (key == "items") process.items = read_items(member, there);
        else if (key == "x_finYear") process.financial_year = read_year(member, there);
        else read_tender_dates(key, member, there, process);
    });
    process.classifications = codes_of(process.items);
}

void complete_buyer(Process& process, std::vector<ReadParty>& read)
{
    if (process.buyer.id.empty() && process.buyer.name.empty())
        process.buyer = process.procuring_entity;
    for (const auto& [party, street] : read) {
        if (party.id.empty() || party.id != process.buyer.id) continue;
        if (process.buyer.name.empty()) process.buyer.name = party.name;
        process.locality = party.locality;
        process.kato = party.region;
        if (!street.empty() && street != party.locality)
            process.locality += (party.locality.empty() ? "" : ", ") + street;
        break;
    }
    for (auto& [party, street] : read) process.parties.push_back(std::move(party));
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
                 std::vector<ReadParty>& parties)
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
    } else if (key == "planning") read_planning(value, here, process);
    else if (key == "bids")
        each_member(value, here, [&](std::string_view part, od::value details) {
            if (part == "details") process.bids = read_bid_details(details, here.at(part));
        });
    else if (key == "awards") {
        process.awards = read_awards(value, here);
        row.has_facts = row.has_facts || !process.awards.empty();
    } else if (key == "contracts") {
        process.contracts = read_contracts(value, here);
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
    std::vector<ReadParty> parties;
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
