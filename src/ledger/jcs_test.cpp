#include "ledger/jcs.hpp"

#include "ledger/vectors_test.hpp"

namespace adal::ledger {
namespace {

std::string canonical(std::string_view text)
{
    return jcs_text(parse_json(text).value());
}

// RFC 8785 appendix B and the borders of ECMAScript's number format.
TEST(Jcs, Numbers_are_written_as_ECMAScript_writes_them)
{
    EXPECT_EQ(canonical("-0.0"), "0");
    EXPECT_EQ(canonical("5e-324"), "5e-324");
    EXPECT_EQ(canonical("1.7976931348623157e308"), "1.7976931348623157e+308");
    EXPECT_EQ(canonical("9007199254740992.0"), "9007199254740992");
    EXPECT_EQ(canonical("295147905179352830000"), "295147905179352830000");
    EXPECT_EQ(canonical("1e21"), "1e+21");
    EXPECT_EQ(canonical("1e-6"), "0.000001");
    EXPECT_EQ(canonical("1e-7"), "1e-7");
    EXPECT_EQ(canonical("333333333.3333332"), "333333333.3333332");
    EXPECT_EQ(canonical("-1.5"), "-1.5");
    EXPECT_EQ(canonical("100"), "100");
}

TEST(Jcs, Keys_are_sorted_by_UTF_16_units)
{
    EXPECT_EQ(canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5}"),
              "{\"\\r\":2,\"1\":4,\"\u20ac\":1,\"\U0001F600\":5,\"\ufb33\":3}");
}

TEST(Jcs, The_vectors_of_the_RFC_s_author_hold)
{
    ADAL_NEEDS_VECTORS("jcs");
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(vector_path("jcs/input"))) {
        const auto wanted = *read_file(vector_path("jcs/output") / entry.path().filename());
        EXPECT_EQ(canonical(*read_file(entry.path())), wanted) << entry.path().filename();
        ++count;
    }
    EXPECT_EQ(count, 4);
}

} // namespace
} // namespace adal::ledger
