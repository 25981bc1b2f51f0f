// base/time_zone.hpp: a zone of the system's tzdata, read from its TZif file (RFC 8536).
//
// The process's TZ is never touched. Immutable after reading, so thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adal {

class TimeZone {
public:
    // Bytes of a TZif file, version 2 or later. Throws std::runtime_error when they are not.
    explicit TimeZone(std::string_view tzif);

    // Seconds east of Greenwich at a moment given in seconds since 1970.
    [[nodiscard]] std::int64_t offset_at(std::int64_t seconds) const;
    // The first moment whose local time is not before `local` (seconds of the local clock).
    [[nodiscard]] std::int64_t first_moment(std::int64_t local) const;

private:
    struct Span {
        std::int64_t from;   // seconds since 1970
        std::int64_t offset; // seconds
    };
    std::vector<Span> m_spans; // by `from`, the first one has no beginning
};

// Asia/Almaty, read once from $TZDIR or /usr/share/zoneinfo.
const TimeZone& almaty();

} // namespace adal
