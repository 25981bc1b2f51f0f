// base/embedded.hpp: a file that travels inside the program (tools/embed.py).
#pragma once

#include <span>
#include <string_view>

namespace adal::embedded {

struct File {
    std::string_view name;   // path below its folder, e.g. "kk.json"
    std::string_view bytes;
    std::string_view sha256; // hex
};

inline const File* find(std::span<const File> files, std::string_view name)
{
    for (const auto& file : files)
        if (file.name == name) return &file;
    return nullptr;
}

} // namespace adal::embedded
