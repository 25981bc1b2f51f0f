// What the server itself reads of a stranger's picture.
#include "files/derive.hpp"
#include "files/image_header.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::files;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto header = read_image_header(bytes)) {
        const auto* begin = header->exif.data();
        const bool inside = header->exif.empty()
            || (begin >= bytes.data() && begin + header->exif.size() <= bytes.data() + bytes.size());
        if (header->width == 0 || header->height == 0 || !inside) std::abort();
    }
    if (is_bare_jpeg(bytes) && (!bytes.ends_with("\xff\xd9") || !bytes.starts_with("\xff\xd8"))) std::abort();
    const auto answer = parse_answer(bytes);
    if (answer.state == Derived::ok && !is_bare_jpeg(answer.view)) std::abort();
    return 0;
}
