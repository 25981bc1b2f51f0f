#include "procurement/ocds_reader.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "procurement/json_reason.hpp"
#include "procurement/release_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <unordered_map>

namespace adal::procurement {

std::string_view text(RowVerdict verdict)
{
    switch (verdict) {
    case RowVerdict::skipped: return "skipped";
    case RowVerdict::refused: return "refused";
    case RowVerdict::duplicate: return "duplicate";
    case RowVerdict::noted: return "noted";
    }
    return "noted";
}

namespace {

namespace od = simdjson::ondemand;

constexpr int kDeepestPackage = 3; // package → record → compiled release

class Reader
{
public:
    explicit Reader(std::string bytes, std::string file) : m_bytes(std::move(bytes))
    {
        m_read.file = std::move(file);
        m_read.sha256 = hex(view(sha256(m_bytes)));
        m_size = m_bytes.size();
        m_bytes.append(simdjson::SIMDJSON_PADDING, '\0');
    }

    OcdsRead read()
    {
        std::string_view all{m_bytes.data(), m_size};
        if (all.starts_with("\xEF\xBB\xBF")) all.remove_prefix(3);
        if (is_one_document(all)) read_object(trim(all), {.line = 1});
        else read_lines(all);
        drop_earlier_duplicates();
        return std::move(m_read);
    }

private:
    struct Where {
        std::int64_t line = 0;
        std::string prefix{}; // pointer inside a package
        int depth = 0;
    };

    // JSON lines end each row with its closing bracket; a document written for people does not.
    static bool is_one_document(std::string_view all)
    {
        const auto start = all.find_first_not_of(" \t\r\n");
        if (start == std::string_view::npos) return false;
        const auto first = trim(all.substr(start, all.find('\n', start) - start));
        return first == "{" || first == "[" || first.back() == ',';
    }

    void read_lines(std::string_view all)
    {
        std::int64_t line = 0;
        while (!all.empty()) {
            const auto end = all.find('\n');
            const auto row = trim(all.substr(0, end));
            all.remove_prefix(end == std::string_view::npos ? all.size() : end + 1);
            ++line;
            if (!row.empty()) read_object(row, {.line = line});
        }
    }

    void note(RowVerdict verdict, const Where& where, std::string_view ocid,
              std::string_view field, std::string_view reason)
    {
        auto& count = verdict == RowVerdict::refused     ? m_read.refused
                      : verdict == RowVerdict::skipped   ? m_read.skipped
                      : verdict == RowVerdict::duplicate ? m_read.duplicates
                                                         : m_read.noted;
        if (static_cast<std::size_t>(count++) >= kMostNotes) return;
        m_read.notes.push_back({.verdict = verdict,
                                .file = m_read.file,
                                .line = where.line,
                                .ocid = std::string{ocid},
                                .field = where.prefix + std::string{field},
                                .reason = std::string{reason}});
    }

    void read_object(std::string_view slice, const Where& where)
    {
        const auto offset = static_cast<std::size_t>(slice.data() - m_bytes.data());
        RowContent row;
        try {
            auto document = m_parser.iterate(slice.data(), slice.size(), m_bytes.size() - offset);
            od::document& doc = document.value();
            if (doc.type() == od::json_type::array && where.depth == 0) {
                read_list(doc, where);
                return;
            }
            row = read_row(doc);
        } catch (const simdjson::simdjson_error& error) {
            return count_row(where), note(RowVerdict::refused, where, "", "", reason_of(error.error()));
        } catch (const Refused& refused) {
            return count_row(where),
                   note(RowVerdict::refused, where, "", refused.field, refused.reason);
        }
        use(std::move(row), slice, where);
    }

    void count_row(const Where&) { ++m_read.rows; }

    // A bare list of releases, as some portals answer.
    void read_list(od::document& document, const Where& where)
    {
        std::vector<std::string_view> slices;
        for (auto element : document.get_array())
            if (element.type() == od::json_type::object)
                slices.push_back(raw_object(element.value()));
        read_slices(slices, "", where);
    }

    void read_slices(const std::vector<std::string_view>& slices, std::string_view member,
                     const Where& where)
    {
        for (std::size_t i = 0; i < slices.size(); ++i)
            read_object(slices[i], {.line = where.line,
                                    .prefix = where.prefix + std::string{member} + "/" +
                                              std::to_string(i),
                                    .depth = where.depth + 1});
    }

    void use(RowContent row, std::string_view slice, const Where& where)
    {
        if (where.depth > kDeepestPackage)
            return count_row(where), note(RowVerdict::refused, where, "", "", "too_deep");
        if (row.is_package) {
            read_slices(row.releases, "/releases", where);
            read_slices(row.records, "/records", where);
            return;
        }
        if (!row.compiled.empty())
            return read_object(row.compiled, {.line = where.line,
                                              .prefix = where.prefix + "/compiledRelease",
                                              .depth = where.depth + 1});
        if (!row.releases.empty() && !row.has_facts)
            return read_object(row.releases.back(),
                               {.line = where.line,
                                .prefix = where.prefix + "/releases/" +
                                          std::to_string(row.releases.size() - 1),
                                .depth = where.depth + 1});
        count_row(where);
        if (row.is_link) return note(RowVerdict::skipped, where, "", "", "linked_releases");
        if (!row.has_ocid) return note(RowVerdict::refused, where, "", "/ocid", "missing");
        for (const auto& strange : row.notes)
            note(RowVerdict::noted, where, row.process.ocid, strange.field, strange.reason);
        if (!row.has_facts)
            return note(RowVerdict::skipped, where, row.process.ocid, "", "nothing_bought");
        row.process.content_hash = hex(view(sha256(slice)));
        keep(std::move(row.process), where);
    }

    void keep(Process process, const Where& where)
    {
        const auto [known, is_new] =
            m_position.try_emplace(process.ocid, m_read.processes.size());
        if (!is_new) {
            note(RowVerdict::duplicate, where, process.ocid, "", "later_row_wins");
            m_read.processes[known->second].ocid.clear(); // dropped at the end
            known->second = m_read.processes.size();
        }
        m_read.processes.push_back(std::move(process));
    }

    void drop_earlier_duplicates()
    {
        std::erase_if(m_read.processes, [](const Process& p) { return p.ocid.empty(); });
    }

    std::string m_bytes;
    std::size_t m_size = 0;
    od::parser m_parser;
    OcdsRead m_read;
    std::unordered_map<std::string, std::size_t> m_position;
};

} // namespace

OcdsRead read_ocds(std::string bytes, std::string file)
{
    return Reader{std::move(bytes), std::move(file)}.read();
}

Result<OcdsRead> read_ocds_file(const std::string& path)
{
    if (path == "-")
        return read_ocds({std::istreambuf_iterator<char>{std::cin}, {}}, "-");
    std::ifstream in{path, std::ios::binary | std::ios::ate};
    const auto size = in ? static_cast<std::streamoff>(in.tellg()) : std::streamoff{-1};
    if (size < 0)
        return fail(unreadable_file, {{"file", path}, {"reason", std::strerror(errno)}});
    std::string bytes(static_cast<std::size_t>(size), '\0');
    in.seekg(0);
    if (!in.read(bytes.data(), size) && size > 0)
        return fail(unreadable_file, {{"file", path}, {"reason", std::strerror(errno)}});
    return read_ocds(std::move(bytes), path);
}

} // namespace adal::procurement
