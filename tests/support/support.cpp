#include "support/support.hpp"

#include "base/hash.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace adal::test {
namespace {

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

// The same server, another database: replaces the path of a postgresql:// address.
std::string with_database(const std::string& server, const std::string& name)
{
    const auto host = server.find("://") == std::string::npos ? 0 : server.find("://") + 3;
    const auto query = std::min(server.find('?', host), server.size());
    const auto slash = std::min(server.find('/', host), query);
    return server.substr(0, slash) + "/" + name + server.substr(query);
}

// CREATE DATABASE may not run inside a transaction: a connection of its own through the storage room's
// own door would open one, so the tool that comes with the server does it.
void administer(const std::string& server, const std::string& sql)
{
    const std::string command = "psql --no-psqlrc -q -v ON_ERROR_STOP=1 -d '" + server + "' -c \"" + sql
        + "\" > /dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("psql failed: " + sql);
}

} // namespace

TempDir::TempDir() : m_path((std::filesystem::temp_directory_path() / "adal-test-XXXXXX").string())
{
    if (mkdtemp(m_path.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

TempDir::~TempDir()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

TestDatabase::TestDatabase(storage::Engine engine, Migrated migrated)
{
    if (engine == storage::Engine::postgres) {
        const auto server = postgres_server().value();
        m_postgres_name = "adal_test_" + hex(random_bytes(8));
        administer(server, "CREATE DATABASE " + m_postgres_name
                               + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        m_address = with_database(server, m_postgres_name);
    } else {
        m_address = "sqlite:" + m_folder / "test.db";
    }
    reopen();
    if (migrated == Migrated::yes) m_db->migrate();
}

TestDatabase::~TestDatabase()
{
    m_db.reset();
    if (m_postgres_name.empty()) return;
    try {
        administer(postgres_server().value(), "DROP DATABASE IF EXISTS " + m_postgres_name + " WITH (FORCE)");
    } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
    }
}

void TestDatabase::reopen()
{
    m_db.reset();
    m_db.emplace(storage::Database::open(m_address));
}

std::optional<std::string> postgres_server()
{
    const auto server = environment("ADAL_TEST_POSTGRES");
    if (server.empty()) return std::nullopt;
    return server;
}

void BothEngines::SetUp()
{
    if (GetParam() == storage::Engine::postgres && !postgres_server())
        GTEST_SKIP() << "no PostgreSQL server for tests (set ADAL_TEST_POSTGRES)";
    database = std::make_unique<TestDatabase>(GetParam());
}

std::string engine_name(const ::testing::TestParamInfo<storage::Engine>& info)
{
    return info.param == storage::Engine::sqlite ? "Sqlite" : "Postgres";
}

void expect_golden(const std::string& path, std::string_view actual)
{
    const auto file = repository_path(path);
    if (environment("ADAL_ACCEPT") == "1") {
        std::filesystem::create_directories(std::filesystem::path(file).parent_path());
        write_file(file, actual);
        GTEST_SKIP() << "accepted " << path;
    }
    ASSERT_TRUE(std::filesystem::exists(file)) << path << " is missing; run once with ADAL_ACCEPT=1";
    EXPECT_EQ(read_file(file), actual) << path << " differs; if that is meant, run with ADAL_ACCEPT=1";
}

std::string repository_path(std::string_view path)
{
    // This file is <root>/tests/support/support.cpp.
    const auto root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
    return (root / path).string();
}

std::optional<std::string> shared_path(std::string_view path)
{
    const auto given = environment("ADAL_SHARED");
    const auto root = given.empty() ? std::filesystem::path(repository_path("../shared")) : std::filesystem::path(given);
    const auto full = root / path;
    if (std::filesystem::exists(full)) return full.string();
    const auto data = root / "data" / path;
    if (std::filesystem::exists(data)) return data.string();
    return std::nullopt;
}

std::string read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

void write_file(const std::string& path, std::string_view bytes)
{
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

} // namespace adal::test
