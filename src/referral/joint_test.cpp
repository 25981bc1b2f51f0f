#include "referral/joint_store.hpp"
#include "referral/test_path.hpp"

namespace adal::referral {
namespace {

class JointControlPath : public DocumentPath
{
protected:
    void SetUp() override
    {
        DocumentPath::SetUp();
        if (IsSkipped()) return;
        must(begin());
    }

    Result<JointControl> begin(std::string_view number = "12-7", LocalDate on = make_date(2026, 3, 2))
    {
        return db().write([&](storage::Transaction& tx) {
            return begin_joint_control(tx, {.control = at->control, .authority = authority, .number = std::string(number), .invited_on = on, .text = "Бірлескен бақылау"},
                                       at->coordinator, at->clock);
        });
    }

    Result<JointEntry> write_entry(Compartment compartment, std::string_view text)
    {
        return db().write([&](storage::Transaction& tx) { return write_joint_entry(tx, at->control, compartment, text, at->coordinator, at->clock); });
    }

    Result<JointEntry> agree_to(const JointEntry& entry, PersonId who, std::string_view post)
    {
        return db().write([&](storage::Transaction& tx) { return agree_joint_entry(tx, at->control, entry.id, post, who, at->clock); });
    }

    std::size_t readable(bool is_lawyer)
    {
        return db().read([&](storage::Snapshot& s) { return joint_entries(s, at->control, is_lawyer).size(); });
    }
};
ADAL_BOTH_ENGINES(JointControlPath);

TEST_P(JointControlPath, begins_once_by_an_invitation_of_an_authority_of_that_day)
{
    EXPECT_TRUE(begin().error().is(joint_already));
    EXPECT_TRUE(checked(JointControl{.number = " ", .invited_on = make_date(2026, 3, 2)}, make_date(2026, 3, 3)).error().is(joint_number_missing));
    EXPECT_TRUE(checked(JointControl{.number = "1", .invited_on = make_date(2026, 3, 4)}, make_date(2026, 3, 3)).error().is(joint_in_future));
}

TEST_P(JointControlPath, seals_a_shared_entry_when_somebody_else_says_that_both_agreed)
{
    const auto entry = must(write_entry(Compartment::shared, "Бірге қаралды"));
    EXPECT_TRUE(agree_to(entry, at->coordinator, "Аға инспектор").error().is(joint_own_entry));
    EXPECT_TRUE(agree_to(entry, at->lawyer, " ").error().is(joint_post_missing));
    const auto agreed = must(agree_to(entry, at->lawyer, "Аға инспектор"));
    EXPECT_TRUE(agreed.is_in_force());
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("joint_protocol"));
    EXPECT_THAT(newest_leaf(), ::testing::Not(::testing::HasSubstr(at->control.str())));
    EXPECT_TRUE(agree_to(entry, at->lawyer, "Аға инспектор").error().is(joint_agreed_already));
    EXPECT_THROW(db().write([&](storage::Transaction& tx) {
        tx.exec("update referral_joint_entries set text = 'x' where id = ?1", entry.id);
        return done();
    }),
                 storage::Error);
}

TEST_P(JointControlPath, keeps_the_compartments_apart)
{
    must(write_entry(Compartment::ours, "Өзіміздің жазба"));
    const auto secret = must(write_entry(Compartment::theirs, "Құпия берілген"));
    EXPECT_EQ(readable(false), 1u);
    EXPECT_EQ(readable(true), 2u);
    EXPECT_TRUE(agree_to(secret, at->lawyer, "Аға инспектор").error().is(joint_not_shared));
    EXPECT_TRUE(write_entry(Compartment::shared, " ").error().is(joint_text_missing));
    EXPECT_FALSE(may_read(Compartment::theirs, false));
    EXPECT_TRUE(may_read(Compartment::ours, false));
}

} // namespace
} // namespace adal::referral
