// make_warc DIR: an archive of a visit (redirects, chunks, gzip, what was cut off, what did not answer) for foreign readers, with
// the bodies that were sent beside it.
#include "capture/page.hpp"
#include "capture/warc.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using adal::capture::Failure;
using adal::capture::Hop;

Hop visit(std::string url, std::string response, Failure failure = Failure::none)
{
    Hop out{.url = std::move(url), .address = "203.0.113.7", .at = *adal::parse_instant("2026-11-27T10:11:12.345Z"), .failure = failure, .response = std::move(response)};
    if (out.response.empty()) return out;
    out.request = "GET / HTTP/1.1\r\nHost: casino.kz\r\nUser-Agent: test\r\n\r\n";
    auto page = adal::capture::read_page(out.response);
    out.status = page.status;
    out.mime = page.mime;
    out.title = page.title;
    out.text = page.text;
    return out;
}

std::string answer(std::string_view head, std::string_view body)
{
    return "HTTP/1.1 200 OK\r\n" + std::string{head} + "\r\n\r\n" + std::string{body};
}

void write(const std::filesystem::path& path, std::string_view bytes)
{
    std::ofstream{path, std::ios::binary} << bytes;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_warc DIR\n";
        return 2;
    }
    const std::filesystem::path folder{argv[1]};
    const std::string body = "<title>Ұтыс</title><p>Тіркел де ойна \r\n\r\n WARC/1.1</p>", binary{"\x1f\x8b\x08\x00\xff\x00\r\n\r\n", 10};
    const std::vector hops{visit("https://www.casino.kz/", {}, Failure::tls),
                           visit("http://www.casino.kz/", "HTTP/1.1 301 Moved Permanently\r\nLocation: http://casino.kz:8080/Win?b=2&a=1&c\r\nContent-Length: 0\r\n\r\n"),
                           visit("http://casino.kz:8080/Win?b=2&a=1&c", answer("Content-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(body.size()), body)),
                           visit("https://casino.kz/chunks", answer("Content-Type: text/plain\r\nTransfer-Encoding: chunked", "5\r\nab\r\nc\r\n3\r\ndef\r\n0\r\n\r\n")),
                           visit("https://casino.kz/cut", answer("Content-Type: text/plain\r\nContent-Length: 1000", "xxxx"), Failure::time),
                           visit("https://casino.kz/favicon.ico", answer("Content-Type: image/x-icon\r\nContent-Length: 10", binary))};
    const auto archive = adal::capture::write_archive(hops, "Adal", "page.warc.gz");
    write(folder / "page.warc.gz", archive.warc);
    write(folder / "page.cdxj", archive.cdxj);
    write(folder / "body", body);
    write(folder / "binary", binary);
}
