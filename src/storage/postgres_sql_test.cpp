#include "storage/postgres_sql.hpp"

#include <gtest/gtest.h>

using namespace adal::storage;

namespace {

std::string text(std::string_view sql, std::vector<Value> values)
{
    return to_postgres(sql, values).text;
}

const Value one{std::int64_t{1}}, null{};

TEST(PostgresSqlText, numbers_parameters_in_order_of_use)
{
    const std::vector<Value> values{one, one, one};
    const auto sql = to_postgres("select ?3, ?1, ?3, ?2", values);
    EXPECT_EQ(sql.text, "select $1, $2, $1, $3");
    EXPECT_EQ(sql.used, (std::vector<std::size_t>{2, 0, 1}));
}

TEST(PostgresSqlText, writes_null_as_a_word)
{
    EXPECT_EQ(text("select ?1, ?2", {null, one}), "select NULL, $1");
}

TEST(PostgresSqlText, leaves_quotes_and_comments_alone)
{
    EXPECT_EQ(text("select '?1''?1', \"a?1\", ?1 -- it's ?2\n, /* ?3' */ ?1", {one}),
              "select '?1''?1', \"a?1\", $1 -- it's ?2\n, /* ?3' */ $1");
}

TEST(PostgresSqlText, refuses_numbers_that_do_not_match_the_values)
{
    EXPECT_THROW(text("select ?2", {one}), Error);
    EXPECT_THROW(text("select ?1", {one, one}), Error);
    EXPECT_THROW(text("select ?", {one}), Error);
    EXPECT_THROW(text("select ?0", {}), Error);
    EXPECT_THROW(text("select ?99999999999999999999999", {one}), Error);
    EXPECT_EQ(text("select 1", {}), "select 1");
}

} // namespace
