#include "ledger/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;

// From this many files on, one flush of the file system is cheaper than one of each file.
constexpr std::size_t kManyFiles = 32;

[[noreturn]] void fail_with(const fs::path& file)
{
    throw std::system_error(errno, std::generic_category(), file.string());
}

class Descriptor {
public:
    Descriptor(const fs::path& file, int flags, mode_t mode = 0644)
        : m_file(file), m_number(::open(file.c_str(), flags | O_CLOEXEC, mode))
    {
        if (m_number < 0) fail_with(file);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(m_number); }

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto count = ::write(m_number, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail_with(m_file);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    std::string read_all()
    {
        std::string out;
        char buffer[65536];
        while (true) {
            const auto count = ::read(m_number, buffer, sizeof buffer);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail_with(m_file);
            if (count == 0) return out;
            out.append(buffer, static_cast<std::size_t>(count));
        }
    }
    void sync()
    {
        if (::fsync(m_number) != 0) fail_with(m_file);
    }
    void sync_file_system()
    {
        if (::syncfs(m_number) != 0) fail_with(m_file);
    }

private:
    fs::path m_file;
    int m_number;
};

fs::path beside(const fs::path& file)
{
    auto out = file;
    out += ".new";
    return out;
}

} // namespace

std::optional<std::string> read_file(const fs::path& file)
{
    if (!fs::is_regular_file(file)) return std::nullopt;
    return Descriptor(file, O_RDONLY).read_all();
}

void sync_folder(const fs::path& folder)
{
    Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

void write_durably(const fs::path& file, std::string_view bytes)
{
    DurableBatch batch;
    batch.add(file, bytes);
    batch.commit();
}

void create_secret_file(const fs::path& file, std::string_view bytes)
{
    Descriptor descriptor(file, O_WRONLY | O_CREAT | O_EXCL, 0600);
    descriptor.write(bytes);
    descriptor.sync();
}

DurableBatch::~DurableBatch()
{
    std::error_code ignored;
    for (const auto& [temporary, place] : m_files)
        fs::remove(temporary, ignored);
}

void DurableBatch::ensure_folder(const fs::path& folder)
{
    if (!m_known.insert(folder).second) return;
    if (!fs::exists(folder)) {
        ensure_folder(folder.parent_path());
        fs::create_directory(folder);
        m_folders.insert(folder.parent_path());
    }
    m_folders.insert(folder);
}

void DurableBatch::add(const fs::path& file, std::string_view bytes)
{
    ensure_folder(file.parent_path());
    const auto temporary = beside(file);
    Descriptor descriptor(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    m_files.emplace_back(temporary, file);
    descriptor.write(bytes);
}

void DurableBatch::commit()
{
    if (m_files.empty()) return;
    const bool is_many = m_files.size() >= kManyFiles;
    if (is_many)
        Descriptor(m_files.front().first, O_RDONLY).sync_file_system();
    else
        for (const auto& [temporary, place] : m_files)
            Descriptor(temporary, O_RDONLY).sync();
    for (const auto& [temporary, place] : m_files)
        if (::rename(temporary.c_str(), place.c_str()) != 0) fail_with(place);
    for (const auto& folder : m_folders)
        sync_folder(folder);
    m_files.clear();
    m_folders.clear();
}

} // namespace adal::ledger
