#include "procurement/goszakup/payload_reader.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "procurement/goszakup/portal_text.hpp"
#include "procurement/goszakup/record_reader.hpp"
#include "procurement/json_reason.hpp"

namespace adal::procurement::goszakup {

namespace payload {

// A row of a payload before it is read: where it stands and what it is.
struct Row {
    std::string_view json{};
    std::string pointer{};
    Kind kind = Kind::other;
};

struct Content {
    std::vector<Row> rows{};
    std::string next_page{}, root{};
    bool has_list = false, has_errors = false;
};

// "/v3/rnu?page=next&search_after=242043" → "rnu"
std::string_view root_of(std::string_view page)
{
    if (page.starts_with("/v3/")) page.remove_prefix(4);
    return page.substr(0, page.find_first_of("/?"));
}

class Reader {
public:
    Reader(std::string bytes, std::string file, PayloadRead& read)
        : m_bytes(std::move(bytes)), m_file(std::move(file)), m_read(read)
    {
        m_size = m_bytes.size();
        m_bytes.append(simdjson::SIMDJSON_PADDING, '\0');
    }

    void run()
    {
        std::string_view all{m_bytes.data(), m_size};
        if (all.starts_with("\xEF\xBB\xBF")) all.remove_prefix(3);
        if (trim(all).empty()) return refuse({m_file, 1, ""}, "", "empty");
        if (is_one_document(all)) return read_payload(trim(all), 1);
        for (std::int64_t line = 1; !all.empty(); ++line) {
            const auto end = all.find('\n');
            const auto row = trim(all.substr(0, end));
            all.remove_prefix(end == std::string_view::npos ? all.size() : end + 1);
            if (!row.empty()) read_payload(row, line);
        }
    }

private:
    // JSON lines: the first line closes all that it opens. A document written for people does not.
    static bool is_one_document(std::string_view all)
    {
        const auto start = all.find_first_not_of(" \t\r\n");
        int open = 0;
        bool in_text = false;
        for (auto at = start; at < all.size() && all[at] != '\n'; ++at) {
            const char c = all[at];
            if (in_text && c == '\\') ++at;
            else if (c == '"') in_text = !in_text;
            else if (!in_text && (c == '{' || c == '[')) ++open;
            else if (!in_text && (c == '}' || c == ']')) --open;
        }
        return in_text || open > 0;
    }

    void refuse(const Origin& origin, std::string_view field, std::string_view reason)
    {
        ++m_read.rows;
        m_read.note(RowVerdict::refused, origin, field, reason);
    }

    od::document parse(std::string_view slice)
    {
        const auto offset = static_cast<std::size_t>(slice.data() - m_bytes.data());
        return std::move(m_parser.iterate(slice.data(), slice.size(), m_bytes.size() - offset).value());
    }

    void read_payload(std::string_view slice, std::int64_t line)
    {
        const Origin origin{m_file, line, ""};
        ++m_read.payloads;
        Content content;
        try {
            auto document = parse(slice);
            if (document.type() != od::json_type::object) return refuse(origin, "", "not_an_object");
            for (auto field : document.get_object())
                take(std::string{std::string_view{field.unescaped_key()}}, field.value(), content);
            const char* rest = nullptr;
            if (!document.current_location().get(rest)) return refuse(origin, "", "trailing");
        } catch (const simdjson::simdjson_error& error) {
            return refuse(origin, "", reason_of(error.error()));
        }
        if (content.has_errors && content.rows.empty()) return refuse(origin, "/errors", "portal_error");
        if (!content.has_list) content.rows.push_back({slice, ""});
        for (auto& row : content.rows) {
            if (row.kind == Kind::other && !content.root.empty()) row.kind = kind_named(content.root);
            if (row.kind == Kind::other) row.kind = kind_named(root_of(content.next_page));
            read_row(row, line);
        }
    }

    static void take(std::string_view key, od::value value, Content& content)
    {
        const od::json_type type = value.type();
        if (key == "data" && type == od::json_type::object) {
            content.has_list = true;
            for (auto root : value.get_object()) {
                const std::string name{std::string_view{root.unescaped_key()}};
                take_rows(root.value(), "/data/" + name, kind_named(name), content);
            }
        } else if (key == "data" && type == od::json_type::null) content.has_list = true;
        else if (key == "items") {
            content.has_list = true;
            take_rows(value, "/items", Kind::other, content);
        } else if (key == "errors") content.has_errors = type == od::json_type::array;
        else if (type != od::json_type::string) return;
        else if (key == "next_page") content.next_page = std::string_view{value.get_string()};
        else if (key == "root") content.root = std::string_view{value.get_string()};
    }

    static void take_rows(od::value list, const std::string& pointer, Kind kind, Content& content)
    {
        if (list.type() == od::json_type::object) {
            content.rows.push_back({raw_object(list), pointer, kind});
            return;
        }
        if (list.type() != od::json_type::array) return;
        std::size_t index = 0;
        for (auto element : list.get_array()) {
            od::value value = element.value();
            const std::string here = pointer + "/" + std::to_string(index++);
            const bool is_object = value.type() == od::json_type::object;
            content.rows.push_back({is_object ? raw_object(value) : trim(value.raw_json_token()), here, kind});
        }
    }

    void read_row(Row& row, std::int64_t line)
    {
        const Origin origin{m_file, line, row.pointer};
        std::vector<RowNote> strange;
        try {
            if (row.json.empty() || row.json.front() != '{') return refuse(origin, row.pointer, "not_an_object");
            if (row.kind == Kind::other) row.kind = kind_of_row(row.json);
            if (row.kind == Kind::other) {
                ++m_read.rows;
                return m_read.note(RowVerdict::skipped, origin, row.pointer, "unknown_type");
            }
            auto document = parse(row.json);
            read_record(row.kind, document.get_value(), Cursor{strange, row.pointer}, origin, m_read.records);
        } catch (const simdjson::simdjson_error& error) {
            return refuse(origin, row.pointer, reason_of(error.error()));
        } catch (const Refused& refused) {
            return refuse(origin, refused.field, refused.reason);
        }
        ++m_read.rows;
        for (const auto& note : strange)
            m_read.note(RowVerdict::noted, origin, note.field, note.reason);
    }

    Kind kind_of_row(std::string_view json)
    {
        auto document = parse(json);
        return kind_of(document.get_value());
    }

    std::string m_bytes;
    std::size_t m_size = 0;
    std::string m_file;
    PayloadRead& m_read;
    od::parser m_parser;
};

} // namespace payload

void PayloadRead::note(RowVerdict verdict, const Origin& origin, std::string_view field,
                       std::string_view reason, std::string_view ocid)
{
    auto& count = verdict == RowVerdict::refused ? refused : verdict == RowVerdict::skipped ? skipped : noted;
    if (static_cast<std::size_t>(count++) >= kMostNotes) return;
    notes.push_back({.verdict = verdict,
                     .file = origin.file,
                     .line = origin.line,
                     .ocid = std::string{ocid},
                     .field = std::string{field},
                     .reason = std::string{reason}});
}

void read_payloads(std::string bytes, std::string file, PayloadRead& read)
{
    read.sha256 = hex(view(sha256(read.sha256 + hex(view(sha256(bytes))))));
    payload::Reader{std::move(bytes), std::move(file), read}.run();
}

} // namespace adal::procurement::goszakup
