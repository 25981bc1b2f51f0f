// http/body.hpp: where the bytes of a request body go while they arrive: into Request::body, into form fields, or, for files
// of a multipart form, onto disk. Bounded; nothing of a refused request stays on disk. Not thread-safe.
#pragma once

#include "http/message.hpp"
#include "http/router.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace adal::http {

inline constexpr ProblemCode body_too_large{"http.body_too_large", 413}; // params: limit (KB)
inline constexpr ProblemCode bad_type{"http.bad_type", 415};
inline constexpr ProblemCode too_many_files{"http.too_many_files", 413}; // params: limit

// Files of one request in the spool directory; removes what no handler has taken (renamed) away.
class Spool
{
public:
    explicit Spool(std::string directory) : m_directory(std::move(directory)) {}
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool();

    void open();                       // begins the next file
    void write(std::string_view bytes);
    std::string close();               // its path

private:
    std::string m_directory;
    std::vector<std::string> m_paths;
    int m_descriptor = -1;
};

class BodySink
{
public:
    virtual ~BodySink() = default;
    virtual Result<Done> write(std::string_view bytes) = 0;
    virtual Result<Done> finish() = 0; // fills the request
};

// By Content-Type and the route. A page's form is urlencoded or, where the route says so, multipart; other
// routes take any type as Request::body. `request` and `spool` outlive the sink.
Result<std::unique_ptr<BodySink>> body_sink(Request& request, const Route& route, Spool& spool);

// Removes what a killed process left in the spool directory, and makes it.
void clean_spool(const std::string& directory);

} // namespace adal::http
