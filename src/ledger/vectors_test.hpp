// ledger/vectors_test.hpp: test vectors of others and of this design, read from ADAL_SHARED when it
// is there.
#pragma once

#include "base/hash.hpp"
#include "base/json.hpp"
#include "ledger/durable_file.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>

namespace adal::ledger {

inline std::filesystem::path vector_path(const std::string& name)
{
    return test::shared_path("data/integrity/" + name).value_or("");
}

inline json::value read_json(const std::filesystem::path& file)
{
    auto value = parse_json(*read_file(file));
    if (!value) throw std::runtime_error(file.string());
    return std::move(*value);
}

inline std::string text(const json::value& object, std::string_view key)
{
    return std::string(*text_at(object, key));
}

inline std::string bytes(const json::value& object, std::string_view key)
{
    return *unbase64(text(object, key));
}

inline Hash hash_of(std::string_view base64_text)
{
    return *hash_from(*unbase64(base64_text));
}

} // namespace adal::ledger

#define ADAL_NEEDS_VECTORS(name)                                                                   \
    if (!std::filesystem::exists(adal::ledger::vector_path(name)))                                 \
    GTEST_SKIP() << adal::test::kNoSharedData
