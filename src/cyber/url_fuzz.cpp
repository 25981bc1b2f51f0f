// Any bytes: an address reads itself back, and so does an identity; lists and lines never break the reader.
#include "cyber/cyber.hpp"
#include "cyber/url_host.hpp"
#include "cyber/url_plain.hpp"

#include "base/text.hpp"

#include <cstdlib>

namespace {

void check(bool held)
{
    if (!held) std::abort();
}

void check_url(const std::optional<adal::cyber::Url>& url)
{
    if (!url) return;
    check(adal::is_utf8(url->href));
    const auto again = adal::cyber::parse_url(url->href);
    check(again && again->href == url->href && again->host() == url->host() && again->path() == url->path() && again->query() == url->query());
}

const adal::cyber::SuffixList& suffixes()
{
    static const auto list = adal::cyber::SuffixList::read("kz\ncom.kz\ncom\nme\nbe\n*.ck\n!www.ck\n", "fuzz");
    return *list;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::cyber;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    static const auto kBase = parse_url("https://user@kaspi.kz:81/a/b?c#d"), kFile = parse_url("file:///C:/x");
    const auto url = parse_url(text);
    check_url(url);
    check_url(parse_url(text, &*kBase));
    check_url(parse_url(text, &*kFile));
    if (is_plainly_canonical(text)) check(url && url->href == text);
    const auto link = read_link(text, suffixes());
    check(adal::is_utf8(link.identity.key) && (link.identity.kind == Kind::none) == link.identity.key.empty());
    if (url) check(url->host().ends_with(suffixes().parts(url->host()).registrable) || url->host().ends_with("."));
    if (const auto line = read_canon_input(text)) check(adal::is_utf8(line->input));
    SuffixList::read(text, "fuzz");
    return 0;
}
