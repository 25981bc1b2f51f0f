// http/multipart.hpp: multipart/form-data (RFC 7578, RFC 2046 §5.1.1) in pieces, without any I/O and with bounded memory: at
// most one boundary or one part header is held back. The result does not depend on where the pieces are
// cut. Not thread-safe.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adal::http {

struct PartHead {
    std::string name{};
    std::optional<std::string> file_name{}; // present = a file
    std::string type{};
};

// What the parser tells its owner; a Problem stops the parser.
class PartSink
{
public:
    virtual ~PartSink() = default;
    virtual Result<Done> begin_part(const PartHead& head) = 0;
    virtual Result<Done> part_bytes(std::string_view bytes) = 0;
    virtual Result<Done> end_part() = 0;
};

// The boundary of "multipart/form-data; boundary=…": 1 to 70 characters of RFC 2046; nothing otherwise.
std::optional<std::string> boundary_of(std::string_view content_type);

class MultipartParser
{
public:
    MultipartParser(std::string_view boundary, PartSink& sink);

    Result<Done> feed(std::string_view bytes);
    Result<Done> finish(); // bad_form when the closing boundary has not been seen

private:
    enum class State { preamble, after_boundary, head, content, epilogue };
    // Does one step; false = needs more bytes.
    Result<bool> step();
    Result<bool> read_boundary_end();
    Result<bool> read_head();
    Result<bool> read_content();
    [[nodiscard]] std::string_view rest() const { return std::string_view{m_held}.substr(m_at); }

    std::string m_delimiter; // CRLF "--" boundary
    PartSink& m_sink;
    std::string m_held;      // bytes not consumed yet
    std::size_t m_at = 0;
    State m_state = State::preamble;
};

} // namespace adal::http
