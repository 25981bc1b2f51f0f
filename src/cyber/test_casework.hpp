// cyber/test_casework.hpp: what tests of the operations share: a database of each engine with a log, and results that must
// be there.
#pragma once

#include "base/result.hpp"
#include "cyber/cyber.hpp"
#include "ledger/ledger.hpp"
#include "ledger/ledger_invariants.hpp"
#include "people/people.hpp"
#include "support/support.hpp"

#include <gmock/gmock.h>
#include <stdexcept>
#include <string>

namespace adal::cyber {

template <typename T> std::string_view key_of(const Result<T>& result)
{
    return result ? std::string_view{} : result.error().code->key;
}

template <typename T> T must(Result<T> result)
{
    if (!result) throw std::runtime_error(std::string{result.error().code->key});
    return std::move(*result);
}

class WithLog : public test::BothEngines
{
protected:
    template <typename F> auto attempt(F f) { return db().write([&](storage::Transaction& tx) { return f(tx); }); }
    template <typename F> auto write(F f) { return must(attempt(f)); }
    template <typename F> auto read(F f) { return db().read([&](storage::Snapshot& s) { return f(s); }); }

    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        ledger::open_vault_in_memory();
        write([&](auto& tx) { return ledger::begin_log(tx, "log.test/adal", "log.test/adal+00000000+AAAA", clock); });
    }

    PersonId hire(people::Roles roles, int birth_year)
    {
        return write([&](auto& tx) { return people::create(tx, {.given_name = "Айша", .family_name = "Сынақова", .roles = roles, .birth_year = birth_year}, PersonId{}, clock); }).id;
    }
    void expect_invariants()
    {
        EXPECT_THAT(read([](auto& s) { return check_invariants(s); }), ::testing::IsEmpty());
        EXPECT_THAT(read([](auto& s) { return ledger::check_invariants(s); }), ::testing::IsEmpty());
    }

    Instant clock = *parse_instant("2026-03-10T10:00:00+05:00");
};

} // namespace adal::cyber
