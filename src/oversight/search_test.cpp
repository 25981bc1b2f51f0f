// Lists, search and map of the stores, on both engines.
#include "oversight/search_words.hpp"
#include "oversight/test_house.hpp"

namespace adal::oversight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST(LikePatterns, begin_at_a_word_and_leave_the_rest_open)
{
    const auto patterns = like_patterns("Әуезов");
    EXPECT_EQ(patterns[0], "% ауезов%");
    EXPECT_EQ(patterns[2], "%");
    for (const auto& pattern : like_patterns("  ")) EXPECT_EQ(pattern, "%");
}

TEST(LikePatterns, of_signs_that_mean_something_to_like_are_taken_out)
{
    for (const auto& pattern : like_patterns("100%_ _%")) EXPECT_EQ(pattern.find('_'), std::string::npos) << pattern;
}

class Search : public test::OnBothEngines
{
protected:
    void add(std::string id, std::string kk, std::string ru = "", PlaceKind kind = PlaceKind::park, Point at = {76.9, 43.24})
    {
        house().write([&](auto& tx) {
            return add_place(tx, {.kind = kind, .name = {.kk = std::move(kk), .ru = std::move(ru)}, .geometry = point_geometry(at), .source = "test", .source_id = std::move(id)}, house().coordinator, house().clock);
        });
    }
    std::vector<std::string> found(std::string text)
    {
        std::vector<std::string> ids;
        for (const auto& row : house().read([&](auto& s) { return list_places(s, {.text = text}).rows; })) ids.push_back(row.place.source_id);
        EXPECT_EQ(house().read([&](auto& s) { return count_places(s, {.text = text}); }), std::ssize(ids));
        return ids;
    }
};
ADAL_BOTH_ENGINES(Search);

TEST_P(Search, finds_kazakh_words_with_plain_letters_and_the_other_way_round)
{
    add("1", "Әуезов көшесі", "улица Ауэзова");
    add("2", "Құрманғазы саябағы", "парк Курмангазы");
    add("3", "Өскемен алаңы");
    EXPECT_THAT(found("ауезов"), ElementsAre("1"));
    EXPECT_THAT(found("ӘУЕЗОВ"), ElementsAre("1"));
    EXPECT_THAT(found("Əуезов"), ElementsAre("1")); // with the Latin schwa
    EXPECT_THAT(found("курмангазы"), ElementsAre("2"));
    EXPECT_THAT(found("Өскемен"), ElementsAre("3"));
    EXPECT_THAT(found("парк"), ElementsAre("2"));
    EXPECT_THAT(found("емен"), IsEmpty()); // only from the beginning of a word
}

TEST_P(Search, finds_what_was_typed_on_the_other_keyboard_layout)
{
    add("1", "Әуезов көшесі");
    add("2", "Құрманғазы саябағы");
    add("3", "Көпір");
    EXPECT_THAT(found("2уезов"), ElementsAre("1"));
    EXPECT_THAT(found("0арман5азы"), IsEmpty());
    EXPECT_THAT(found("09рман5азы"), ElementsAre("2"));
    EXPECT_THAT(found("к-п3р"), ElementsAre("3"));
}

TEST_P(Search, finds_other_forms_of_a_word_and_wants_every_word)
{
    add("1", "Абай даңғылы");
    add("2", "Абай алаңы");
    EXPECT_THAT(found("даңғылының"), ElementsAre("1"));
    EXPECT_THAT(found("абай"), UnorderedElementsAre("1", "2"));
    EXPECT_THAT(found("абай алаң"), ElementsAre("2"));
    EXPECT_THAT(found("абай көпір"), IsEmpty());
    EXPECT_THAT(found("%"), UnorderedElementsAre("1", "2")); // nothing asked
}

// The key of the list was the folded name, which puts Ә among the А.
TEST_P(Search, lists_places_in_the_order_of_the_kazakh_alphabet_page_by_page)
{
    const std::vector<std::string> names{"Азат", "Аян", "Әуезов", "Бұлақ", "Қала", "Қызыл", "Орман", "Өзен", "Яблоня"};
    for (std::size_t i = 0; i < names.size(); ++i) add(std::to_string(i), names[(i * 4) % names.size()]);
    std::vector<std::string> listed;
    std::string after;
    int pages = 0;
    do {
        const auto page = house().read([&](auto& s) { return list_places(s, {.after = after, .limit = 4}); });
        for (const auto& row : page.rows) listed.push_back(row.place.name.kk);
        after = page.next;
        ++pages;
    } while (!after.empty());
    EXPECT_EQ(listed, names);
    EXPECT_EQ(pages, 3);
}

TEST_P(Search, filters_by_kind_district_and_works)
{
    house().write([&](auto& tx) {
        save(tx, {.id = DistrictId::make(house().clock), .code = "medeu", .name = {.kk = "Медеу"}, .outline = {.polygons = {{.rings = {{{76.9, 43.2}, {77, 43.2}, {77, 43.3}, {76.9, 43.3}, {76.9, 43.2}}}}}}, .source = "test"});
        return done();
    });
    add("1", "Саябақ", "", PlaceKind::park, {76.95, 43.25});
    add("2", "Жол", "", PlaceKind::road_section, {76.95, 43.25});
    add("3", "Алыстағы саябақ", "", PlaceKind::park, {76.5, 43.25});
    const auto medeu = house().read([](auto& s) { return list_district_names(s).front().id; });
    const auto count = [&](const PlaceFilter& filter) { return house().read([&](auto& s) { return count_places(s, filter); }); };
    EXPECT_EQ(count({}), 3);
    EXPECT_EQ(count({.kind = PlaceKind::park}), 2);
    EXPECT_EQ(count({.district = medeu}), 2);
    EXPECT_EQ(count({.kind = PlaceKind::park, .district = medeu}), 1);
    EXPECT_EQ(count({.works = WorksStatus::done}), 0);
}

TEST_P(Search, shows_on_the_map_one_entry_per_cell_and_nothing_restricted)
{
    add("1", "Бірінші", "", PlaceKind::park, {76.9000, 43.2400});
    add("2", "Екінші", "", PlaceKind::park, {76.9001, 43.2401});
    add("3", "Үшінші", "", PlaceKind::park, {76.99, 43.30});
    const Box city{76.5, 43.0, 77.5, 43.5};
    const auto entries = [&](int zoom) { return house().read([&](auto& s) { return map_entries(s, city, zoom, {}); }); };
    const auto sum = [](const std::vector<MapEntry>& all) {
        std::int64_t n = 0;
        for (const auto& entry : all) n += entry.count;
        return n;
    };
    EXPECT_THAT(entries(3), SizeIs(1));
    EXPECT_EQ(sum(entries(3)), 3);
    EXPECT_THAT(entries(13), SizeIs(2));
    EXPECT_THAT(entries(20), SizeIs(3));
    for (const auto& entry : entries(20)) {
        EXPECT_EQ(entry.count, 1);
        EXPECT_TRUE(entry.place.is_set());
        EXPECT_EQ(entry.kind, PlaceKind::park);
    }
    EXPECT_THAT(house().read([&](auto& s) { return map_entries(s, {76.95, 43.25, 77, 43.35}, 20, {}); }), SizeIs(1));
    house().write([&](auto& tx) {
        auto known = find_place(tx, "test", "3").value();
        known.restricted = true;
        return change_place(tx, known, house().coordinator, house().clock);
    });
    EXPECT_EQ(sum(entries(3)), 2);
}

TEST_P(Search, finds_findings_by_place_rule_and_state_and_counts_them_in_the_funnel)
{
    auto& h = house();
    const auto place = h.add_place("1"), other = h.add_place("2", {76.95, 43.25}, "Сатпаев көшесі");
    const auto control = h.open_at(place, {h.volunteer, h.mate});
    const auto findings = h.visited(control, place);
    h.open_at(other, {h.volunteer});
    h.verify_and_seal(findings[1]);
    h.write([&](auto& tx) { return mark_finding_invalid(tx, findings[0], InvalidReason::not_a_violation, "тақта бар", h.reviewer, h.clock); });
    const auto found_ids = [&](const FindingFilter& filter) {
        std::vector<FindingId> ids;
        for (const auto& one : h.read([&](auto& s) { return list_findings(s, filter).rows; })) ids.push_back(one.id);
        EXPECT_EQ(h.read([&](auto& s) { return count_findings(s, filter); }), std::ssize(ids));
        return ids;
    };
    EXPECT_THAT(found_ids({}), UnorderedElementsAre(findings[0], findings[1]));
    EXPECT_THAT(found_ids({.text = "абай"}), SizeIs(2));
    EXPECT_THAT(found_ids({.text = "сатпаев"}), IsEmpty());
    EXPECT_THAT(found_ids({.states = {FindingState::verified}}), ElementsAre(findings[1]));
    EXPECT_THAT(found_ids({.states = {FindingState::verified, FindingState::invalid}}), SizeIs(2));
    EXPECT_THAT(found_ids({.severity = Severity::major}), ElementsAre(findings[1]));
    EXPECT_THAT(found_ids({.kind = PlaceKind::park}), IsEmpty());
    EXPECT_THAT(found_ids({.control = control}), SizeIs(2));
    EXPECT_THAT(found_ids({.place = other}), IsEmpty());
    EXPECT_THAT(found_ids({.only_sealed = true}), ElementsAre(findings[1]));
    EXPECT_THAT(found_ids({.only_unsealed = true}), ElementsAre(findings[0]));
    EXPECT_THAT(found_ids({.only_published = true}), IsEmpty());

    h.write([&](auto& tx) { return publish_finding(tx, h.files, findings[1], "шұңқыр", h.reviewer, h.clock); });
    h.write([&](auto& tx) { return mark_referred(tx, findings[1], "d", h.coordinator, h.clock); });
    h.write([&](auto& tx) { return claim_finding_fix(tx, findings[1], Claimant::authority, "жамалды", h.coordinator, h.clock); });
    const auto counted = h.read([](auto& s) { return funnel(s); });
    EXPECT_EQ(counted.controls, 2);
    EXPECT_EQ(counted.controls_with_findings, 1);
    EXPECT_EQ(counted.visits, 1);
    EXPECT_EQ(counted.findings, 1); // the invalid one is none
    EXPECT_EQ(counted.verified, 1);
    EXPECT_EQ(counted.sealed, 1);
    EXPECT_EQ(counted.published, 1);
    EXPECT_EQ(counted.referred, 1);
    EXPECT_EQ(counted.acknowledged, 0);
    EXPECT_EQ(counted.fix_claimed, 1);
    EXPECT_EQ(counted.fixed_verified, 0); // claimed is not fixed
    EXPECT_EQ(h.read([&](auto& s) { return funnel(s, {.to = h.clock.plus(std::chrono::hours{-1})}); }).findings, 0);
    const auto row = h.read([&](auto& s) { return list_places(s, {.text = "абай"}).rows.front(); });
    EXPECT_EQ(row.findings, 1);
    EXPECT_EQ(row.open_findings, 1);
    EXPECT_EQ(row.published, 1);
}

TEST_P(Search, offers_as_duplicates_the_open_ones_of_the_same_place_and_rule)
{
    auto& h = house();
    const auto place = h.add_place("1");
    const auto control = h.open_at(place, {h.volunteer});
    const auto first = h.visited(control, place), second = h.visited(control, place);
    const auto similar = h.read([&](auto& s) { return similar_findings(s, find_finding(s, second[1]).value()); });
    ASSERT_THAT(similar, SizeIs(1));
    EXPECT_EQ(similar.front().id, first[1]);
    h.write([&](auto& tx) { return mark_finding_duplicate(tx, second[1], first[1], h.reviewer, h.clock); });
    EXPECT_EQ(h.finding(second[1]).duplicate_of, first[1]);
    EXPECT_THAT(h.read([&](auto& s) { return similar_findings(s, find_finding(s, first[1]).value()); }), IsEmpty());
    h.expect_invariants();
}

TEST_P(Search, lists_urgent_findings_whose_verification_is_late_and_only_these)
{
    auto& h = house();
    const auto place = h.add_place("1");
    const auto control = h.open_at(place, {h.volunteer});
    const auto findings = h.visited(control, place);
    h.write([&](auto& tx) { return tx.exec("update oversight_finding set severity = 'danger'"), done(); });
    for (const auto& id : findings) {
        h.write([&](auto& tx) { return triage_finding(tx, id, h.reviewer, h.clock); });
        h.write([&](auto& tx) { return mark_referred_urgent(tx, id, "telephone", h.reviewer, h.clock); });
    }
    const auto late = [&](int hours) { return h.read([&](auto& s) { return overdue_verifications(s, h.clock.plus(std::chrono::hours{hours})); }); };
    EXPECT_THAT(late(72), IsEmpty());
    EXPECT_THAT(late(73), SizeIs(2));
    h.write([&](auto& tx) { return verify_finding(tx, findings[0], h.word(), h.reviewer, h.clock); });
    h.write([&](auto& tx) { return verify_finding(tx, findings[1], h.word(VerificationResult::refute), h.reviewer, h.clock); });
    EXPECT_THAT(late(73), IsEmpty());
    EXPECT_EQ(h.finding(findings[0]).state, FindingState::referred);
    h.expect_invariants();
}

TEST_P(Search, finds_controls_by_words_state_and_person)
{
    auto& h = house();
    const auto place = h.add_place("1");
    const auto open = h.open_at(place, {h.volunteer});
    const auto draft = h.write([&](auto& tx) { return draft_control(tx, h.control_at(place, {h.mate}), h.coordinator, h.clock); }).id;
    const auto ids = [&](const ControlFilter& filter) {
        std::vector<ControlId> out;
        for (const auto& control : h.read([&](auto& s) { return list_controls(s, filter).rows; })) out.push_back(control.id);
        return out;
    };
    EXPECT_THAT(ids({}), SizeIs(2));
    EXPECT_THAT(ids({.only_public = true}), ElementsAre(open));
    EXPECT_THAT(ids({.state = ControlState::draft}), ElementsAre(draft));
    EXPECT_THAT(ids({.subject = h.mate}), ElementsAre(draft));
    EXPECT_THAT(ids({.place = place}), SizeIs(2));
    EXPECT_THAT(ids({.text = "мобилділік"}), SizeIs(2));
    EXPECT_THAT(ids({.text = "саябақ"}), IsEmpty());
    const auto page = h.read([](auto& s) { return list_controls(s, {.limit = 1}); });
    EXPECT_THAT(page.rows, SizeIs(1));
    EXPECT_THAT(h.read([&](auto& s) { return list_controls(s, {.after = page.next, .limit = 1}).rows; }), SizeIs(1));
}

} // namespace
} // namespace adal::oversight
