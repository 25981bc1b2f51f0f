// Imports of districts and places: all or nothing per file, every bad row named, the same file twice changes nothing.
#include "base/text.hpp"
#include "oversight/import_rows.hpp"
#include "oversight/test_house.hpp"

#include <fmt/format.h>

namespace adal::oversight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using test::key_of;

std::string collection(const std::vector<std::string>& features)
{
    std::string all;
    for (const auto& feature : features) all += (all.empty() ? "" : ",\n") + feature;
    return "{\"type\": \"FeatureCollection\",\n\"features\": [\n" + all + "\n]}";
}

std::string box(double west, double south, double size)
{
    return fmt::format(R"({{"type":"Polygon","coordinates":[[[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]]]}})", west, south, west + size, south + size);
}

std::string district(std::string_view id, std::string_view kk, double west)
{
    return fmt::format(R"({{"type":"Feature","properties":{{"id":"{}","name_kk":"{}","name_ru":"{} район"}},"geometry":{}}})", id, kk, kk, box(west, 43.2, 0.1));
}

std::string place(std::string_view properties, std::string_view geometry = R"({"type":"Point","coordinates":[76.85,43.25]})")
{
    return fmt::format(R"({{"type":"Feature","geometry":{},"properties":{{{}}}}})", geometry, properties);
}

const std::string kTwoDistricts = collection({district("alatau", "Алатау ауданы", 76.8), district("medeu", "Медеу ауданы", 76.9)});

// --- reading of the file -------------------------------------------------------------------------

TEST(ImportFile, that_is_cut_off_says_where)
{
    const auto whole = collection({place(R"("id":1)"), place(R"("id":2)")});
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
        const auto read = read_features("works.geojson", std::string_view(whole).substr(0, length));
        ASSERT_FALSE(read) << length;
        EXPECT_TRUE(read.error().is(import_bad_file));
        EXPECT_EQ(read.error().params.at("file"), "works.geojson");
        EXPECT_TRUE(read.error().params.contains("line"));
        EXPECT_TRUE(read.error().params.contains("reason"));
    }
}

TEST(ImportFile, that_is_json_but_no_feature_collection_is_refused)
{
    for (const auto* text : {"[]", "{}", R"({"type":"Feature","features":[]})", R"({"type":"FeatureCollection"})", R"({"type":"FeatureCollection","features":{}})"}) {
        const auto read = read_features("x", text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().params.at("reason"), "not_a_feature_collection") << text;
    }
}

TEST(ImportFile, larger_than_the_limit_is_refused_before_it_is_read)
{
    EXPECT_EQ(key_of(read_features("x", std::string(kMaxImportBytes + 1, ' '))), import_too_large.key);
}

TEST(ImportFile, with_a_byte_order_mark_is_read)
{
    EXPECT_THAT(read_features("x", "\xEF\xBB\xBF" + kTwoDistricts)->features, SizeIs(2));
}

std::vector<std::int64_t> lines_of(std::string_view text)
{
    std::vector<std::int64_t> lines;
    const auto read = read_features("x", text); // the features point into it
    for (const auto& feature : read->features) lines.push_back(feature.line);
    return lines;
}

TEST(ImportFile, knows_the_line_each_feature_begins_on)
{
    EXPECT_THAT(lines_of(collection({place(R"("id":1)"), place(R"("note":"a \"quoted\" } ] { text"
)"), place(R"("id":3)")})), ElementsAre(3, 4, 6));
    EXPECT_THAT(lines_of(R"({"features":[],"type":"FeatureCollection"})"), IsEmpty());
}

// As GDAL writes them: the object inside "crs" stands at the depth of a feature.
TEST(ImportFile, with_other_members_before_the_features_counts_the_lines_right)
{
    EXPECT_THAT(lines_of("{\n\"type\": \"FeatureCollection\",\n\"crs\": {\"type\": \"name\",\n \"properties\": {\"name\": \"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\n"
                         "\"lists\": [[{}], {\"features\": [{}]}],\n\"features\": [\n {\"type\": \"Feature\"},\n {\"type\": \"Feature\"}],\n\"after\": [{}]}"),
                ElementsAre(7, 8));
}

TEST(ImportFile, of_many_features_is_scanned_once)
{
    // Quadratic work here would take minutes: 30,000 rows of 1 KB.
    std::string text = "{\"type\":\"FeatureCollection\",\"features\":[";
    const std::string row = "\n{\"type\":\"Feature\",\"properties\":{\"note\":\"" + std::string(1000, 'a') + "\"}}";
    for (int i = 0; i < 30'000; ++i) text += (i ? "," : "") + row;
    const auto lines = lines_of(text + "]}");
    ASSERT_THAT(lines, SizeIs(30'000));
    EXPECT_EQ(lines.front(), 2);
    EXPECT_EQ(lines.back(), 30'001);
}

TEST(RowProblem, is_shortened_between_letters)
{
    const Feature feature{.row = 3, .line = 7};
    std::string long_text = "a";
    for (int i = 0; i < 200; ++i) long_text += "ә";
    const auto problem = row_problem(feature, "properties.x", "not_a_date", long_text);
    EXPECT_TRUE(is_utf8(problem.value));
    EXPECT_EQ(length_in_letters(problem.value), 80u);
    EXPECT_EQ(row_problem(feature, "x", "y", "short").value, "short");
}

TEST(Property, is_read_as_text_whatever_its_type)
{
    const auto value = *parse_json(R"({"properties":{"i":5428,"d":76.5,"big":1e15,"t":" Əуезов ","y":true,"n":false,"o":{},"z":null}})");
    const Feature feature{.value = &value};
    EXPECT_EQ(property(feature, "i"), "5428");
    EXPECT_EQ(property(feature, "d"), "76.5");
    EXPECT_EQ(property(feature, "big"), "1000000000000000");
    EXPECT_EQ(property(feature, "t"), "Әуезов");
    EXPECT_EQ(property(feature, "y"), "true");
    EXPECT_EQ(property(feature, "n"), "false");
    for (const auto* none : {"o", "z", "missing"}) EXPECT_EQ(property(feature, none), "") << none;
    EXPECT_EQ(property(feature, {"missing", "z", "d", "i"}), "76.5");
}

// --- districts and places ------------------------------------------------------------------------

class Import : public test::OnBothEngines
{
protected:
    Result<ImportReport> districts(std::string_view text)
    {
        return house().attempt([&](auto& tx) { return import_districts(tx, "districts.geojson", text, house().clock, &report); });
    }
    Result<ImportReport> places(std::string_view text)
    {
        return house().attempt([&](auto& tx) { return import_places(tx, "works.geojson", text, house().clock, &report); });
    }
    std::vector<PlaceRow> stored()
    {
        return house().read([](auto& s) { return list_places(s, {.limit = 500}).rows; });
    }
    Place stored(std::string_view source_id)
    {
        return house().read([&](auto& s) { return find_place(s, "works.geojson", source_id).value(); });
    }
    void expect_one_rejected(std::int64_t row, std::int64_t line, std::string_view field, std::string_view reason)
    {
        ASSERT_THAT(report.rejected, SizeIs(1));
        EXPECT_EQ(report.rejected[0].row, row);
        EXPECT_EQ(report.rejected[0].line, line);
        EXPECT_EQ(report.rejected[0].field, field);
        EXPECT_EQ(report.rejected[0].reason, reason);
    }
    ImportReport report;
};
ADAL_BOTH_ENGINES(Import);

TEST_P(Import, of_districts_is_idempotent)
{
    EXPECT_EQ(districts(kTwoDistricts)->added, 2);
    const auto before = house().read([](auto& s) { return list_districts(s); });
    const auto again = districts(kTwoDistricts);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->same, 2);
    EXPECT_EQ(again->added + again->changed, 0);
    const auto after = house().read([](auto& s) { return list_districts(s); });
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].id, before[i].id);
    EXPECT_EQ(districts(collection({district("alatau", "Алатау ауданы", 76.81)}))->changed, 1);
    EXPECT_THAT(house().read([](auto& s) { return list_districts(s); }), SizeIs(2));
}

TEST_P(Import, of_districts_with_one_bad_row_writes_nothing)
{
    const auto good = district("alatau", "Алатау ауданы", 76.8);
    const std::vector<std::tuple<std::string, std::string, std::string>> bad{
        {R"({"type":"Feature","properties":{"id":"Не код","name_kk":"Х"},"geometry":)" + box(76, 43, 1) + "}", "properties.id", "not_a_code"},
        {R"({"type":"Feature","properties":{"name_kk":"Х"},"geometry":)" + box(76, 43, 1) + "}", "properties.id", "not_a_code"},
        {R"({"type":"Feature","properties":{"id":"x"},"geometry":)" + box(76, 43, 1) + "}", "properties.name_kk", "required"},
        {R"({"type":"Feature","properties":{"id":"x","name_kk":"Х"}})", "geometry.geometry", "required"},
        {R"({"type":"Feature","properties":{"id":"x","name_kk":"Х"},"geometry":{"type":"Point","coordinates":[76,43]}})", "geometry.type", "not_an_area"},
        {R"({"type":"Feature","properties":{"id":"x","name_kk":"Х"},"geometry":{"type":"Polygon","coordinates":[[[76,43],[77,143],[76,44],[76,43]]]}})", "geometry.coordinates[0][1]", "out_of_range"}};
    for (const auto& [row, field, reason] : bad) {
        const auto refused = districts(collection({good, row}));
        ASSERT_FALSE(refused) << row;
        EXPECT_TRUE(refused.error().is(import_rejected));
        EXPECT_EQ(refused.error().params.at("count"), "1");
        EXPECT_EQ(refused.error().params.at("line"), "4");
        expect_one_rejected(2, 4, field, reason);
        EXPECT_THAT(house().read([](auto& s) { return list_districts(s); }), IsEmpty());
    }
}

// Broke the import with an error of the database instead of a named row.
TEST_P(Import, of_districts_with_one_code_twice_names_the_second_row)
{
    const auto refused = districts(collection({district("alatau", "Алатау ауданы", 76.8), district("alatau", "Медеу ауданы", 76.9)}));
    ASSERT_FALSE(refused);
    expect_one_rejected(2, 4, "properties.id", "row_twice");
}

TEST_P(Import, of_places_needs_districts_first)
{
    EXPECT_EQ(key_of(places(collection({place(R"("id":1,"address":"Абай 1")")}))), import_no_districts.key);
}

TEST_P(Import, of_places_takes_geometry_works_contract_and_district)
{
    ASSERT_TRUE(districts(kTwoDistricts));
    const auto done = places(collection({place(R"("id":5428,"name_kk":"Абай көшесі","name_ru":"улица Абая","kind":"road_section","status_kk":"Аяқталды","start":"01.06.2022","end":"2024-12-31",
        "ocid":"ocds-1","buyer":"Басқарма","contractor":"ЖШС","amount":"1 250 000,50","act_date":"05.01.2025","warranty_until":"2029-01-05","district_kk":"Алатау ауданы")")}));
    ASSERT_TRUE(done) << (report.rejected.empty() ? "" : report.rejected[0].field + report.rejected[0].reason);
    EXPECT_EQ(done->added, 1);
    EXPECT_THAT(done->notes, IsEmpty());
    const auto known = stored("5428");
    EXPECT_EQ(known.kind, PlaceKind::road_section);
    EXPECT_EQ(known.works.status, WorksStatus::done);
    EXPECT_EQ(known.works.start, make_date(2022, 6, 1));
    EXPECT_EQ(known.works.end, make_date(2024, 12, 31));
    EXPECT_EQ(known.contract.sum->tiyn, 125'000'050);
    EXPECT_EQ(known.contract.act_date, make_date(2025, 1, 5));
    EXPECT_EQ(known.contract.warranty_until, make_date(2029, 1, 5));
    EXPECT_EQ(house().read([&](auto& s) { return find_district(s, known.district)->code; }), "alatau");
    EXPECT_EQ(*known.geometry, point_geometry({76.85, 43.25}));
}

TEST_P(Import, of_places_keeps_what_has_no_geometry_and_notes_what_is_odd)
{
    ASSERT_TRUE(districts(kTwoDistricts));
    const auto done = places(collection({place(R"("id":1,"address":"Абай 1","district_ru":"Алатау ауданы район")", "null"), place(R"("id":2,"address":"Абай 2","district_kk":"Медеу ауданы")"),
                                         place(R"("id":3,"address":"Абай 3")", R"({"type":"Point","coordinates":[70,50]})"), place(R"("id":4,"address":"Абай 4","start":"02.06.2022","end":"01.06.2022")")}));
    ASSERT_TRUE(done);
    std::vector<std::string> notes;
    for (const auto& note : done->notes) notes.push_back(std::to_string(note.row) + " " + note.reason);
    EXPECT_THAT(notes, ElementsAre("1 no_geometry", "2 district_differs", "3 district_unknown", "4 end_before_start"));
    const auto code = [&](std::string_view id) {
        const auto known = stored(id);
        return known.district.is_set() ? house().read([&](auto& s) { return find_district(s, known.district)->code; }) : std::string{};
    };
    EXPECT_EQ(code("1"), "alatau"); // as stated
    EXPECT_EQ(code("2"), "alatau"); // the map wins over the words
    EXPECT_EQ(code("3"), "");
    EXPECT_FALSE(stored("4").works.end);
}

TEST_P(Import, of_places_with_one_bad_row_writes_nothing_and_names_them_all)
{
    ASSERT_TRUE(districts(kTwoDistricts));
    const auto good = place(R"("id":1,"address":"Абай 1")");
    const std::vector<std::tuple<std::string, std::string, std::string>> bad{
        {R"({"type":"Feature","geometry":null})", "properties", "required"},
        {place(R"("address":"Абай 2")"), "properties.id", "required"},
        {place(R"("id":1,"address":"Абай 2")"), "properties.id", "row_twice"},
        {place(R"("id":2,"address":"Абай 2","start":"31.02.2024")"), "properties.start", "not_a_date"},
        {place(R"("id":2,"address":"Абай 2","end":"жазда")"), "properties.end", "not_a_date"},
        {place(R"("id":2,"address":"Абай 2","status":"жазда")"), "properties.status", "not_a_choice"},
        {place(R"("id":2,"address":"Абай 2","amount":"көп")"), "properties.amount", "not_money"},
        {place(R"("id":2,"address":"Абай 2","warranty_until":"5 жыл")"), "properties.warranty_until", "not_a_date"},
        {place(R"("id":2,"address":"Абай 2","restricted":"иә")"), "properties.restricted", "not_a_choice"},
        {place(R"("id":2)"), "properties", "oversight.place_name_missing"},
        {place(R"("id":2,"address":"Абай 2")", R"({"type":"Point","coordinates":[76]})"), "geometry.coordinates", "bad_position"}};
    for (const auto& [row, field, reason] : bad) {
        EXPECT_EQ(key_of(places(collection({good, row}))), import_rejected.key) << row;
        expect_one_rejected(2, 4, field, reason);
        EXPECT_THAT(stored(), IsEmpty());
    }
    EXPECT_FALSE(places(collection({std::get<0>(bad[0]), good, std::get<0>(bad[3]), std::get<0>(bad[6])})));
    EXPECT_THAT(report.rejected, SizeIs(3));
}

TEST_P(Import, of_the_same_places_twice_changes_nothing)
{
    ASSERT_TRUE(districts(kTwoDistricts));
    const auto file = collection({place(R"("id":1,"address":"Абай 1","amount":100)"), place(R"("id":2,"address":"Абай 2")", box(76.85, 43.22, 0.01)), place(R"("id":3,"address":"Абай 3")", "null")});
    EXPECT_EQ(places(file)->added, 3);
    const auto again = places(file);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->same, 3);
    EXPECT_EQ(again->added + again->changed, 0);
    for (const auto& row : stored()) EXPECT_EQ(row.place.version, 1);
}

// "Same" was said of these, and the news was lost.
TEST_P(Import, of_a_place_of_which_any_one_thing_is_new_changes_it)
{
    ASSERT_TRUE(districts(kTwoDistricts));
    ASSERT_TRUE(places(collection({place(R"("id":1,"address":"Абай 1")")})));
    std::int64_t version = 1;
    for (const auto* more : {R"("works_kk":"Орташа жөндеу")", R"("act_date":"2025-01-05")", R"("name_kk":"АБАЙ 1","name_ru":"Абай 1")", R"("contractor":"ЖШС")", R"("amount":5)", R"("kind":"park")"}) {
        const auto done = places(collection({place(std::string(R"("id":1,"address":"Абай 1",)") + more)}));
        ASSERT_TRUE(done) << more;
        EXPECT_EQ(done->changed, 1) << more;
        EXPECT_EQ(stored("1").version, ++version);
    }
}

// A register that knows nothing of it opened again what a coordinator had closed.
TEST_P(Import, of_a_place_that_is_known_to_be_restricted_leaves_it_restricted)
{
    ASSERT_TRUE(districts(kTwoDistricts));
    const auto file = collection({place(R"("id":1,"address":"Абай 1")")});
    ASSERT_TRUE(places(file));
    house().write([&](auto& tx) {
        auto known = stored("1");
        known.restricted = true;
        return change_place(tx, known, house().coordinator, house().clock);
    });
    EXPECT_EQ(places(file)->same, 1);
    EXPECT_TRUE(stored("1").restricted);
    ASSERT_TRUE(places(collection({place(R"("id":7,"address":"Абай 7","restricted":true)")})));
    EXPECT_TRUE(stored("7").restricted);
}

// --- the real files of Almaty --------------------------------------------------------------------

TEST_P(Import, of_the_real_districts_and_works_of_Almaty_puts_every_work_into_its_stated_district)
{
    const auto districts_file = adal::test::shared_path("geo/almaty-districts.clean.geojson");
    const auto works_file = adal::test::shared_path("geo/almaty-public-works-parks.smartalmaty-gis.geojson");
    if (!districts_file || !works_file) GTEST_SKIP() << adal::test::kNoSharedData;
    const auto cities = districts(adal::test::read_file(*districts_file));
    ASSERT_TRUE(cities);
    EXPECT_EQ(cities->added, 8);
    const auto bytes = adal::test::read_file(*works_file);
    const auto works = places(bytes);
    ASSERT_TRUE(works) << report.rejected.front().field << " " << report.rejected.front().reason << " " << report.rejected.front().value;
    EXPECT_EQ(works->added, 69);
    EXPECT_EQ(std::count_if(works->notes.begin(), works->notes.end(), [](const auto& note) { return note.reason == "district_differs" || note.reason == "district_unknown"; }), 0);
    EXPECT_EQ(std::count_if(works->notes.begin(), works->notes.end(), [](const auto& note) { return note.reason == "no_geometry"; }), 12);

    // Once more by hand: what the file states against where the stored geometry lies.
    const auto all = house().read([](auto& s) { return list_districts(s); });
    const auto file = read_features("works.geojson", bytes);
    int with_geometry = 0;
    for (const auto& feature : file->features) {
        const auto known = stored(property(feature, "id"));
        const auto* stated = district_named(all, property(feature, "district_kk"));
        ASSERT_NE(stated, nullptr) << property(feature, "district_kk");
        EXPECT_EQ(known.district, stated->id) << known.source_id;
        if (!known.geometry) continue;
        EXPECT_EQ(district_of(all, representative_point(*known.geometry)), stated) << known.source_id;
        ++with_geometry;
    }
    EXPECT_EQ(with_geometry, 57);
    EXPECT_EQ(places(bytes)->same, 69);

    double city = 0;
    for (const auto& one : all) city += area_m2(one.outline);
    EXPECT_NEAR(city / 1e6, 704.0, 0.5); // on the ellipsoid; a sphere of 6,371 km would give 702.7
}

TEST_P(Import, of_the_real_districts_cut_anywhere_is_refused_and_leaves_nothing)
{
    const auto file = adal::test::shared_path("geo/almaty-districts.clean.geojson");
    if (!file) GTEST_SKIP() << adal::test::kNoSharedData;
    const auto bytes = adal::test::read_file(*file);
    for (std::size_t length = 0; length < bytes.size() - 1; length += 9'973) EXPECT_FALSE(districts(std::string_view(bytes).substr(0, length))) << length;
    EXPECT_THAT(house().read([](auto& s) { return list_districts(s); }), IsEmpty());
}

} // namespace
} // namespace adal::oversight
