#include "referral/bag.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <set>
#include <span>
#include <stdexcept>

namespace adal::referral {

namespace bag_reader {

namespace fs = std::filesystem;

struct Algorithm {
    std::string_view name;
    const EVP_MD* (*make)();
};
constexpr std::array algorithms{
    Algorithm{"md5", EVP_md5},          Algorithm{"sha1", EVP_sha1},
    Algorithm{"sha224", EVP_sha224},    Algorithm{"sha256", EVP_sha256},
    Algorithm{"sha384", EVP_sha384},    Algorithm{"sha512", EVP_sha512},
    Algorithm{"sha3256", EVP_sha3_256}, Algorithm{"sha3512", EVP_sha3_512}};

const Algorithm* find_algorithm(std::string_view name)
{
    const auto it = std::ranges::find(algorithms, name, &Algorithm::name);
    return it == algorithms.end() ? nullptr : &*it;
}

// Several checksums of one file in one reading.
class Digests {
public:
    explicit Digests(const std::set<std::string>& names)
    {
        for (const auto& name : names) {
            m_contexts.emplace_back(name, Context{EVP_MD_CTX_new(), EVP_MD_CTX_free});
            check(EVP_DigestInit_ex(m_contexts.back().second.get(), find_algorithm(name)->make(),
                                    nullptr));
        }
    }
    void update(std::string_view bytes)
    {
        for (auto& [name, context] : m_contexts)
            check(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()));
    }
    std::map<std::string, std::string> finish()
    {
        std::map<std::string, std::string> out;
        for (auto& [name, context] : m_contexts) {
            std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
            unsigned size = 0;
            check(EVP_DigestFinal_ex(context.get(), raw.data(), &size));
            out[name] = hex({reinterpret_cast<const char*>(raw.data()), size});
        }
        return out;
    }

private:
    using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
    static void check(int is_done)
    {
        if (is_done != 1) throw std::runtime_error("a checksum cannot be computed");
    }
    std::vector<std::pair<std::string, Context>> m_contexts{};
};

struct Manifest {
    std::string file{}, algorithm{};
    bool is_of_tags = false;
    std::vector<ManifestLine> lines{};
};

bool is_payload(std::string_view path)
{
    return path.starts_with("data/");
}

class Reader {
public:
    Reader(fs::path folder, const BagLimits& limits) : m_folder(std::move(folder)), m_limits(limits)
    {
    }

    Bag read()
    {
        if (!list_files()) return std::move(m_bag);
        const auto declaration = raw_text("bagit.txt");
        if (!declaration) return std::move(m_bag);
        const auto known = parse_bag_declaration(*declaration, m_bag.remarks);
        if (!known) return std::move(m_bag);
        m_bag.declaration = *known;
        read_texts();
        compute_digests();
        for (const auto& manifest : m_manifests)
            check_manifest(manifest);
        check_completeness();
        check_fetch();
        check_oxum();
        return std::move(m_bag);
    }

private:
    void error(std::string_view code, ProblemParams params)
    {
        m_bag.remarks.error(code, std::move(params));
    }
    void warn(std::string_view code, ProblemParams params)
    {
        m_bag.remarks.warn(code, std::move(params));
    }

    bool list_files()
    {
        std::error_code failed;
        for (auto it = fs::recursive_directory_iterator{m_folder, failed};
             it != fs::recursive_directory_iterator{}; it.increment(failed)) {
            if (failed) throw fs::filesystem_error("cannot list", m_folder, failed);
            const auto path = it->path().lexically_relative(m_folder).generic_string();
            const auto status = it->symlink_status();
            if (fs::is_directory(status)) continue;
            if (!fs::is_regular_file(status)) {
                error("not_a_file", {{"file", path}});
                continue;
            }
            m_bag.files[path].size = it->file_size();
            m_by_key.emplace(bag_path_key(path), path);
            if (m_bag.files.size() > m_limits.files) {
                error("too_many_files", {{"value", std::to_string(m_limits.files)}});
                return false;
            }
        }
        if (failed) throw fs::filesystem_error("cannot list", m_folder, failed);
        if (!fs::is_directory(m_folder / "data")) error("no_payload", {});
        return true;
    }

    // Bytes of a small file, or an error said.
    std::optional<std::string> raw_text(const std::string& name)
    {
        const auto found = m_bag.files.find(name);
        if (found == m_bag.files.end()) {
            error("missing", {{"file", name}});
            return std::nullopt;
        }
        if (found->second.size > m_limits.text_bytes) {
            error("too_large", {{"file", name}, {"value", std::to_string(m_limits.text_bytes)}});
            return std::nullopt;
        }
        std::ifstream in{m_folder / name, std::ios::binary};
        std::string out{std::istreambuf_iterator<char>{in}, {}};
        if (!in || in.bad()) throw std::runtime_error("cannot read " + name);
        return out;
    }

    std::optional<std::string> read_text(const std::string& name)
    {
        const auto raw = raw_text(name);
        if (!raw) return std::nullopt;
        auto out = bag_text_in_utf8(*raw, m_bag.declaration.encoding);
        if (!out) error("encoding", {{"file", name}, {"value", m_bag.declaration.encoding}});
        return out;
    }

    void read_texts()
    {
        bool is_any = false;
        for (const auto& [name, file] : m_bag.files) {
            if (name.find('/') != std::string::npos || !name.ends_with(".txt")) continue;
            const bool is_of_tags = name.starts_with("tagmanifest-");
            if (!is_of_tags && !name.starts_with("manifest-")) continue;
            const auto start = name.find('-') + 1;
            auto algorithm = name.substr(start, name.size() - start - 4);
            std::erase(algorithm, '-');
            for (auto& c : algorithm)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            if (find_algorithm(algorithm) == nullptr) {
                warn("algorithm", {{"file", name}, {"value", algorithm}});
                continue;
            }
            const auto bytes = read_text(name);
            if (!bytes) continue;
            is_any = is_any || !is_of_tags;
            m_manifests.push_back(
                {.file = name,
                 .algorithm = algorithm,
                 .is_of_tags = is_of_tags,
                 .lines = parse_bag_manifest(*bytes, name, m_bag.declaration, m_bag.remarks)});
        }
        if (!is_any) error("no_manifest", {});
        if (m_bag.files.contains("bag-info.txt"))
            if (const auto info = read_text("bag-info.txt"))
                m_bag.info = parse_bag_info(*info, m_bag.declaration, m_bag.remarks);
        if (m_bag.files.contains("fetch.txt"))
            if (const auto fetch = read_text("fetch.txt"))
                m_fetch = parse_bag_fetch(*fetch, m_bag.declaration, m_bag.remarks);
    }

    // The file that a listed path means: itself, or the one that differs only in normal form or
    // case.
    [[nodiscard]] const std::string* meant(const std::string& path) const
    {
        if (const auto exact = m_bag.files.find(path); exact != m_bag.files.end())
            return &exact->first;
        const auto alike = m_by_key.find(bag_path_key(path));
        return alike == m_by_key.end() ? nullptr : &alike->second;
    }

    void compute_digests()
    {
        std::map<std::string, std::set<std::string>> wanted;
        for (const auto& manifest : m_manifests)
            for (const auto& line : manifest.lines)
                if (!leads_out_of_bag(line.path))
                    if (const auto* path = meant(line.path))
                        wanted[*path].insert(manifest.algorithm);
        std::vector<char> piece(1u << 18);
        for (const auto& [path, names] : wanted) {
            Digests digests{names};
            std::ifstream in{m_folder / path, std::ios::binary};
            if (!in) throw std::runtime_error("cannot read " + path);
            while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
                   in.gcount() > 0)
                digests.update({piece.data(), static_cast<std::size_t>(in.gcount())});
            if (in.bad()) throw std::runtime_error("cannot read " + path);
            m_bag.files[path].digests = digests.finish();
        }
    }

    void check_manifest(const Manifest& manifest)
    {
        std::map<std::string, std::string> seen;          // path → digest
        std::map<std::string, std::string> alike, normal; // key → path
        auto& listed = m_listed[manifest.file];
        for (const auto& line : manifest.lines) {
            const ProblemParams here{{"file", manifest.file}, {"value", line.path}};
            if (leads_out_of_bag(line.path)) {
                error("leads_out", here);
                continue;
            }
            if (is_payload(line.path) == manifest.is_of_tags) {
                error(manifest.is_of_tags ? "payload_in_tags" : "not_payload", here);
                continue;
            }
            if (manifest.is_of_tags && m_bag.declaration.is_rfc() &&
                line.path.starts_with("tagmanifest-")) {
                error("tagmanifest_listed", here);
                continue;
            }
            if (const auto before = seen.find(line.path); before != seen.end()) {
                if (before->second == line.digest)
                    warn("listed_twice", here);
                else
                    error("listed_differently", here);
                continue;
            }
            seen[line.path] = line.digest;
            warn_of_likeness(line.path, here, alike, normal);
            check_file(manifest, line, listed);
        }
    }

    void warn_of_likeness(const std::string& path, const ProblemParams& here,
                          std::map<std::string, std::string>& alike,
                          std::map<std::string, std::string>& normal)
    {
        if (is_system_file(path)) warn("system_file", here);
        if (!normal.emplace(bag_path_nfc(path), path).second)
            warn("normal_form", here);
        else if (!alike.emplace(bag_path_key(path), path).second)
            warn("case", here);
    }

    void check_file(const Manifest& manifest, const ManifestLine& line,
                    std::set<std::string>& listed)
    {
        const auto* path = meant(line.path);
        if (path == nullptr) {
            // What an operating system put there it also takes away; the bag has lost nothing of
            // its own.
            if (is_system_file(line.path))
                m_gone.insert(line.path);
            else if (is_to_be_fetched(line.path))
                error("not_fetched", {{"file", line.path}});
            else
                error("missing", {{"file", line.path}});
            return;
        }
        listed.insert(*path);
        if (*path != line.path) warn("other_spelling", {{"file", *path}, {"value", line.path}});
        if (m_bag.files[*path].digests.at(manifest.algorithm) != line.digest)
            error("changed", {{"file", *path}, {"value", manifest.algorithm}});
    }

    [[nodiscard]] bool is_to_be_fetched(const std::string& path) const
    {
        return std::ranges::find(m_fetch, path, &BagFetch::path) != m_fetch.end();
    }

    // Every payload file is in every payload manifest (1.0) or in one of them (before); in 1.0
    // every payload manifest is in every tag manifest.
    void check_completeness()
    {
        for (const auto& [path, file] : m_bag.files) {
            if (is_payload(path))
                check_listed(path);
            else if (m_bag.declaration.is_rfc() && path.starts_with("manifest-") &&
                     path.find('/') == std::string::npos)
                for (const auto& manifest : m_manifests)
                    if (manifest.is_of_tags && !m_listed[manifest.file].contains(path))
                        error("manifest_unlisted", {{"file", path}, {"value", manifest.file}});
        }
    }

    void check_listed(const std::string& path)
    {
        std::size_t wanted = 0, found = 0;
        for (const auto& manifest : m_manifests) {
            if (manifest.is_of_tags) continue;
            ++wanted;
            if (m_listed[manifest.file].contains(path)) ++found;
        }
        if (found == 0)
            error("unlisted", {{"file", path}});
        else if (found < wanted && m_bag.declaration.is_rfc())
            error("not_in_every_manifest", {{"file", path}});
    }

    void check_fetch()
    {
        for (const auto& item : m_fetch) {
            const ProblemParams here{{"file", "fetch.txt"}, {"value", item.path}};
            if (leads_out_of_bag(item.path))
                error("leads_out", here);
            else if (!is_payload(item.path))
                error("not_payload", here);
            else if (!std::ranges::any_of(m_manifests, [&](const Manifest& manifest) {
                         return !manifest.is_of_tags &&
                                std::ranges::find(manifest.lines, item.path, &ManifestLine::path) !=
                                    manifest.lines.end();
                     }))
                error("fetch_unlisted", here);
        }
    }

    void check_oxum()
    {
        const auto stated = bag_info_value(m_bag.info, "Payload-Oxum");
        if (stated.empty()) return;
        const auto oxum = parse_payload_oxum(stated);
        if (!oxum) return error("oxum_form", {{"value", std::string{stated}}});
        PayloadOxum is{.octets = 0, .files = m_gone.size()};
        for (const auto& [path, file] : m_bag.files) {
            if (!is_payload(path)) continue;
            is.octets += file.size;
            ++is.files;
        }
        const bool is_octets_known =
            m_gone.empty(); // how much went with a lost system file nobody can say
        if (is.files != oxum->files || (is_octets_known && is.octets != oxum->octets))
            error("oxum", {{"value", std::string{stated}},
                           {"other", fmt::format("{}.{}", is.octets, is.files)}});
    }

    fs::path m_folder;
    BagLimits m_limits;
    Bag m_bag{};
    std::vector<Manifest> m_manifests{};
    std::vector<BagFetch> m_fetch{};
    std::map<std::string, std::string> m_by_key{};           // likeness → path
    std::map<std::string, std::set<std::string>> m_listed{}; // manifest → files it names
    std::set<std::string> m_gone{};
};

} // namespace bag_reader

Bag read_bag(const std::filesystem::path& folder, const BagLimits& limits)
{
    return bag_reader::Reader{folder, limits}.read();
}

bool is_bag(const std::filesystem::path& folder)
{
    return std::filesystem::is_regular_file(folder / "bagit.txt");
}

} // namespace adal::referral
