#include "procurement/import_job.hpp"

#include "procurement/screening_store.hpp"

#include <chrono>
#include <filesystem>

namespace adal::procurement {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMostAttempts = 3;
constexpr std::size_t kLongestFileName = 200; // bytes
constexpr std::chrono::milliseconds kLostAfter = std::chrono::hours{1};
constexpr auto kLookAgain = std::chrono::seconds{10};

json::object counts_of(const ImportReport& report)
{
    return {{"rows", report.rows}, {"added", report.added}, {"changed", report.changed}, {"unchanged", report.unchanged},
            {"skipped", report.skipped}, {"duplicates", report.duplicates}};
}

std::string shown_name(std::string_view file_name)
{
    auto length = std::min(file_name.size(), kLongestFileName);
    while (length > 0 && length < file_name.size() && (static_cast<unsigned char>(file_name[length]) & 0xC0) == 0x80) --length;
    return std::string{file_name.substr(0, length)};
}

} // namespace

ImportDesk::ImportDesk(storage::Database& database, std::string directory) : m_database(database), m_directory(std::move(directory))
{
    fs::create_directories(m_directory);
}

Result<ImportId> ImportDesk::take(const std::string& path, std::string_view file_name, std::uint64_t bytes, PersonId who, Instant at)
{
    if (bytes == 0) return fail(nothing_to_import, {{"file", shown_name(file_name)}});
    const ImportJob job{.id = ImportId::make(at), .file = shown_name(file_name), .bytes = static_cast<std::int64_t>(bytes), .made_by = who, .made_at = at};
    std::error_code elsewhere; // another file system
    fs::rename(path, path_of(job.id), elsewhere);
    if (elsewhere) fs::copy_file(path, path_of(job.id));
    const auto added = m_database.write([&](storage::Transaction& tx) -> Result<Done> {
        ImportWriter{tx}.add(job);
        return done();
    });
    if (!added) return pass(added);
    const std::lock_guard lock(m_mutex);
    m_has_work = true;
    m_wake.notify_all();
    return job.id;
}

void ImportDesk::start(std::function<void(const std::string&)> report)
{
    m_report = std::move(report);
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void ImportDesk::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) m_thread.join();
}

void ImportDesk::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        try {
            if (run_next()) continue;
        } catch (const std::exception& error) {
            if (m_report) m_report(error.what());
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, kLookAgain, [this] { return m_has_work; });
        m_has_work = false;
    }
}

bool ImportDesk::run_next()
{
    for (auto& job : m_database.read([](storage::Snapshot& snapshot) { return ImportStore{snapshot}.open(); })) {
        // A file that is not here may be on another node; after an hour nobody has it.
        const bool is_lost = now().ms - job.changed_at.ms > kLostAfter.count();
        if (!fs::exists(path_of(job.id)) && !is_lost) continue;
        run(std::move(job));
        return true;
    }
    return false;
}

void ImportDesk::run(ImportJob job)
{
    ++job.attempts;
    job.problem.reset();
    try {
        if (job.attempts > kMostAttempts || !fs::exists(path_of(job.id))) {
            job.state = ImportState::failed;
            job.problem = Problem{&import_interrupted};
        } else if (const auto done = bring_in(job); !done) {
            job.state = ImportState::refused;
            job.problem = done.error();
        } else {
            job.state = ImportState::done;
        }
    } catch (const std::exception& error) {
        if (m_report) m_report(error.what());
        job.state = ImportState::failed;
        job.problem = Problem{&import_failed};
    }
    save(job);
    std::error_code ignored;
    fs::remove(path_of(job.id), ignored);
}

Result<Done> ImportDesk::bring_in(ImportJob& job)
{
    job.state = ImportState::reading;
    save(job);
    auto read = read_ocds_file(path_of(job.id));
    if (!read) {
        auto problem = read.error();
        problem.params["file"] = job.file;
        return tl::unexpected{problem};
    }
    read->file = job.file; // not where we keep it
    for (auto& note : read->notes) note.file = job.file;
    job.total = read->rows;
    job.report["rows"] = read->rows;
    job.report["refused"] = read->refused;
    const auto noted = m_database.write([&](storage::Transaction& tx) -> Result<Done> {
        ImportWriter{tx}.save_rows(job.id, read->notes);
        return done();
    });
    if (!noted) return pass(noted);

    job.state = ImportState::saving;
    save(job);
    const auto imported = m_database.write([&](storage::Transaction& tx) { return import_ocds(tx, *read, now()); });
    if (!imported) return pass(imported);
    for (const auto& [key, value] : counts_of(*imported)) job.report[key] = value;

    job.state = ImportState::screening;
    job.done = imported->added + imported->changed + imported->unchanged;
    save(job);
    const auto screening = m_database.read([](storage::Snapshot& snapshot) { return screen_stored(snapshot); });
    const auto screened = m_database.write([&](storage::Transaction& tx) -> Result<ScreenReport> { return save_screening(tx, screening, now()); });
    if (!screened) return pass(screened);
    job.report["processes"] = screened->processes;
    job.report["flagged"] = screened->flagged;
    return done();
}

void ImportDesk::save(ImportJob& job)
{
    const auto at = now();
    const auto saved = m_database.write([&](storage::Transaction& tx) -> Result<Done> {
        ImportWriter{tx}.save(job, at);
        return done();
    });
    ADAL_CHECK(saved.has_value());
}

} // namespace adal::procurement
