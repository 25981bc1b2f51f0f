// procurement/import_job.hpp: brings an uploaded file in, in the background: reads, saves, screens, one file after the
// other, and writes down where it stands.
//
// A file is kept in the directory until its import is over. What a stopped program left unfinished is begun again when
// it starts: an import is all or nothing and the same content again changes nothing. After three beginnings it is given up.
// Several nodes over one database: each works on the files it has. Thread-safe.
#pragma once

#include "procurement/import_store.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace adal::procurement {

class ImportDesk
{
public:
    ImportDesk(storage::Database& database, std::string directory);
    ImportDesk(const ImportDesk&) = delete;
    ImportDesk& operator=(const ImportDesk&) = delete;
    ~ImportDesk() { stop(); }

    // Takes the file over; the import begins when this returns.
    Result<ImportId> take(const std::string& path, std::string_view file_name, std::uint64_t bytes, PersonId who, Instant at);

    // The thread of the server. `report` gets what went wrong unexpectedly, for the log.
    void start(std::function<void(const std::string&)> report);
    void stop();
    // One import, here and now; false when there is nothing to do.
    bool run_next();

private:
    void work(const std::stop_token& stop);
    void run(ImportJob job);
    // The steps; a Problem ends the import as refused.
    Result<Done> bring_in(ImportJob& job);
    void save(ImportJob& job);
    [[nodiscard]] std::string path_of(ImportId id) const { return m_directory + "/" + id.str() + ".upload"; }

    storage::Database& m_database;
    std::string m_directory;
    std::function<void(const std::string&)> m_report{};
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_has_work = true;
    std::jthread m_thread; // last: ends before the rest
};

} // namespace adal::procurement
