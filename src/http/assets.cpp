#include "http/assets.hpp"

#include "base/result.hpp"
#include "embedded/web.hpp"

#include <array>
#include <fmt/format.h>
#include <map>
#include <stdexcept>
#include <zlib.h>

namespace adal::http {
namespace {

// A compressor needs 270 KB of tables: one for each thread, wound back between texts. Made anew for each
// text they would be mapped, cleared and unmapped again, which costs as much as the compression.
class Packer
{
public:
    explicit Packer(int level)
    {
        if (deflateInit2(&m_stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error("deflateInit2 failed");
    }
    Packer(const Packer&) = delete;
    Packer& operator=(const Packer&) = delete;
    ~Packer() { deflateEnd(&m_stream); }

    std::string pack(std::string_view bytes)
    {
        if (deflateReset(&m_stream) != Z_OK) throw std::runtime_error("deflateReset failed");
        std::string out(deflateBound(&m_stream, bytes.size()) + 32, '\0');
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        if (deflate(&m_stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate failed");
        out.resize(m_stream.total_out);
        out.shrink_to_fit(); // pages are kept packed
        return out;
    }

private:
    z_stream m_stream{};
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".geojson", "application/geo+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".pdf", "application/pdf"},
    {".woff2", "font/woff2"},
}};

using Assets = std::map<std::string, Asset, std::less<>>;

Assets read_assets()
{
    Assets out;
    for (const auto& file : embedded::web()) {
        Asset asset{.name = std::string{file.name},
                    .type = type_of(file.name),
                    .hash = std::string{file.sha256.substr(0, 8)},
                    .bytes = std::make_shared<const std::string>(file.bytes)};
        auto small = Packer{9}.pack(file.bytes);
        if (small.size() < file.bytes.size())
            asset.gzip = std::make_shared<const std::string>(std::move(small));
        out.emplace(asset.name, std::move(asset));
    }
    return out;
}

const Assets& assets()
{
    static const Assets all = read_assets();
    return all;
}

} // namespace

const Asset* find_asset(std::string_view name)
{
    const auto at = assets().find(name);
    return at == assets().end() ? nullptr : &at->second;
}

std::string asset_path(std::string_view name)
{
    const auto* asset = find_asset(name);
    ADAL_CHECK(asset != nullptr);
    return fmt::format("/static/{}/{}", asset->hash, name);
}

Result<Reply> asset_reply(std::string_view hash, std::string_view name, bool accepts_gzip)
{
    const auto* asset = find_asset(name);
    if (asset == nullptr) return fail(not_found);
    const bool packed = accepts_gzip && asset->gzip;
    Reply reply{.status = 200,
                .type = std::string{asset->type},
                .headers = {{"ETag", fmt::format("\"{}{}\"", asset->hash, packed ? "-gz" : "")},
                            {"Vary", "Accept-Encoding"},
                            {"Cache-Control", hash == asset->hash ? "public, max-age=31536000, immutable"
                                                                  : "no-cache"}},
                .body = packed ? asset->gzip : asset->bytes};
    if (packed) reply.headers.emplace_back("Content-Encoding", "gzip");
    return reply;
}

std::string_view type_of(std::string_view file_name)
{
    for (const auto& [ending, type] : kTypes)
        if (file_name.ends_with(ending)) return type;
    return "application/octet-stream";
}

std::string gzip(std::string_view bytes)
{
    thread_local Packer packer{4}; // 1 % larger than level 6 in half the time
    return packer.pack(bytes);
}

} // namespace adal::http
