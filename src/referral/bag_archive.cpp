#include "referral/bag_archive.hpp"

#include "referral/bag_text.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

namespace bag_unpacking {

namespace fs = std::filesystem;

tl::unexpected<Problem> refuse_archive(std::string_view reason, std::string_view file)
{
    return fail(archive_bad, {{"reason", std::string{reason}}, {"file", std::string{file}}});
}

Result<Done> unpack_entry(archive* reader, archive_entry* entry, const fs::path& folder,
                          std::uint64_t& left)
{
    const char* raw = archive_entry_pathname_utf8(entry);
    if (raw == nullptr) raw = archive_entry_pathname(entry);
    std::string path{raw == nullptr ? "" : raw};
    while (path.starts_with("./"))
        path.erase(0, 2);
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return path.empty() || !leads_out_of_bag(path)
                   ? done()
                   : Result<Done>{refuse_archive("archive_path", path)};
    if (leads_out_of_bag(path)) return refuse_archive("archive_path", path);
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr)
        return refuse_archive("archive_kind", path);
    const auto target = folder / path;
    if (fs::exists(fs::symlink_status(target))) return refuse_archive("archive_twice", path);
    fs::create_directories(target.parent_path());
    std::ofstream out{target, std::ios::binary};
    std::vector<char> piece(1u << 18);
    for (;;) {
        const auto got = archive_read_data(reader, piece.data(), piece.size());
        if (got < 0) return refuse_archive("archive_damaged", path);
        if (got == 0) break;
        if (static_cast<std::uint64_t>(got) > left)
            return refuse_archive("archive_too_large", path);
        left -= static_cast<std::uint64_t>(got);
        out.write(piece.data(), got);
    }
    out.close();
    if (!out) throw std::runtime_error("cannot write " + target.string());
    return done();
}

} // namespace bag_unpacking

Result<std::filesystem::path> unpack_bag(const std::filesystem::path& file,
                                         const std::filesystem::path& folder,
                                         const ArchiveLimits& limits)
{
    namespace fs = std::filesystem;
    const std::unique_ptr<archive, decltype(&archive_read_free)> reader{archive_read_new(),
                                                                        archive_read_free};
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_xz(reader.get());
    if (archive_read_open_filename(reader.get(), file.c_str(), 1u << 18) != ARCHIVE_OK)
        return bag_unpacking::refuse_archive("archive_unknown", file.filename().string());
    auto left = limits.bytes;
    std::size_t files = 0;
    for (;;) {
        archive_entry* entry = nullptr;
        const auto result = archive_read_next_header(reader.get(), &entry);
        if (result == ARCHIVE_EOF) break;
        if (result != ARCHIVE_OK)
            return bag_unpacking::refuse_archive("archive_damaged", file.filename().string());
        if (++files > limits.files)
            return bag_unpacking::refuse_archive("archive_too_many", file.filename().string());
        if (const auto unpacked = bag_unpacking::unpack_entry(reader.get(), entry, folder, left);
            !unpacked)
            return pass(unpacked);
    }
    if (fs::is_regular_file(folder / "bagit.txt")) return folder;
    // RFC 8493 §4.2: one folder at the top.
    std::vector<fs::path> tops;
    for (const auto& top : fs::directory_iterator{folder})
        tops.push_back(top.path());
    if (tops.size() == 1 && fs::is_directory(tops.front())) return tops.front();
    return bag_unpacking::refuse_archive("archive_no_bag", file.filename().string());
}

} // namespace adal::referral
