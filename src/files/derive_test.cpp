// Turning strangers' pictures into what may be shown, in the real sandboxed worker.
#include "files/derive.hpp"

#include "base/text.hpp"
#include "files/codec.hpp"
#include "files/image_header.hpp"
#include "files/sandbox.hpp"
#include "files/test_pictures.hpp"
#include "files/worker.hpp"
#include "support/support.hpp"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace adal;
using namespace adal::files;
using adal::files::test::quarters;
using adal::files::test::with_exif;

namespace {

Derivatives in_worker(std::string_view bytes)
{
    const adal::test::TempDir folder;
    adal::test::write_file(folder / "picture", bytes);
    return decode_in_worker(std::filesystem::read_symlink("/proc/self/exe").string(), folder / "picture");
}

// The colour in the middle of each quarter, as letters.
std::string corners(const std::string& jpeg)
{
    const auto picture = decode_jpeg(jpeg, kViewSide);
    if (!picture) return "undecodable";
    const auto letter = [&](int x, int y) {
        const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture->size.width)
                         + static_cast<std::size_t>(x)) * 3;
        const auto on = [&](std::size_t c) { return picture->rgb[at + c] > 127; };
        const int bits = (on(0) ? 1 : 0) + (on(1) ? 2 : 0) + (on(2) ? 4 : 0);
        return "krgybmcw"[bits];
    };
    const auto [w, h] = picture->size;
    return {letter(w / 4, h / 4), letter(w * 3 / 4, h / 4), letter(w / 4, h * 3 / 4), letter(w * 3 / 4, h * 3 / 4)};
}

TEST(Deriving, turns_pictures_upright)
{
    // The stored picture is r g / b w; what orientation n makes of it (CIPA DC-008 §4.6.4).
    const std::vector<std::string> seen{"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
    const auto stored = *encode_jpeg(quarters({120, 80}), 95);
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const auto made = in_worker(with_exif(stored, adal::files::test::exif_block(orientation)));
        ASSERT_EQ(made.state, Derived::ok) << orientation;
        EXPECT_EQ(made.exif.orientation, orientation);
        EXPECT_EQ(made.width, orientation < 5 ? 120 : 80);
        EXPECT_EQ(corners(made.view), seen[static_cast<std::size_t>(orientation) - 1]) << orientation;
    }
}

TEST(Deriving, tells_what_the_camera_claims_and_shows_none_of_it)
{
    const auto bytes = with_exif(*encode_jpeg(quarters({120, 80}), 95), adal::files::test::exif_block(1));
    const auto made = in_worker(bytes);
    ASSERT_EQ(made.state, Derived::ok);
    ASSERT_TRUE(made.exif.latitude && made.exif.longitude);
    EXPECT_NEAR(*made.exif.latitude, 43.0 + 14.0 / 60 + 30.0 / 3600, 1e-9);
    EXPECT_NEAR(*made.exif.longitude, 76.0 + 57.0 / 60 + 12.0 / 3600, 1e-9);
    EXPECT_EQ(made.exif.taken_at, "2026:09:01 10:20:30");
    EXPECT_EQ(made.exif.camera, "TestMaker TM-1");
    for (const auto& shown : {made.view, made.thumbnail}) {
        EXPECT_TRUE(is_bare_jpeg(shown));
        for (const auto* secret : {"Exif", "SERIAL", "Owner", "TestMaker", "2026:09"})
            EXPECT_EQ(shown.find(secret), std::string::npos) << secret;
    }
}

TEST(Deriving, reads_png_and_webp)
{
    const auto picture = quarters({120, 80});
    EXPECT_EQ(corners(in_worker(adal::files::test::png_of(picture)).view), "rgbw");
    EXPECT_EQ(corners(in_worker(adal::files::test::png_of(picture, true)).view), "rgbw"); // interlaced
    EXPECT_EQ(corners(in_worker(adal::files::test::png_of(picture, false, true)).view), "wwww"); // transparent
    EXPECT_EQ(corners(in_worker(adal::files::test::webp_of(picture)).view), "rgbw");
    const auto large = in_worker(adal::files::test::webp_of(quarters({2000, 1000})));
    EXPECT_EQ(large.width, 1600);
    EXPECT_EQ(corners(large.view), "rgbw");
}

TEST(Deriving, says_undecodable_of_damage_at_every_place)
{
    const auto picture = quarters({64, 48});
    for (const auto& whole : {*encode_jpeg(picture, 80), adal::files::test::png_of(picture),
                              adal::files::test::webp_of(picture)}) {
        for (std::size_t cut = 0; cut < whole.size(); cut += 1 + whole.size() / 150)
            EXPECT_NE(derive(whole.substr(0, cut)).state, Derived::ok) << cut << " of " << whole.size();
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 150) {
            auto damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            const auto made = derive(damaged); // whatever it is, it is consistent
            EXPECT_EQ(made.state == Derived::ok, is_bare_jpeg(made.view));
        }
    }
}

TEST(WorkerAnswer, is_read_back_as_it_was_written)
{
    const auto made = derive(with_exif(*encode_jpeg(quarters({120, 80}), 95), adal::files::test::exif_block(3)));
    const auto read = parse_answer(write_answer(made));
    EXPECT_EQ(read.state, Derived::ok);
    EXPECT_EQ(read.view, made.view);
    EXPECT_EQ(read.thumbnail, made.thumbnail);
    EXPECT_EQ(read.exif.latitude, made.exif.latitude);
    EXPECT_EQ(read.exif.orientation, 3);
}

TEST(WorkerAnswer, of_a_taken_over_worker_is_not_believed)
{
    const auto made = derive(*encode_jpeg(quarters({120, 80}), 95));
    const auto refused = [](const Derivatives& lie) { return parse_answer(write_answer(lie)).state != Derived::ok; };
    const auto changed = [&](auto change) {
        auto lie = made;
        change(lie);
        return refused(lie);
    };
    EXPECT_FALSE(refused(made));
    EXPECT_TRUE(changed([](Derivatives& d) { d.view = "<script>"; }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.view += "PK\x03\x04"; }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.thumbnail.clear(); }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.view = with_exif(d.view, adal::files::test::exif_block(1)); }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.thumbnail = *encode_jpeg(quarters({400, 400}), 80); }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.exif.latitude = 91; }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.exif.latitude = 43; }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.exif.orientation = 9; }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.exif.taken_at = "yesterday"; }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.exif.camera = std::string(300, 'x'); }));
    EXPECT_TRUE(changed([](Derivatives& d) { d.state = Derived::none; }));
    for (const auto* nonsense : {"", "{}\n", "[]\n", "\n", "{\"state\":\"ok\",\"view\":-1,\"thumbnail\":1}\nxx"})
        EXPECT_NE(parse_answer(nonsense).state, Derived::ok) << nonsense;
}

// How a process ends that tries `act` after the sandbox is closed.
int end_of(const std::function<void()>& act)
{
    const auto child = ::fork();
    if (child == 0) {
        if (!enter_sandbox(8ull << 30)) ::_exit(9);
        act();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

TEST(Sandbox, kills_whatever_is_not_reading_thinking_or_answering)
{
    if (kSanitizedBuild) GTEST_SKIP() << "a sanitizer needs the calls that the sandbox forbids";
    EXPECT_EQ(end_of([] { std::vector<char> memory(10 << 20, 'x'); }), 0);
    EXPECT_EQ(end_of([] { ::open("/etc/passwd", O_RDONLY); }), SIGSYS);
    EXPECT_EQ(end_of([] { ::socket(AF_INET, SOCK_STREAM, 0); }), SIGSYS);
    EXPECT_EQ(end_of([] { ::fork(); }), SIGSYS);
    EXPECT_EQ(end_of([] { ::execl("/bin/true", "true", nullptr); }), SIGSYS);
    EXPECT_EQ(end_of([] { ::kill(::getppid(), 0); }), SIGSYS);
    EXPECT_EQ(end_of([] { static_cast<void>(!::write(2, "x", 1)); }), SIGSYS);
    EXPECT_EQ(end_of([] {
        ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    }), SIGSYS);
}

} // namespace
