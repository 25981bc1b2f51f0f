#include "procurement/goszakup/record_reader.hpp"

#include "procurement/goszakup/identifier.hpp"
#include "procurement/goszakup/portal_text.hpp"
#include "procurement/goszakup/record_fields.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace adal::procurement::goszakup {

namespace record_reader {

// Larger than any sum of tenge there is, and exact in every JSON reader.
constexpr std::int64_t kLargestSum = 9'000'000'000'000'000;
constexpr std::size_t kLongestText = 20'000;

void read(od::value value, const Cursor& cursor, std::string& text)
{
    text = adal::procurement::without_controls(without_entities(read_text(value, cursor)));
    if (text.size() <= kLongestText) return;
    cursor.note("too_long");
    std::size_t end = kLongestText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
}

// {id, code, nameRu} or the bare number.
void read(od::value value, const Cursor& cursor, Coded& coded)
{
    if (value.type() != od::json_type::object) {
        std::string id;
        read(value, cursor, id);
        if (!id.empty()) coded.id = std::move(id);
        return;
    }
    each_member(value, cursor, [&](std::string_view key, od::value member) {
        const auto plain = plain_key(key);
        const Cursor there = cursor.at(key);
        if (plain == "id") read(member, there, coded.id);
        else if (plain == "code") read(member, there, coded.code);
        else if (plain == "nameru" || (plain == "namekz" && coded.name.empty()))
            read(member, there, coded.name);
    });
}

void read(od::value value, const Cursor& cursor, Number& number)
{
    const bool was_number = value.type() == od::json_type::number;
    std::string text;
    read(value, cursor, text);
    if (text.empty() || text == "0") return;
    number.digits = was_number ? with_leading_zeros(text) : text;
    const auto judged = judge_identifier(number.digits);
    if (judged.holder == Holder::unknown) cursor.note("not_bin_or_iin");
    else if (!judged.is_sound) cursor.note("bad_check_digit");
}

void read(od::value value, const Cursor& cursor, Sum& sum)
{
    sum = read_hundredths(value, cursor);
    if (sum && std::abs(*sum) > kLargestSum) cursor.refuse("out_of_range");
}

void read(od::value value, const Cursor& cursor, When& when)
{
    const std::string text = read_text(value, cursor);
    if (text.empty() || text.starts_with("0000-00-00")) return;
    when = wall_moment(text);
    if (!when) cursor.note("not_a_date");
}

void read(od::value value, const Cursor& cursor, std::optional<double>& count)
{
    const std::string text = read_text(value, cursor);
    if (text.empty()) return;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return cursor.note("not_a_number");
    count = number;
}

void read(od::value value, const Cursor& cursor, std::vector<std::string>& texts)
{
    const auto add = [&](od::value element, const Cursor& here) {
        std::string text;
        read(element, here, text);
        if (!text.empty() && std::ranges::find(texts, text) == texts.end())
            texts.push_back(std::move(text));
    };
    const od::json_type type = value.type();
    if (type == od::json_type::string || type == od::json_type::number) return add(value, cursor);
    each_element(value, cursor, add);
}

template <typename R>
const Field<R>* field_named(std::string_view plain)
{
    const auto fields = fields_of<R>();
    const auto found = std::ranges::find(fields, plain, &Field<R>::key);
    return found == fields.end() ? nullptr : &*found;
}

// Every member that the table knows; others go to `nested(plain key, value, cursor)`.
template <typename R, typename Nested>
void read_members(od::value object, const Cursor& cursor, R& record, Nested nested)
{
    each_member(object, cursor, [&](std::string_view key, od::value member) {
        const std::string plain = plain_key(key);
        const Cursor there = cursor.at(key);
        if (const auto* field = field_named<R>(plain))
            std::visit([&](auto pointer) { read(member, there, record.*pointer); }, field->member);
        else nested(std::string_view{plain}, member, there);
    });
}

constexpr auto kNothingNested = [](std::string_view, od::value, const Cursor&) {};

// A nested object of which one member is wanted.
void read_one(od::value object, const Cursor& cursor, std::string_view wanted, auto& into)
{
    each_member(object, cursor, [&](std::string_view key, od::value member) {
        if (plain_key(key) == wanted) read(member, cursor.at(key), into);
    });
}

void need_id(const Record& record, const Cursor& cursor)
{
    if (record.id.empty() || record.id == "0") cursor.at("id").refuse("missing");
}

Origin within(const Origin& origin, const Cursor& cursor)
{
    return {origin.file, origin.line, cursor.pointer};
}

Plan read_plan(od::value object, const Cursor& cursor, const Origin& origin)
{
    Plan plan;
    plan.origin = within(origin, cursor);
    read_members(object, cursor, plan,
                 [&](std::string_view key, od::value member, const Cursor& there) {
                     if (key == "refenstru") {
                         read_one(member, there, "code", plan.code);
                         // on demand reads forward only: the name comes after the code
                     } else if (key == "planacts") read_one(member, there, "dateapproved", plan.approved);
                     else if (key == "planskato")
                         each_element(member, there, [&](od::value place, const Cursor& here) {
                             std::string code;
                             read_one(place, here, "refkatocode", code);
                             if (!code.empty()) plan.kato.push_back(std::move(code));
                         });
                     else if (key == "plansspec")
                         each_element(member, there, [&](od::value line, const Cursor& here) {
                             std::string code;
                             read_one(line, here, "ekrbcode", code);
                             if (!code.empty()) plan.budget_codes.push_back(std::move(code));
                         });
                 });
    return plan;
}

Lot read_lot(od::value object, const Cursor& cursor, const Origin& origin, Records& records)
{
    Lot lot;
    lot.origin = within(origin, cursor);
    read_members(object, cursor, lot, [&](std::string_view key, od::value member, const Cursor& there) {
        if (key == "plans")
            each_element(member, there, [&](od::value plan, const Cursor& here) {
                lot.plans.push_back(read_plan(plan, here, origin));
            });
        else if (key == "trdbuy") {
            Announcement announcement;
            read_members(member, there, announcement, kNothingNested);
            lot.subject = announcement.subject;
            lot.published = announcement.published;
            if (lot.announcement.empty()) lot.announcement = announcement.id;
        }
    });
    need_id(lot, cursor);
    for (const auto& plan : lot.plans)
        if (!plan.id.empty() && !plan.root.empty()) records.plans.push_back(plan);
    return lot;
}

void read_announcement(od::value object, const Cursor& cursor, const Origin& origin, Records& records)
{
    Announcement announcement;
    announcement.origin = origin;
    std::vector<Lot> lots;
    read_members(object, cursor, announcement,
                 [&](std::string_view key, od::value member, const Cursor& there) {
                     if (key == "lots")
                         each_element(member, there, [&](od::value lot, const Cursor& here) {
                             lots.push_back(read_lot(lot, here, origin, records));
                         });
                     else if (key == "files")
                         each_element(member, there, [&](od::value file, const Cursor& here) {
                             read_members(file, here, announcement.documents.emplace_back(), kNothingNested);
                         });
                     else if (key == "organizer")
                         read_one(member, there, "nameru", announcement.organizer_name);
                 });
    need_id(announcement, cursor);
    for (auto& lot : lots) {
        if (lot.announcement.empty()) lot.announcement = announcement.id;
        records.lots.push_back(std::move(lot));
    }
    records.announcements.push_back(std::move(announcement));
}

LotApplication read_lot_application(od::value object, const Cursor& cursor, const Origin& origin)
{
    LotApplication part;
    part.origin = within(origin, cursor);
    read_members(object, cursor, part, [&](std::string_view key, od::value member, const Cursor& there) {
        if (key == "offers")
            each_element(member, there, [&](od::value offer, const Cursor& here) {
                read_members(offer, here, part.offers.emplace_back(), kNothingNested);
            });
    });
    need_id(part, cursor);
    return part;
}

void read_application(od::value object, const Cursor& cursor, const Origin& origin, Records& records)
{
    Application application;
    application.origin = origin;
    read_members(object, cursor, application,
                 [&](std::string_view key, od::value member, const Cursor& there) {
                     if (key == "applots")
                         each_element(member, there, [&](od::value part, const Cursor& here) {
                             application.lots.push_back(read_lot_application(part, here, origin));
                         });
                     else if (key == "supplier")
                         read_one(member, there, "nameru", application.supplier_name);
                 });
    need_id(application, cursor);
    records.applications.push_back(std::move(application));
}

Unit read_unit(od::value object, const Cursor& cursor, const Origin& origin)
{
    Unit unit;
    unit.origin = within(origin, cursor);
    read_members(object, cursor, unit, [&](std::string_view key, od::value member, const Cursor& there) {
        if (key == "plnpointid") read(member, there, unit.plan.id);
        else if (key == "plans" || key == "plan") {
            std::string id = unit.plan.id;
            each_element(member, there, [&](od::value plan, const Cursor& here) {
                if (unit.plan.code.empty() && unit.plan.root.empty()) unit.plan = read_plan(plan, here, origin);
            });
            if (unit.plan.id.empty()) unit.plan.id = std::move(id);
        }
    });
    if (unit.lot == "0") unit.lot.clear();
    return unit;
}

void read_contract(od::value object, const Cursor& cursor, const Origin& origin, Records& records)
{
    ContractVersion contract;
    contract.origin = origin;
    read_members(object, cursor, contract,
                 [&](std::string_view key, od::value member, const Cursor& there) {
                     if (key == "contractunits")
                         each_element(member, there, [&](od::value unit, const Cursor& here) {
                             contract.units.push_back(read_unit(unit, here, origin));
                         });
                     else if (key == "supplier") read_one(member, there, "nameru", contract.supplier_name);
                     else if (key == "customer") read_one(member, there, "nameru", contract.customer_name);
                 });
    need_id(contract, cursor);
    if (contract.announcement == "0") contract.announcement.clear();
    if (contract.system_number.empty()) contract.system_number = contract.number;
    if (contract.system_number.empty()) cursor.at("contractNumberSys").refuse("missing");
    records.contracts.push_back(std::move(contract));
}

void read_subject(od::value object, const Cursor& cursor, const Origin& origin, Records& records)
{
    Subject subject;
    subject.origin = origin;
    read_members(object, cursor, subject, [&](std::string_view key, od::value member, const Cursor& there) {
        if (key == "address")
            each_element(member, there, [&](od::value address, const Cursor& here) {
                if (subject.address.empty()) read_one(address, here, "address", subject.address);
            });
        else if (key == "employees")
            each_element(member, there, [&](od::value person, const Cursor& here) {
                if (subject.head.empty()) read_one(person, here, "iin", subject.head);
            });
    });
    need_id(subject, cursor);
    records.subjects.push_back(std::move(subject));
}

template <typename R>
void read_flat(od::value object, const Cursor& cursor, const Origin& origin, std::vector<R>& list)
{
    R record;
    record.origin = origin;
    read_members(object, cursor, record, kNothingNested);
    need_id(record, cursor);
    list.push_back(std::move(record));
}

struct Named {
    std::string_view key;
    Kind kind;
};
constexpr Named kRoots[] = {
    {"trdbuy", Kind::announcement}, {"lots", Kind::lot},       {"plans", Kind::plan},
    {"trdapp", Kind::application},  {"contract", Kind::contract}, {"acts", Kind::act},
    {"treasurypay", Kind::payment}, {"subjects", Kind::subject}, {"subject", Kind::subject},
    {"rnu", Kind::unscrupulous}};

// A field that only objects of this kind have, the most telling first.
constexpr Named kTelling[] = {
    {"applots", Kind::application},      {"contractnumbersys", Kind::contract},
    {"rootrecordid", Kind::plan},        {"lotnumber", Kind::lot},
    {"payamount", Kind::payment},        {"approvedate", Kind::act},
    {"courtdecisiondate", Kind::unscrupulous}, {"supplierinnunp", Kind::unscrupulous},
    {"refkopfcode", Kind::subject},      {"numberanno", Kind::announcement}};

} // namespace record_reader

Kind kind_named(std::string_view root)
{
    std::string plain;
    for (const char c : plain_key(root))
        if (c != '-') plain += c;
    const auto is = [&](std::string_view text) {
        const auto found = std::ranges::find(record_reader::kRoots, text, &record_reader::Named::key);
        return found == std::end(record_reader::kRoots) ? Kind::other : found->kind;
    };
    const Kind kind = is(plain);
    if (kind != Kind::other || !plain.starts_with("ob")) return kind;
    return is(std::string_view{plain}.substr(2)); // of the quasi-state sector
}

Kind kind_of(od::value object)
{
    std::size_t best = std::size(record_reader::kTelling);
    for (auto field : object.get_object()) {
        const std::string plain = plain_key(std::string_view{field.unescaped_key()});
        for (std::size_t i = 0; i < best; ++i)
            if (record_reader::kTelling[i].key == plain) best = i;
    }
    return best == std::size(record_reader::kTelling) ? Kind::other : record_reader::kTelling[best].kind;
}

void read_record(Kind kind, od::value object, const Cursor& cursor, const Origin& origin,
                 Records& records)
{
    namespace r = record_reader;
    if (object.type() != od::json_type::object) cursor.refuse("not_an_object");
    switch (kind) {
    case Kind::announcement: return r::read_announcement(object, cursor, origin, records);
    case Kind::lot: return records.lots.push_back(r::read_lot(object, cursor, origin, records));
    case Kind::plan: {
        Plan plan = r::read_plan(object, cursor, origin);
        r::need_id(plan, cursor);
        return records.plans.push_back(std::move(plan));
    }
    case Kind::application: return r::read_application(object, cursor, origin, records);
    case Kind::contract: return r::read_contract(object, cursor, origin, records);
    case Kind::act: return r::read_flat(object, cursor, origin, records.acts);
    case Kind::payment: return r::read_flat(object, cursor, origin, records.payments);
    case Kind::subject: return r::read_subject(object, cursor, origin, records);
    case Kind::unscrupulous: return r::read_flat(object, cursor, origin, records.unscrupulous);
    case Kind::other: return;
    }
}

} // namespace adal::procurement::goszakup
