#include "procurement/goszakup/fetch_state.hpp"

#include "base/json.hpp"
#include "ledger/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

namespace adal::procurement::goszakup {

namespace fetch_state {

namespace fs = std::filesystem;

[[noreturn]] void failed(const fs::path& file)
{
    throw std::system_error(errno, std::generic_category(), file.string());
}

class Descriptor {
public:
    Descriptor(const fs::path& file, int flags) : m_path(file), m_file(::open(file.c_str(), flags | O_CLOEXEC, 0600))
    {
        if (m_file < 0) failed(file);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(m_file); }

    // What is missing was not lost by us: the state says it was flushed.
    void cut(std::int64_t size)
    {
        if (::lseek(m_file, 0, SEEK_END) < size) throw std::runtime_error(m_path.string() + ": shorter than the state says; remove the folder and fetch again");
        if (::ftruncate(m_file, size) != 0 || ::lseek(m_file, 0, SEEK_END) < 0) failed(m_path);
    }
    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto written = ::write(m_file, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) failed(m_path);
            if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void flush()
    {
        if (::fdatasync(m_file) != 0) failed(m_path);
    }

private:
    fs::path m_path;
    int m_file;
};

json::object to_json(const ListState& list)
{
    return {{"name", list.name}, {"root", list.root}, {"after", list.after}, {"bytes", list.bytes}, {"rows", list.rows}, {"pages", list.pages}, {"done", list.is_done}};
}

bool is_true(const json::value& entry, std::string_view key)
{
    const auto* found = find(entry, key);
    return found && found->is_bool() && found->get_bool();
}

std::string text_of(const json::value& entry, std::string_view key)
{
    return std::string{text_at(entry, key).value_or("")};
}

ListState list_from(const json::value& entry)
{
    return {.name = text_of(entry, "name"),
            .root = text_of(entry, "root"),
            .after = text_of(entry, "after"),
            .bytes = int_at(entry, "bytes").value_or(0),
            .rows = int_at(entry, "rows").value_or(0),
            .pages = int_at(entry, "pages").value_or(0),
            .is_done = is_true(entry, "done")};
}

FetchState state_from(const json::value& document)
{
    FetchState state{.base = text_of(document, "base"), .since = text_of(document, "since"), .started = text_of(document, "started")};
    if (const auto* lists = array_at(document, "lists"))
        for (const auto& entry : *lists) state.lists.push_back(list_from(entry));
    if (const auto* changed = array_at(document, "changed"))
        for (const auto& entry : *changed) state.changed.push_back({text_of(entry, "root"), text_of(entry, "id")});
    state.next_changed = int_at(document, "next_changed").value_or(0);
    state.deleted = int_at(document, "deleted").value_or(0);
    state.is_done = is_true(document, "done");
    return state;
}

fs::path part_of(const fs::path& folder, const ListState& list)
{
    return folder / (list.name + ".part");
}

} // namespace fetch_state

std::filesystem::path state_file(const std::filesystem::path& folder)
{
    return folder / "fetch-state.json";
}

Result<FetchState> open_state(const std::filesystem::path& folder, const std::string& base, const std::string& since, Instant now)
{
    std::string started;
    for (const char c : iso(now).substr(0, 19))
        if (c != '-' && c != ':') started += c;
    const FetchState fresh{.base = base, .since = since, .started = started};
    const auto text = ledger::read_file(state_file(folder));
    if (!text) return fresh;
    const auto document = parse_json(*text);
    if (!document || fetch_state::text_of(*document, "started").empty())
        return fail(bad_fetch_state, {{"file", state_file(folder).string()}});
    auto state = fetch_state::state_from(*document);
    if (state.is_done) return fresh;
    if (state.base != base || state.since != since)
        return fail(fetch_unfinished, {{"file", state_file(folder).string()}, {"since", state.since}});
    return state;
}

void save_state(const std::filesystem::path& folder, const FetchState& state)
{
    json::array lists, changed;
    for (const auto& list : state.lists) lists.push_back(fetch_state::to_json(list));
    for (const auto& one : state.changed) changed.push_back(json::object{{"root", one.root}, {"id", one.id}});
    const json::object document{{"base", state.base}, {"since", state.since}, {"started", state.started}, {"done", state.is_done}, {"lists", std::move(lists)}, {"next_changed", state.next_changed}, {"deleted", state.deleted}, {"changed", std::move(changed)}};
    ledger::write_durably(state_file(folder), to_pretty_text(document) + "\n");
}

void append_line(const std::filesystem::path& folder, ListState& list, std::string_view line)
{
    fetch_state::Descriptor file{fetch_state::part_of(folder, list), O_WRONLY | O_CREAT};
    file.cut(list.bytes);
    file.write(line);
    file.write("\n");
    file.flush();
    list.bytes += static_cast<std::int64_t>(line.size()) + 1;
}

void publish_list(const std::filesystem::path& folder, const ListState& list)
{
    namespace fs = std::filesystem;
    const fs::path part = fetch_state::part_of(folder, list);
    if (!fs::exists(part)) return;
    if (list.bytes == 0) {
        fs::remove(part);
        return;
    }
    fetch_state::Descriptor{part, O_WRONLY}.cut(list.bytes);
    fs::rename(part, folder / (list.name + (list.root.empty() ? ".ndjson" : ".jsonl")));
    ledger::sync_folder(folder);
}

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
    const fs::path file = folder / "fetch.lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) fetch_state::failed(file);
    FolderLock lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return fail(fetch_running, {{"folder", folder.string()}});
    return lock;
}

FolderLock::~FolderLock()
{
    if (m_file >= 0) ::close(m_file);
}

} // namespace adal::procurement::goszakup
