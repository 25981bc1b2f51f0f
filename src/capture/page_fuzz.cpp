// What a hostile server answers: whatever the bytes, what is read of them is tame enough for the server to believe (read_hop),
// comes back the same through the worker's answer, and its archive is whole.
#include "base/text.hpp"
#include "capture/page.hpp"
#include "capture/warc.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::capture;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    static_cast<void>(read_hop(bytes)); // of a worker that was taken over
    auto page = read_page(bytes);
    if (!adal::is_utf8(page.text) || !adal::is_utf8(page.title) || page.text.size() > kMostText || page.links.size() > kMostLinks) std::abort();
    Hop hop{.url = "https://casino.kz/", .address = "203.0.113.7", .at = adal::Instant{1}, .request = "GET / HTTP/1.1\r\n\r\n", .response = std::string{bytes}};
    hop.status = page.status < 0 || page.status > 999 ? 0 : page.status;
    hop.mime = page.mime;
    hop.location = page.location;
    hop.title = page.title;
    hop.text = page.text;
    hop.links = page.links;
    hop.body = page.body;
    const auto back = read_hop(write_hop(hop));
    if (!back || back->text != hop.text || back->links != hop.links || back->response != hop.response) std::abort();
    const auto archive = write_archive(std::vector{hop}, "Adal", "page.warc.gz");
    if (archive.warc.empty() || archive.cdxj.empty() != (hop.status == 0)) std::abort();
    return 0;
}
