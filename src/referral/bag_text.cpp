#include "referral/bag_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <glib.h>
#include <iconv.h>
#include <memory>

namespace adal::referral {

namespace bag_lines {

constexpr std::string_view blanks = " \t";

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view without_blanks(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Lines end with LF, CR or CRLF; the last one need not.
std::vector<std::string_view> lines(std::string_view text)
{
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = text.find_first_of("\r\n");
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        const bool is_pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
        text.remove_prefix(end + (is_pair ? 2 : 1));
    }
    return out;
}

struct Labelled {
    std::string_view label{}, value{};
    bool is_plain = false; // "Label: value" to the letter
};
std::optional<Labelled> labelled(std::string_view line)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    Labelled out{.label = without_blanks(line.substr(0, colon)),
                 .value = without_blanks(line.substr(colon + 1))};
    out.is_plain = line.substr(0, colon) == out.label &&
                   line.substr(colon + 1) == " " + std::string{out.value};
    if (out.label.empty()) return std::nullopt;
    return out;
}

std::optional<int> small_number(std::string_view text)
{
    int out = 0;
    if (text.empty() || text.size() > 4 || !std::ranges::all_of(text, is_digit))
        return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t out = 0;
    if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::optional<std::string> lower_hex(std::string_view text)
{
    std::string out;
    for (char c : text) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
        out += c;
    }
    return out.size() >= 8 && out.size() % 2 == 0 ? std::optional{out} : std::nullopt;
}

// Only line ends, and in 1.0 the percent sign itself, are encoded (§2.1.3); any other "%7E" is a
// name.
std::string decoded_path(std::string_view path, const BagDeclaration& bag)
{
    std::string out;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const auto code = path.substr(at, 3);
        if (code == "%0A" || code == "%0a")
            out += '\n';
        else if (code == "%0D" || code == "%0d")
            out += '\r';
        else if (code == "%25" && bag.is_rfc())
            out += '%';
        else {
            out += path[at];
            continue;
        }
        at += 2;
    }
    return out;
}

std::string plain_path(std::string_view path, std::string_view file, BagRemarks& remarks)
{
    if (!path.starts_with("./")) return std::string{path};
    remarks.warn("relative_path", {{"file", std::string{file}}, {"value", std::string{path}}});
    while (path.starts_with("./"))
        path.remove_prefix(2);
    return std::string{path};
}

ProblemParams at_line(std::string_view file, std::size_t index)
{
    return {{"file", std::string{file}}, {"line", std::to_string(index + 1)}};
}

std::optional<std::pair<int, int>> version_of(std::string_view text)
{
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto major = small_number(text.substr(0, dot)),
               minor = small_number(text.substr(dot + 1));
    if (!major || !minor) return std::nullopt;
    return std::pair{*major, *minor};
}

// A name that iconv may be given: no "//TRANSLIT" and the like.
bool is_encoding_name(std::string_view name)
{
    return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
               c == '_' || c == '.' || c == ':';
    });
}

std::string folded(std::string_view path, bool without_case)
{
    const std::unique_ptr<char, decltype(&g_free)> nfc{
        g_utf8_normalize(path.data(), static_cast<gssize>(path.size()), G_NORMALIZE_NFC), g_free};
    if (!nfc) return std::string{path}; // not UTF-8: only equal to itself
    if (!without_case) return nfc.get();
    const std::unique_ptr<char, decltype(&g_free)> folded_case{g_utf8_casefold(nfc.get(), -1),
                                                               g_free};
    return folded_case.get();
}

} // namespace bag_lines

void BagRemarks::error(std::string_view code, ProblemParams params)
{
    all.push_back({.is_error = true, .code = std::string{code}, .params = std::move(params)});
}

void BagRemarks::warn(std::string_view code, ProblemParams params)
{
    all.push_back({.is_error = false, .code = std::string{code}, .params = std::move(params)});
}

BagClass BagRemarks::outcome() const
{
    if (std::ranges::any_of(all, &BagRemark::is_error)) return BagClass::invalid;
    return all.empty() ? BagClass::valid : BagClass::warning;
}

bool BagRemarks::has(std::string_view code) const
{
    return std::ranges::find(all, code, &BagRemark::code) != all.end();
}

std::optional<BagDeclaration> parse_bag_declaration(std::string_view bytes, BagRemarks& remarks)
{
    const ProblemParams here{{"file", "bagit.txt"}};
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        remarks.error("byte_order_mark", here);
        return std::nullopt;
    }
    const auto lines = bag_lines::lines(bytes);
    const auto first = !lines.empty() ? bag_lines::labelled(lines[0]) : std::nullopt;
    const auto second = lines.size() > 1 ? bag_lines::labelled(lines[1]) : std::nullopt;
    if (!first || !second || lines.size() != 2 || first->label != "BagIt-Version" ||
        second->label != "Tag-File-Character-Encoding") {
        remarks.error("declaration", here);
        return std::nullopt;
    }
    const auto version = bag_lines::version_of(first->value);
    if (!version || *version < std::pair{0, 93} || *version > std::pair{1, 0}) {
        remarks.error("version", {{"file", "bagit.txt"}, {"value", std::string{first->value}}});
        return std::nullopt;
    }
    BagDeclaration out{
        .major = version->first, .minor = version->second, .encoding = std::string{second->value}};
    if (out.is_rfc() && !(first->is_plain && second->is_plain)) {
        remarks.error("declaration", here);
        return std::nullopt;
    }
    return out;
}

std::optional<std::string> bag_text_in_utf8(std::string_view bytes, const std::string& encoding)
{
    if (!bag_lines::is_encoding_name(encoding)) return std::nullopt;
    if (lower(encoding) == "utf-8") {
        if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
        return is_utf8(bytes) ? std::optional{std::string{bytes}} : std::nullopt;
    }
    const iconv_t converter = iconv_open("UTF-8", encoding.c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string out(bytes.size() * 4 + 8, '\0');
    char* from = const_cast<char*>(bytes.data()); // iconv does not write there
    char* to = out.data();
    std::size_t left = bytes.size(), room = out.size();
    const bool is_done = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    if (!is_done || left != 0) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

std::vector<ManifestLine> parse_bag_manifest(std::string_view text, std::string_view file,
                                             const BagDeclaration& bag, BagRemarks& remarks)
{
    std::vector<ManifestLine> out;
    const auto lines = bag_lines::lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (bag_lines::without_blanks(lines[i]).empty()) continue;
        const auto end = lines[i].find_first_of(bag_lines::blanks);
        const auto start = end == std::string_view::npos
                               ? end
                               : lines[i].find_first_not_of(bag_lines::blanks, end);
        const auto digest = bag_lines::lower_hex(lines[i].substr(0, end));
        if (!digest || start == std::string_view::npos) {
            remarks.error("manifest_line", bag_lines::at_line(file, i));
            continue;
        }
        auto path = lines[i].substr(start);
        if (path.starts_with('*') && path.size() > 1) { // as md5sum writes in binary mode
            remarks.warn("asterisk", bag_lines::at_line(file, i));
            path.remove_prefix(1);
        }
        out.push_back(
            {.digest = *digest,
             .path = bag_lines::plain_path(bag_lines::decoded_path(path, bag), file, remarks)});
    }
    return out;
}

std::vector<BagFetch> parse_bag_fetch(std::string_view text, const BagDeclaration& bag,
                                      BagRemarks& remarks)
{
    std::vector<BagFetch> out;
    const auto lines = bag_lines::lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto line = bag_lines::without_blanks(lines[i]);
        if (line.empty()) continue;
        std::array<std::string_view, 2> parts{}; // address and length; what is left is the path
        for (auto& part : parts) {
            const auto end = std::min(line.find_first_of(bag_lines::blanks), line.size());
            part = line.substr(0, end);
            line = bag_lines::without_blanks(line.substr(end));
        }
        const auto bytes = bag_lines::number(parts[1]);
        if (parts[0].empty() || line.empty() || (!bytes && parts[1] != "-")) {
            remarks.error("fetch_line", bag_lines::at_line("fetch.txt", i));
            continue;
        }
        out.push_back({.url = std::string{parts[0]},
                       .bytes = bytes,
                       .path = bag_lines::plain_path(bag_lines::decoded_path(line, bag),
                                                     "fetch.txt", remarks)});
    }
    return out;
}

BagInfo parse_bag_info(std::string_view text, const BagDeclaration& bag, BagRemarks& remarks)
{
    BagInfo out;
    const auto lines = bag_lines::lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (bag_lines::without_blanks(lines[i]).empty()) continue;
        if (bag_lines::blanks.find(lines[i].front()) != std::string_view::npos && !out.empty()) {
            out.back().second += " " + std::string{bag_lines::without_blanks(lines[i])};
            continue;
        }
        const auto field = bag_lines::labelled(lines[i]);
        if (!field || (bag.is_rfc() && !lines[i].starts_with(std::string{field->label} + ":"))) {
            remarks.error("info_line", bag_lines::at_line("bag-info.txt", i));
            continue;
        }
        out.emplace_back(field->label, field->value);
    }
    return out;
}

std::string_view bag_info_value(const BagInfo& info, std::string_view name)
{
    const auto wanted = lower(name);
    const auto it =
        std::ranges::find_if(info, [&](const auto& field) { return lower(field.first) == wanted; });
    return it == info.end() ? std::string_view{} : std::string_view{it->second};
}

std::optional<PayloadOxum> parse_payload_oxum(std::string_view text)
{
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto octets = bag_lines::number(text.substr(0, dot)),
               files = bag_lines::number(text.substr(dot + 1));
    if (!octets || !files) return std::nullopt;
    return PayloadOxum{.octets = *octets, .files = *files};
}

bool leads_out_of_bag(std::string_view path)
{
    if (path.empty() || path.find('\0') != std::string_view::npos) return true;
    if (path.front() == '/' || path.front() == '\\' || path.front() == '~') return true;
    if (path.size() > 1 && path[1] == ':') return true;
    // %HomeDrive%\…: a variable of Windows in front. "data/%7Efile" is only a name.
    if (path.front() == '%' && path.find('%', 1) != std::string_view::npos) return true;
    for (std::size_t start = 0; start <= path.size();) {
        const auto end = std::min(path.find_first_of("/\\", start), path.size());
        if (path.substr(start, end - start) == "..") return true;
        start = end + 1;
    }
    return false;
}

std::string bag_path_nfc(std::string_view path)
{
    return bag_lines::folded(path, false);
}

std::string bag_path_key(std::string_view path)
{
    return bag_lines::folded(path, true);
}

bool is_system_file(std::string_view path)
{
    constexpr std::array<std::string_view, 6> names{".ds_store",   "thumbs.db",  "desktop.ini",
                                                    "ehthumbs.db", ".localized", ".directory"};
    const auto name = lower(path.substr(path.rfind('/') + 1));
    return std::ranges::find(names, name) != names.end() || name.starts_with("._");
}

} // namespace adal::referral
