#include "base/time_zone.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

namespace adal {

namespace {

// Big-endian numbers out of a byte string; throws at its end.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    std::string_view take(std::size_t count)
    {
        if (count > m_rest.size()) throw std::runtime_error("TZif file ends early");
        const auto taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }

    std::uint64_t number(std::size_t width)
    {
        std::uint64_t value = 0;
        for (const char c : take(width))
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }

    std::size_t count() { return static_cast<std::size_t>(number(4)); }

private:
    std::string_view m_rest;
};

struct Header {
    std::size_t ut = 0, standard = 0, leaps = 0, times = 0, types = 0, letters = 0;
};

Header read_header(Reader& reader)
{
    if (reader.take(4) != "TZif") throw std::runtime_error("not a TZif file");
    if (reader.take(1) < "2") throw std::runtime_error("TZif file without 64-bit times");
    reader.take(15);
    Header header;
    header.ut = reader.count();
    header.standard = reader.count();
    header.leaps = reader.count();
    header.times = reader.count();
    header.types = reader.count();
    header.letters = reader.count();
    return header;
}

} // namespace

TimeZone::TimeZone(std::string_view tzif)
{
    Reader reader{tzif};
    const auto old = read_header(reader); // the 32-bit block comes first and is skipped
    reader.take(old.times * 5 + old.types * 6 + old.letters + old.leaps * 8 + old.standard +
                old.ut);
    const auto header = read_header(reader);
    if (header.types == 0) throw std::runtime_error("TZif file without a time type");

    std::vector<std::int64_t> times(header.times);
    for (auto& time : times)
        time = static_cast<std::int64_t>(reader.number(8));
    const auto indices = reader.take(header.times);
    std::vector<std::int64_t> offsets(header.types);
    for (auto& offset : offsets) {
        offset = static_cast<std::int32_t>(reader.number(4));
        reader.take(2);
    }

    m_spans.push_back({std::numeric_limits<std::int64_t>::min(), offsets[0]});
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto type = static_cast<unsigned char>(indices[i]);
        if (type >= offsets.size()) throw std::runtime_error("TZif file names an unknown type");
        m_spans.push_back({times[i], offsets[type]});
    }
}

std::int64_t TimeZone::offset_at(std::int64_t seconds) const
{
    auto span = m_spans.end() - 1; // nearly every question is about the present
    while (seconds < span->from)
        --span;
    return span->offset;
}

std::int64_t TimeZone::first_moment(std::int64_t local) const
{
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        const bool last = i + 1 == m_spans.size();
        const auto moment = std::max(local - m_spans[i].offset, m_spans[i].from);
        if (last || moment < m_spans[i + 1].from) return moment;
    }
    return local;
}

const TimeZone& almaty()
{
    static const TimeZone zone = [] {
        const char* folder = std::getenv("TZDIR");
        const auto path = std::string(folder ? folder : "/usr/share/zoneinfo") + "/Asia/Almaty";
        std::ifstream file{path, std::ios::binary};
        if (!file) throw std::runtime_error("cannot read " + path + ": install tzdata");
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        return TimeZone{bytes};
    }();
    return zone;
}

} // namespace adal
