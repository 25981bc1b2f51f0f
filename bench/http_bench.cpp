// bench/http_bench: a server with nothing behind it, to measure the transport alone (bench/http.sh). Routes:
// /health, /static…, POST /echo, POST /upload, /slow.
//
// usage: http_bench [ADDRESS:PORT [IO_THREADS]]
#include "http/server.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <thread>

using namespace adal;

namespace {

http::Router routes()
{
    http::Router router;
    router.plain("/health", Permission::anyone, [](const http::Request&) { return http::text_reply("ok\n"); });
    router.get("/slow", Permission::anyone, [](storage::Snapshot&, const http::Request&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        return http::text_reply("slow\n");
    });
    router.post("/echo", Permission::anyone, [](storage::Transaction&, const http::Request& request) {
        return http::text_reply(request.body);
    });
    router.post("/upload", Permission::anyone, [](storage::Transaction&, const http::Request& request) {
        std::uint64_t size = 0;
        for (const auto& file : request.files) size += file.size;
        return http::text_reply(fmt::format("{} files {} bytes\n", request.files.size(), size));
    }, {.body_limit = 100u << 20, .multipart = true});
    return router;
}

} // namespace

int main(int argc, char** argv)
{
    std::string folder = (std::filesystem::temp_directory_path() / "adal-http-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 3;
    {
        auto database = storage::Database::open("sqlite:" + folder + "/bench.db");
        http::ServerOptions options{.listen = argc > 1 ? argv[1] : "127.0.0.1:0",
                                    .io_threads = argc > 2 ? std::atoi(argv[2]) : 1,
                                    .dispatch = {.spool_directory = folder + "/spool"}};
        http::Server server{routes(), database, {}, std::move(options)};
        fmt::print("listening on {}\n", server.listen());
        std::fflush(stdout);
        server.run();
        const auto counts = server.counts();
        fmt::print("requests {} timeouts {} refused {} overloads {}\n", counts.requests, counts.timeouts, counts.refused, counts.overloads);
    }
    std::filesystem::remove_all(folder);
}
