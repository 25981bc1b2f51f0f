// The collection of hostile uploads among the shared data: each gets what its manifest says, nothing crashes,
// nothing needs much memory, and no derivative carries anything of the original but the picture.
#include "files/derive.hpp"

#include "base/json.hpp"
#include "files/codec.hpp"
#include "files/image_header.hpp"
#include "files/sandbox.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <sys/resource.h>

using namespace adal;
using namespace adal::files;

namespace {

struct Outcome {
    Result<StoredFile> result;
    std::string original{}, view{};
};

bool is_shown(const Outcome& outcome)
{
    return outcome.result && outcome.result->state == Derived::ok && !outcome.view.empty();
}
bool is_refused(const Outcome& outcome, const ProblemCode& code)
{
    return !outcome.result && outcome.result.error().is(code);
}

bool is_shown_upright(const Outcome& outcome)
{
    const auto stored = read_image_header(outcome.original);
    if (!is_shown(outcome) || !stored) return false;
    const auto& file = *outcome.result;
    const bool turned = file.exif.orientation >= 5;
    return file.width == static_cast<int>(turned ? stored->height : stored->width)
        && file.height == static_cast<int>(turned ? stored->width : stored->height);
}

using Check = bool (*)(const Outcome&);

// What each word of the manifest means here. A word that is missing fails the test.
const std::map<std::string, Check, std::less<>>& checks()
{
    const auto too_many_pixels = [](const Outcome& o) { return is_refused(o, photo_too_many_pixels); };
    const auto wrong_type = [](const Outcome& o) { return is_refused(o, photo_wrong_type); };
    const auto refused = [](const Outcome& o) { return is_refused(o, photo_wrong_type) || is_refused(o, photo_broken); };
    const auto anything = [](const Outcome&) { return true; }; // that it ended, and all that holds for every file
    static const std::map<std::string, Check, std::less<>> table{
        {"reject-413-pixels", too_many_pixels},
        {"reject-pixels", too_many_pixels},
        {"reject-type", wrong_type},
        {"reject-magic", wrong_type},
        {"reject", refused},
        {"no-crash", anything},
        {"reject-or-accept-no-crash", anything},
        {"accept-or-reject-bounded-memory", anything},
        {"accept", is_shown},
        {"derivative-has-0-metadata", is_shown},
        {"accept-original-as-bytes/derivative-clean",
         [](const Outcome& o) { return is_shown(o) && o.original.find("PK\x03\x04") != std::string::npos; }},
        {"derivative upright, tag removed", is_shown_upright},
        // Kept as the text it is; every view escapes by type (http/html.hpp).
        {"text-escaped", [](const Outcome& o) { return is_shown(o) && o.result->exif.camera.find('\0') == std::string::npos; }},
        {"flag: no capture time", [](const Outcome& o) { return is_shown(o) && o.result->exif.taken_at.empty(); }},
    };
    return table;
}

// What holds for every upload, whatever the manifest says.
void check_always(const Outcome& outcome, const Store& store)
{
    if (!outcome.result) return;
    EXPECT_EQ(store.read_original(outcome.result->sha256), outcome.original);
    EXPECT_EQ(outcome.result->sha256, sha256(outcome.original));
    if (outcome.result->state != Derived::ok) return;
    EXPECT_TRUE(is_bare_jpeg(outcome.view)); // no Exif, XMP, ICC, comment, thumbnail, nothing behind the end
    EXPECT_TRUE(decode_jpeg(outcome.view, kViewSide));
    for (const auto* trace : {"Exif", "<script", "PK\x03\x04", "GPS", "SERIAL"})
        EXPECT_EQ(outcome.view.find(trace), std::string::npos) << trace;
}

TEST(BadUploads, get_what_the_manifest_says)
{
    const auto manifest = adal::test::shared_path("integrity/bad-uploads/MANIFEST.json");
    if (!manifest) GTEST_SKIP() << adal::test::kNoSharedData;
    const auto uploads = std::filesystem::path(*manifest).parent_path();
    adal::test::TestDatabase database;
    const adal::test::TempDir folder;
    const Store store(folder.path(), std::filesystem::read_symlink("/proc/self/exe").string());
    const auto list = parse_json(adal::test::read_file(*manifest)).value();
    for (const auto& entry : list.as_array()) {
        const std::string name(text_at(entry, "file").value()), expected(text_at(entry, "expect").value());
        SCOPED_TRACE(name + ": " + expected);
        Outcome outcome{.result = fail(not_found), .original = adal::test::read_file((uploads / name).string())};
        outcome.result = database.db().write([&](storage::Transaction& tx) {
            return store.add_photo(tx, (uploads / name).string(), name, Instant{1});
        });
        if (outcome.result && outcome.result->state == Derived::ok)
            outcome.view = store.read_view(outcome.result->sha256);
        const auto check = checks().find(expected);
        ASSERT_NE(check, checks().end());
        EXPECT_TRUE(check->second(outcome)) << (outcome.result ? text(outcome.result->state)
                                                               : outcome.result.error().code->key);
        check_always(outcome, store);
        std::printf("%-32s %-44s %s\n", name.c_str(), expected.c_str(),
                    std::string(outcome.result ? text(outcome.result->state) : outcome.result.error().code->key).c_str());
    }
    rusage children{};
    getrusage(RUSAGE_CHILDREN, &children);
    std::printf("largest worker: %ld MB\n", children.ru_maxrss / 1024);
    if (!kSanitizedBuild) {
        EXPECT_LT(children.ru_maxrss, 128 * 1024);
    }
}

} // namespace
