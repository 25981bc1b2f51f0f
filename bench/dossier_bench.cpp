// dossier_bench [PHOTOS [MB]]: a dossier of so many originals of so many megabytes each, written as
// a folder and as a ZIP, then judged and unpacked. Without a database: gathering one photo costs a
// few queries and two short hashes.
#include "referral/bag_archive.hpp"
#include "referral/dossier_bag.hpp"
#include "referral/dossier_check.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sys/resource.h>

namespace {

using namespace adal;
namespace fs = std::filesystem;

double cpu_seconds(const rusage& usage)
{
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename F>
void measure(std::string_view what, F f)
{
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    const auto begin = std::chrono::steady_clock::now();
    f();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    getrusage(RUSAGE_SELF, &after);
    fmt::print("{:<24} {:6.2f} s   {:6.2f} s of CPU   {:4} MB\n", what, took.count(),
               cpu_seconds(after) - cpu_seconds(before), after.ru_maxrss / 1024);
}

referral::Dossier dossier_of(int photos, std::size_t bytes, const fs::path& folder)
{
    referral::Dossier out{.identifier = "adal:case:bench", .origin = "bench.example/log"};
    for (int n = 1; n <= photos; ++n) {
        const auto photo = random_bytes(bytes);
        const auto path = folder / fmt::format("{:04}.jpg", n);
        std::ofstream{path, std::ios::binary} << photo;
        out.parts.push_back({.path = fmt::format("data/evidence/{:04}-original.jpg", n),
                             .source = path.string(),
                             .sha256 = sha256(photo)});
    }
    return out;
}

} // namespace

int main(int argc, char** argv)
{
    const int photos = argc > 1 ? std::atoi(argv[1]) : 200;
    const std::size_t megabytes = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 4;
    const auto folder =
        fs::temp_directory_path() / fmt::format("adal-dossier-bench-{}", hex(random_bytes(4)));
    fs::create_directories(folder / "originals");
    const auto dossier = dossier_of(photos, megabytes << 20, folder / "originals");
    const auto key = ledger::SigningKey::make("bench.example/log/dossier");
    const referral::Bagging bagging{.date = make_date(2026, 3, 20), .key = key};
    bool is_good = true;
    measure("written as a folder", [&] {
        is_good = referral::write_dossier_folder(dossier, bagging, folder / "bag").has_value();
    });
    measure("written as a ZIP", [&] {
        is_good = is_good &&
                  referral::write_dossier_zip(dossier, bagging, folder / "bag.zip").has_value();
    });
    measure("judged",
            [&] { is_good = is_good && !referral::check_dossier(folder / "bag", {}).is_broken(); });
    fs::create_directories(folder / "unpacked");
    measure("unpacked", [&] {
        is_good =
            is_good && referral::unpack_bag(folder / "bag.zip", folder / "unpacked").has_value();
    });
    fs::remove_all(folder);
    return is_good ? 0 : 1;
}
