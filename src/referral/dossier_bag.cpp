#include "referral/dossier_bag.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <openssl/evp.h>
#include <stdexcept>

namespace adal::referral {

namespace dossier_writing {

namespace fs = std::filesystem;

// Where the files of a bag go, one after the other.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void begin(const std::string& path, std::uint64_t size) = 0;
    virtual void write(std::string_view bytes) = 0;
    virtual void end() = 0;
    virtual void finish() = 0;
};

class FolderSink final : public Sink {
public:
    explicit FolderSink(fs::path folder) : m_folder(std::move(folder))
    {
        fs::create_directories(m_folder);
    }
    void begin(const std::string& path, std::uint64_t) override
    {
        const auto file = m_folder / path;
        fs::create_directories(file.parent_path());
        m_out.open(file, std::ios::binary | std::ios::trunc);
        check(path);
    }
    void write(std::string_view bytes) override
    {
        m_out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    void end() override
    {
        m_out.close();
        check("a file of the dossier");
    }
    void finish() override {}

private:
    void check(const std::string& what) const
    {
        if (!m_out) throw std::runtime_error("cannot write " + what);
    }
    fs::path m_folder;
    std::ofstream m_out{};
};

class ZipSink final : public Sink {
public:
    ZipSink(const fs::path& file, std::string root, std::int64_t seconds)
        : m_root(std::move(root)), m_seconds(seconds)
    {
        check(archive_write_set_format_zip(m_archive.get()));
        check(archive_write_set_options(m_archive.get(), "zip:compression=store"));
        check(archive_write_open_filename(m_archive.get(), file.c_str()));
    }
    void begin(const std::string& path, std::uint64_t size) override
    {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry{
            archive_entry_new(), archive_entry_free};
        archive_entry_set_pathname(entry.get(), (m_root + "/" + path).c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), m_seconds, 0);
        check(archive_write_header(m_archive.get(), entry.get()));
    }
    void write(std::string_view bytes) override
    {
        if (archive_write_data(m_archive.get(), bytes.data(), bytes.size()) !=
            static_cast<la_ssize_t>(bytes.size()))
            fail_now();
    }
    void end() override { check(archive_write_finish_entry(m_archive.get())); }
    void finish() override { check(archive_write_close(m_archive.get())); }

private:
    void check(int result)
    {
        if (result != ARCHIVE_OK) fail_now();
    }
    [[noreturn]] void fail_now()
    {
        throw std::runtime_error(
            fmt::format("cannot write the archive: {}", archive_error_string(m_archive.get())));
    }
    std::unique_ptr<archive, decltype(&archive_write_free)> m_archive{archive_write_new(),
                                                                      archive_write_free};
    std::string m_root;
    std::int64_t m_seconds;
};

// SHA-256 and SHA-512 of one file.
class TwoSums {
public:
    TwoSums() : m_long(EVP_MD_CTX_new(), EVP_MD_CTX_free)
    {
        if (EVP_DigestInit_ex(m_long.get(), EVP_sha512(), nullptr) != 1)
            throw std::runtime_error("SHA-512 is not there");
    }
    void update(std::string_view bytes)
    {
        m_short.update(bytes);
        if (EVP_DigestUpdate(m_long.get(), bytes.data(), bytes.size()) != 1)
            throw std::runtime_error("SHA-512 failed");
    }
    Hash sha256() { return m_short.finish(); }
    std::string sha512()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
        unsigned size = 0;
        if (EVP_DigestFinal_ex(m_long.get(), raw.data(), &size) != 1)
            throw std::runtime_error("SHA-512 failed");
        return hex({reinterpret_cast<const char*>(raw.data()), size});
    }

private:
    Sha256 m_short{};
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_long;
};

class Writer {
public:
    Writer(const Dossier& dossier, const Bagging& bagging, Sink& sink)
        : m_dossier(dossier), m_bagging(bagging), m_sink(sink)
    {
    }

    Result<BaggedDossier> write()
    {
        add_tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        for (const auto& part : m_dossier.parts)
            if (const auto added = add_payload(part); !added) return pass(added);
        add_tag("bag-info.txt", bag_info());
        add_tag("manifest-sha256.txt", m_manifest256);
        add_tag("manifest-sha512.txt", m_manifest512);
        std::string tagmanifest;
        for (const auto& [path, sum] : m_tags)
            tagmanifest += sum + "  " + path + "\n";
        m_out.tagmanifest = sha256(tagmanifest);
        add("tagmanifest-sha256.txt", tagmanifest);
        const auto statement =
            dossier_statement(m_dossier.origin, m_dossier.identifier, m_out.tagmanifest);
        const std::array keys{&m_bagging.key};
        add("signature.note", ledger::sign_note(statement, keys));
        m_sink.finish();
        return m_out;
    }

private:
    void add(const std::string& path, std::string_view bytes)
    {
        m_sink.begin(path, bytes.size());
        m_sink.write(bytes);
        m_sink.end();
    }

    void add_tag(const std::string& path, std::string_view bytes)
    {
        add(path, bytes);
        m_tags[path] = hex(view(sha256(bytes)));
    }

    Result<Done> add_payload(const DossierPart& part)
    {
        TwoSums sums;
        const auto copied = part.source.empty() ? copy_bytes(part, sums) : copy_file(part, sums);
        if (!copied) return copied;
        const auto sum = sums.sha256();
        if (!part.source.empty() && sum != part.sha256)
            return fail(dossier_original_damaged, {{"file", part.path}});
        m_manifest256 += hex(view(sum)) + "  " + part.path + "\n";
        m_manifest512 += sums.sha512() + "  " + part.path + "\n";
        ++m_out.files;
        return done();
    }

    Result<Done> copy_bytes(const DossierPart& part, TwoSums& sums)
    {
        add(part.path, part.bytes);
        sums.update(part.bytes);
        m_out.bytes += part.bytes.size();
        return done();
    }

    Result<Done> copy_file(const DossierPart& part, TwoSums& sums)
    {
        std::error_code failed;
        const auto size = fs::file_size(part.source, failed);
        std::ifstream in{part.source, std::ios::binary};
        if (failed || !in) return fail(dossier_original_damaged, {{"file", part.path}});
        m_sink.begin(part.path, size);
        std::vector<char> piece(1u << 18);
        std::uint64_t left = size;
        while (left > 0) {
            in.read(piece.data(),
                    static_cast<std::streamsize>(std::min<std::uint64_t>(piece.size(), left)));
            const std::string_view bytes{piece.data(), static_cast<std::size_t>(in.gcount())};
            if (bytes.empty()) return fail(dossier_original_damaged, {{"file", part.path}});
            m_sink.write(bytes);
            sums.update(bytes);
            left -= bytes.size();
        }
        m_sink.end();
        m_out.bytes += size;
        return done();
    }

    [[nodiscard]] std::string bag_info() const
    {
        return fmt::format("Source-Organization: {}\nExternal-Identifier: {}\nBagging-Date: "
                           "{}\nPayload-Oxum: {}.{}\n"
                           "Bag-Software-Agent: adal\n",
                           m_dossier.origin, m_dossier.identifier, iso(m_bagging.date), m_out.bytes,
                           m_out.files);
    }

    const Dossier& m_dossier;
    const Bagging& m_bagging;
    Sink& m_sink;
    BaggedDossier m_out{};
    std::string m_manifest256{}, m_manifest512{};
    std::map<std::string, std::string> m_tags{};
};

// Writes beside the wanted name first, so that a name in place is a whole dossier.
Result<BaggedDossier>
write_whole(const fs::path& wanted,
            const std::function<Result<BaggedDossier>(const fs::path&)>& write)
{
    if (fs::exists(fs::symlink_status(wanted)))
        return fail(dossier_out_exists, {{"file", wanted.string()}});
    const auto beside = fs::path{wanted.string() + ".part"};
    fs::remove_all(beside);
    try {
        auto written = write(beside);
        if (written)
            fs::rename(beside, wanted);
        else
            fs::remove_all(beside);
        return written;
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(beside, ignored);
        throw;
    }
}

} // namespace dossier_writing

std::string dossier_name(const Dossier& dossier)
{
    return "adal-dossier-" + dossier.document.id.str();
}

Result<BaggedDossier> write_dossier_folder(const Dossier& dossier, const Bagging& bagging,
                                           const std::filesystem::path& folder)
{
    return dossier_writing::write_whole(folder, [&](const auto& beside) {
        dossier_writing::FolderSink sink{beside};
        return dossier_writing::Writer{dossier, bagging, sink}.write();
    });
}

Result<BaggedDossier> write_dossier_zip(const Dossier& dossier, const Bagging& bagging,
                                        const std::filesystem::path& file)
{
    return dossier_writing::write_whole(file, [&](const auto& beside) {
        // Noon in the zone of the product: ZIP keeps a local time without a zone.
        const auto seconds = start_of(bagging.date).ms / 1000 + 12 * 3600;
        dossier_writing::ZipSink sink{beside, dossier_name(dossier), seconds};
        return dossier_writing::Writer{dossier, bagging, sink}.write();
    });
}

} // namespace adal::referral
