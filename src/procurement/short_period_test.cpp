// R003 over made-up sets: methods with their own lengths, holidays inside, some periods cut short on purpose.
#include "procurement/flag.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace adal::procurement {
namespace {

struct MadeMethod {
    const char* name;
    double least, spread; // days: the shortest honest one, the mean of what is above it
    int count;
};

struct MadeCalls {
    std::vector<Process> processes{};
    std::set<std::string> cut{};
};

// `uneven`: how far the spread of a method may lie from its own, by a factor.
MadeCalls make_calls(unsigned seed, double uneven, double share_cut)
{
    static constexpr MadeMethod kMethods[]{{"Открытый конкурс", 15, 3, 500}, {"Аукцион", 10, 2.5, 170},
                                           {"Конкурс с использованием рейтингово-балльной системы", 15, 3, 230},
                                           {"Запрос ценовых предложений", 3, 3, 1700}};
    static constexpr const char* kCategories[]{"goods", "works", "services"};
    std::mt19937 dice{seed};
    const auto unit = [&] { return static_cast<double>(dice()) / 4294967296.0; };
    const auto below = [&](unsigned limit) { return static_cast<unsigned>(dice() % limit); };
    MadeCalls made;
    for (const auto& method : kMethods) {
        const double spread = method.spread * std::pow(uneven, 2 * unit() - 1);
        for (int i = 0; i < method.count; ++i) {
            const bool is_cut = method.least > 5 && unit() < share_cut;
            const double days = is_cut ? 1 + 5 * unit() : method.least - spread * std::log(1 - unit());
            const LocalDate day = make_date(2023 + static_cast<int>(below(4)), 1 + below(12), 1 + below(28));
            const Instant start = start_of(day).plus(std::chrono::minutes{below(1440)});
            Process process{.ocid = std::to_string(made.processes.size())};
            process.status = "complete";
            process.method = "open";
            process.method_details = method.name;
            process.category = kCategories[below(3)];
            process.estimate = CurrencyAmount{100000, "KZT"};
            process.tender_period = {Moment{start}, Moment{start.plus(std::chrono::minutes{static_cast<std::int64_t>(days * 1440)})}};
            if (is_cut) made.cut.insert(process.ocid);
            made.processes.push_back(std::move(process));
        }
    }
    return made;
}

std::set<std::string> found_short(const std::vector<Process>& processes)
{
    auto flags = all_flags(Thresholds::standard());
    auto& flag = **std::ranges::find(flags, std::string_view{"R003"}, [](const auto& one) { return one->code(); });
    for (const auto& process : processes) flag.observe(process);
    flag.settle();
    std::set<std::string> found;
    for (const auto& process : processes)
        if (flag.judge(process).outcome == Outcome::fail) found.insert(process.ocid);
    return found;
}

class CutPeriods : public ::testing::TestWithParam<double> {};

TEST_P(CutPeriods, Are_found_and_hardly_anything_else)
{
    for (unsigned seed = 1; seed <= 6; ++seed) {
        const auto made = make_calls(seed, 1.5, GetParam());
        const auto found = found_short(made.processes);
        std::set<std::string> both;
        std::ranges::set_intersection(found, made.cut, std::inserter(both, both.end()));
        const auto part = [&](const std::set<std::string>& of) { return static_cast<double>(both.size()) / static_cast<double>(of.size()); };
        ASSERT_FALSE(made.cut.empty());
        EXPECT_GE(part(made.cut), 0.9) << "recall, seed " << seed;
        EXPECT_GE(part(found), 0.95) << "precision, seed " << seed << ": " << found.size() << " found";
    }
}

INSTANTIATE_TEST_SUITE_P(Shares, CutPeriods, ::testing::Values(0.02, 0.06, 0.2),
                         [](const auto& share) { return "of_" + std::to_string(static_cast<int>(share.param * 100)) + "_per_cent"; });

} // namespace
} // namespace adal::procurement
