// The whole of the worker's work, without its sandbox: no crash, and nothing but a bare JPEG comes out.
#include "files/derive.hpp"
#include "files/image_header.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::files;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto header = read_image_header(bytes);
    if (header && header->pixels() > 250'000) return 0; // large pictures are slow and teach nothing new
    const auto made = derive(bytes);
    if (made.state == Derived::ok && parse_answer(write_answer(made)).view != made.view) std::abort();
    return 0;
}
