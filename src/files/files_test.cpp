#include "files/files.hpp"

#include "files/codec.hpp"
#include "files/image_header.hpp"
#include "files/test_pictures.hpp"
#include "support/support.hpp"

#include <filesystem>

using namespace adal;
using namespace adal::files;

namespace {

const Instant kNow{1'763'856'000'000};

std::string this_program()
{
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

std::string jpeg_of(Size size)
{
    return *encode_jpeg(files::test::quarters(size), 90);
}

class Files : public adal::test::BothEngines
{
protected:
    Result<StoredFile> add(std::string_view bytes, std::string_view name = "photo.jpg")
    {
        return db().write([&](storage::Transaction& tx) { return store.add_photo_bytes(tx, bytes, name, kNow); });
    }
    Result<StoredFile> add_document(std::string_view bytes)
    {
        return db().write([&](storage::Transaction& tx) { return store.add_document(tx, bytes, "letter.pdf", kNow); });
    }
    adal::test::TempDir folder;
    Store store{folder.path(), this_program()};
};
ADAL_BOTH_ENGINES(Files);

TEST_P(Files, keeps_a_photo_and_shows_a_smaller_one)
{
    const auto bytes = jpeg_of({2400, 1800});
    const auto added = add(bytes);
    ASSERT_TRUE(added);
    EXPECT_EQ(added->mime, "image/jpeg");
    EXPECT_EQ(added->state, Derived::ok);
    EXPECT_EQ(added->width, 1600);
    EXPECT_EQ(added->height, 1200);
    EXPECT_EQ(store.read_original(added->sha256), bytes);
    const auto view = read_image_header(store.read_view(added->sha256));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->width, 1600u);
    const auto thumbnail = read_image_header(adal::test::read_file(store.thumbnail_path(added->sha256)));
    EXPECT_EQ(thumbnail->width, 320u);
    EXPECT_EQ(thumbnail->height, 240u);
}

TEST_P(Files, finds_every_field_again)
{
    const auto added = add(files::test::with_exif(jpeg_of({64, 48}), files::test::exif_block(6)));
    ASSERT_TRUE(added);
    const auto found = db().read([&](storage::Snapshot& s) { return store.find(s, added->id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, added->id);
    EXPECT_EQ(found->sha256, added->sha256);
    EXPECT_EQ(found->size, added->size);
    EXPECT_EQ(found->mime, "image/jpeg");
    EXPECT_EQ(found->width, 48);
    EXPECT_EQ(found->height, 64);
    EXPECT_EQ(found->state, Derived::ok);
    EXPECT_EQ(found->exif.latitude, added->exif.latitude);
    EXPECT_EQ(found->exif.taken_at, "2026:09:01 10:20:30");
    EXPECT_EQ(found->exif.camera, "TestMaker TM-1");
    EXPECT_EQ(found->exif.orientation, 6);
    EXPECT_EQ(found->stored_at, kNow);
    EXPECT_FALSE(db().read([&](storage::Snapshot& s) { return store.find(s, FileId::make(kNow)); }));
}

TEST_P(Files, stores_the_same_bytes_once_and_two_rows)
{
    const auto bytes = jpeg_of({40, 30});
    const auto first = add(bytes), second = add(bytes);
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->id, second->id);
    EXPECT_EQ(first->sha256, second->sha256);
    EXPECT_EQ(second->state, Derived::ok);
    int originals = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "originals"))
        originals += entry.is_regular_file() ? 1 : 0;
    EXPECT_EQ(originals, 1);
}

TEST_P(Files, keeps_a_photo_that_cannot_be_decoded_as_evidence)
{
    auto bytes = jpeg_of({640, 480});
    bytes.resize(bytes.size() / 2);
    const auto added = add(bytes);
    ASSERT_TRUE(added);
    EXPECT_EQ(added->state, Derived::undecodable);
    EXPECT_EQ(added->width, 0);
    EXPECT_EQ(store.read_original(added->sha256), bytes);
    EXPECT_FALSE(std::filesystem::exists(store.view_path(added->sha256)));
}

TEST_P(Files, refuses_what_is_no_photo)
{
    const auto refusal = [&](std::string_view bytes) {
        const auto result = add(bytes, "бейне.mp4");
        EXPECT_FALSE(result);
        return result ? std::string("nothing") : std::string(result.error().code->key) + " " + result.error().params.at("name");
    };
    EXPECT_EQ(refusal(""), "file.photo_empty бейне.mp4");
    EXPECT_EQ(refusal("GIF89a"), "file.photo_wrong_type бейне.mp4");
    EXPECT_EQ(refusal("\xff\xd8\xff\xe0"), "file.photo_broken бейне.mp4");
    EXPECT_EQ(refusal(std::string(kMaxBytes + 1, 'x')), "file.photo_too_large бейне.mp4");
    EXPECT_FALSE(std::filesystem::exists(folder / "originals"));
}

TEST_P(Files, reads_a_photo_from_a_file)
{
    const auto bytes = jpeg_of({40, 30});
    adal::test::write_file(folder / "upload", bytes);
    const auto added = db().write([&](storage::Transaction& tx) {
        return store.add_photo(tx, folder / "upload", "photo.jpg", kNow);
    });
    ASSERT_TRUE(added);
    EXPECT_EQ(store.read_original(added->sha256), bytes);
    std::filesystem::resize_file(folder / "upload", kMaxBytes + 100);
    const auto large = db().write([&](storage::Transaction& tx) {
        return store.add_photo(tx, folder / "upload", "photo.jpg", kNow);
    });
    ASSERT_FALSE(large);
    EXPECT_TRUE(large.error().is(photo_too_large));
}

TEST_P(Files, keeps_documents_by_their_first_bytes)
{
    EXPECT_EQ(add_document("%PDF-1.7\n…")->mime, "application/pdf");
    EXPECT_EQ(add_document("Жауап хат: жөндеу аяқталды.\r\n")->mime, "text/plain");
    EXPECT_EQ(add_document(jpeg_of({40, 30}))->mime, "image/jpeg");
    const auto kept = add_document("%PDF-1.7\n…");
    EXPECT_EQ(kept->state, Derived::none);
    EXPECT_EQ(store.read_original(kept->sha256), "%PDF-1.7\n…");
    EXPECT_TRUE(add_document("").error().is(document_empty));
    EXPECT_TRUE(add_document("\x7f" "ELF").error().is(document_wrong_type));
    EXPECT_TRUE(add_document("\xff\xfe").error().is(document_wrong_type));
    EXPECT_TRUE(add_document(std::string(kMaxBytes + 1, 'x')).error().is(document_too_large));
}

TEST_P(Files, collects_only_what_no_row_names_and_is_old)
{
    const auto kept = add(jpeg_of({40, 30}));
    const auto lost = jpeg_of({30, 40});
    Hash orphan{};
    const auto rolled_back = db().write([&](storage::Transaction& tx) -> Result<int> {
        orphan = store.add_photo_bytes(tx, lost, "photo.jpg", kNow)->sha256;
        return fail(not_allowed);
    });
    ASSERT_TRUE(kept && !rolled_back);
    EXPECT_EQ(store.collect(db(), adal::now()), 0); // young: its row may still come
    ASSERT_TRUE(std::filesystem::exists(store.original_path(orphan)));
    EXPECT_EQ(store.collect(db(), adal::now().plus(std::chrono::hours{2})), 1);
    EXPECT_FALSE(std::filesystem::exists(store.original_path(orphan)));
    EXPECT_FALSE(std::filesystem::exists(store.view_path(orphan)));
    EXPECT_FALSE(std::filesystem::exists(store.thumbnail_path(orphan)));
    EXPECT_TRUE(std::filesystem::exists(store.original_path(kept->sha256)));
    EXPECT_TRUE(std::filesystem::exists(store.view_path(kept->sha256)));
    EXPECT_EQ(store.collect(db(), adal::now().plus(std::chrono::hours{2})), 0);
}

TEST_P(Files, does_not_record_a_file_that_was_collected_meanwhile)
{
    const auto prepared = store.prepare_photo(jpeg_of({40, 30}), "photo.jpg");
    ASSERT_TRUE(prepared);
    EXPECT_EQ(store.collect(db(), adal::now().plus(std::chrono::hours{2})), 1);
    EXPECT_THROW(db().write([&](storage::Transaction& tx) -> Result<StoredFile> {
        return store.record(tx, *prepared, kNow);
    }), std::runtime_error);
}

TEST_P(Files, makes_a_lost_derivative_again)
{
    const auto bytes = jpeg_of({40, 30});
    const auto first = add(bytes);
    std::filesystem::remove_all(folder / "derived");
    const auto second = add(bytes);
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(std::filesystem::exists(store.view_path(second->sha256)));
}

TEST_P(Files, says_when_no_worker_can_be_run)
{
    const Store broken(folder.path(), "/nonexistent/adal");
    EXPECT_THROW(broken.prepare_photo(jpeg_of({40, 30}), "photo.jpg"), std::runtime_error);
    const Store forking(folder.path(), "");
    EXPECT_EQ(forking.prepare_photo(jpeg_of({40, 30}), "photo.jpg")->state, Derived::ok);
}

} // namespace
