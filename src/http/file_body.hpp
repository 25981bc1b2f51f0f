// http/file_body.hpp: a file on its way to a client: validators, one range, bytes in pieces. Not thread-safe.
#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>

namespace adal::http {

class FileSource
{
public:
    FileSource() = default;
    ~FileSource() { close(); }
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    // Opens reply's FileBody (regular files only, no symbolic link at the end) and settles status and headers:
    // ETag, Accept-Ranges, 206, 304, 416. False: there is no such file.
    bool open(Reply& reply, const Request& request);
    void close();
    [[nodiscard]] std::uint64_t left() const { return m_left; }
    void skip() { m_left = 0; } // HEAD
    // The next piece, up to 128 KB. False on an error of the disk or a file that shrank.
    bool read(std::string& out);

private:
    int m_descriptor = -1;
    std::uint64_t m_offset = 0, m_left = 0;
};

} // namespace adal::http
