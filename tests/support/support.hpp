// support/support.hpp: what tests share: a temporary folder, a database on either engine, golden files, and
// where the shared data is. Only tests include it.
//
// A suite over both engines:
//
//   class PersonStore : public adal::test::BothEngines {};
//   ADAL_BOTH_ENGINES(PersonStore);
//   TEST_P(PersonStore, keeps_a_name_as_written) { … db.write(…) … }
//
// Its instances are named …/Sqlite and …/Postgres. The second needs ADAL_TEST_POSTGRES, the address of a server
// where databases may be created, and skips without it.
#pragma once

#include "storage/storage.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adal::test {

// A folder that goes away with the object.
class TempDir
{
public:
    TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    ~TempDir();
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::string operator/(std::string_view name) const { return m_path + "/" + std::string(name); }

private:
    std::string m_path;
};

enum class Migrated { yes, no };

// A fresh database that goes away with the object.
class TestDatabase
{
public:
    explicit TestDatabase(storage::Engine engine = storage::Engine::sqlite, Migrated migrated = Migrated::yes);
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    storage::Database& db() { return *m_db; }
    [[nodiscard]] const std::string& address() const { return m_address; }
    void close() { m_db.reset(); }
    void reopen(); // the same database by a new Database object

private:
    TempDir m_folder;
    std::string m_address, m_postgres_name;
    std::optional<storage::Database> m_db;
};

// Nothing when ADAL_TEST_POSTGRES is not set.
std::optional<std::string> postgres_server();

class BothEngines : public ::testing::TestWithParam<storage::Engine>
{
protected:
    void SetUp() override;
    storage::Database& db() { return database->db(); }
    std::unique_ptr<TestDatabase> database;
};

std::string engine_name(const ::testing::TestParamInfo<storage::Engine>& info);

// Compares with the file `path` below the root of the repository. With ADAL_ACCEPT=1 writes the file and
// marks the test as skipped, so that accepting never looks like passing.
void expect_golden(const std::string& path, std::string_view actual);

// The root of the repository (tests run there).
std::string repository_path(std::string_view path);

// A file of the shared data, or nothing when it is not here: then GTEST_SKIP() << kNoSharedData.
std::optional<std::string> shared_path(std::string_view path);
inline constexpr const char* kNoSharedData = "the shared data is not here (set ADAL_SHARED)";

std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

} // namespace adal::test

#define ADAL_BOTH_ENGINES(suite)                                                                   \
    INSTANTIATE_TEST_SUITE_P(On, suite,                                                            \
                             ::testing::Values(::adal::storage::Engine::sqlite,                    \
                                               ::adal::storage::Engine::postgres),                 \
                             ::adal::test::engine_name)
