// capture/warc.hpp: a visit as the archives of the web keep it: WARC/1.1 (ISO 28500:2017), one gzip member a record (its Annex D),
// and the index of it in CDXJ (a line: SURT key, time, JSON). The bytes are those that went over the wire; what a reader would
// see is beside them as a record of its own. The same visit gives the same bytes. Rules only; thread-safe.
#pragma once

#include "capture/hop.hpp"

#include <span>
#include <string>
#include <string_view>

namespace adal::capture {

struct Archive {
    std::string warc{}; // of application/warc, packed
    std::string cdxj{}; // sorted lines, of responses
};

// `hops`: in their order, at least one. `software`: "Adal/0.1.0". `filename`: under which it will be kept, for the index.
Archive write_archive(std::span<const Hop> hops, std::string_view software, std::string_view filename);

// "http://www.example.kz:8080/A?b=2&a=1" gives "kz,example:8080)/a?a=1&b=2": the key under which replay tools look an address up
// (Internet Archive's Sort-friendly URI Reordering Transform; scheme, letter case and the order of a query are no difference).
std::string surt(std::string_view url);

// RFC 4648 §6, padded.
std::string base32(std::string_view bytes);

} // namespace adal::capture
