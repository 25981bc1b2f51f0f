#include "auth/passphrase.hpp"

#include "base/text.hpp"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace adal::auth {
namespace {

std::string_view refusal(std::string_view typed)
{
    const auto answer = may_be_passphrase(typed, {"Мадияр", "Серікұлы", "madiyar"});
    return answer ? "" : answer.error().code->key;
}

TEST(Passphrase, IsTakenAsTypedFrom8To128Letters)
{
    EXPECT_EQ(refusal("үйінде жеті бөрік"), "");
    EXPECT_EQ(refusal("жеті бө"), passphrase_short.key);
    EXPECT_EQ(refusal("жеті бөр"), ""); // eight letters, fifteen bytes
    std::string longest;
    for (int i = 0; i < 16; ++i) longest += "қарлығаш"; // 128 letters
    EXPECT_EQ(refusal(longest.substr(0, longest.size() - 2) + "z"), "");
    EXPECT_EQ(refusal(longest + "z"), passphrase_long.key);
    EXPECT_EQ(refusal("\xff\xfe\xff\xfe\xff\xfe\xff\xfe"), bad_field.key);
}

TEST(Passphrase, CommonOnesAreRefusedInThreeLanguages)
{
    for (const auto* typed : {"password", "Password2026!", "құпиясөз", "Құпиясөз1", "парольпароль", "йцукенгшщз",
                              "Қазақстан2026", "qwertyuiop", "12345678", "87654321", "аааааааа", "абвабвабв", "passwordpassword",
                              "ТаңшолпанТаңшолпан"})
        EXPECT_EQ(refusal(typed), passphrase_common.key) << typed;
}

TEST(Passphrase, OwnNameIsNotASecret)
{
    EXPECT_EQ(refusal("madiyar1"), passphrase_personal.key);
    EXPECT_EQ(refusal("МАДИЯР2008"), passphrase_personal.key);
    EXPECT_EQ(refusal("мадияр серікұлы"), passphrase_personal.key);
    EXPECT_EQ(refusal("мадияр таудан көк қозы айдады"), "");
}

TEST(Passphrase, MadeOnesAreFiveKazakhWordsOfAtLeast45Bits)
{
    EXPECT_GE(passphrase_bits(), 45.0);
    std::set<std::string> seen;
    for (int i = 0; i < 50; ++i) {
        const auto made = make_passphrase();
        EXPECT_EQ(split(made, ' ').size(), 5U);
        EXPECT_EQ(refusal(made), "") << made;
        seen.insert(made);
    }
    EXPECT_EQ(seen.size(), 50U);
}

TEST(Hasher, VerifiesWhatItHashed)
{
    Hasher hasher;
    const auto hash = hasher.hash("жеті бөрік");
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    EXPECT_TRUE(*hasher.verify(&*hash, "жеті бөрік"));
    EXPECT_FALSE(*hasher.verify(&*hash, "жеті борік"));
    EXPECT_NE(*hash, *hasher.hash("жеті бөрік"));
}

// Not a measurement: only that the work is done. A skipped hash takes microseconds, a hash takes 100 ms.
TEST(Hasher, AnUnknownPersonCostsAsMuchAsAWrongPassphrase)
{
    Hasher hasher;
    const auto hash = hasher.hash("жеті бөрік");
    const auto time = [&](const std::string* stored) {
        const auto began = std::chrono::steady_clock::now();
        EXPECT_FALSE(*hasher.verify(stored, "басқа бірдеңе"));
        return std::chrono::steady_clock::now() - began;
    };
    auto known = time(&*hash), unknown = time(nullptr);
    for (int i = 0; i < 2; ++i) {
        known = std::min(known, time(&*hash));
        unknown = std::min(unknown, time(nullptr));
    }
    EXPECT_LT(unknown, known * 4);
    EXPECT_LT(known, unknown * 4);
}

TEST(Hasher, AFullQueueIsRefusedAtOnce)
{
    Hasher hasher{1, 1};
    std::atomic<int> refused = 0, done = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            const auto answer = hasher.verify(nullptr, "жеті бөрік");
            if (answer) ++done;
            else if (answer.error().is(busy)) ++refused;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done + refused, 8);
    EXPECT_GE(done, 2);
    EXPECT_GE(refused, 1);
    EXPECT_FALSE(*hasher.verify(nullptr, "кейін қайта")); // the places are free again
}

} // namespace
} // namespace adal::auth
