#!/usr/bin/env python3
"""Turns files into a C++ library.  usage: embed.py NAMESPACE ROOT OUT FILE…

Writes OUT.hpp and OUT.cpp: `std::span<const adal::embedded::File> adal::embedded::NAMESPACE()`, sorted by name.
A name is the path below ROOT, or the bare file name for files from elsewhere.
"""
import hashlib
import pathlib
import sys

namespace, root, out = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
files = {}
for argument in sys.argv[4:]:
    path = pathlib.Path(argument)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    files[name] = path.read_bytes()

pathlib.Path(out).parent.mkdir(parents=True, exist_ok=True)
pathlib.Path(out + ".hpp").write_text(f"""// Made by tools/embed.py.
#pragma once
#include "base/embedded.hpp"
#include <span>
namespace adal::embedded {{
std::span<const File> {namespace}();
}}
""")

ESCAPES = {b: f"\\{b:03o}" for b in range(256) if b < 32 or b > 126 or chr(b) in '"\\?'}
PLAIN = {b: chr(b) for b in range(256) if b not in ESCAPES}


def literal(data):
    text = "".join(ESCAPES.get(b) or PLAIN[b] for b in data)
    pieces, at = [], 0
    while at < len(text):
        end = min(at + 8000, len(text))
        while end < len(text) and "\\" in text[end - 3:end]:
            end -= 1
        pieces.append('"' + text[at:end] + '"')
        at = end
    return "\n".join(pieces) or '""'


with open(out + ".cpp", "w") as cpp:
    cpp.write(f'// Made by tools/embed.py.\n#include "embedded/{namespace}.hpp"\nnamespace adal::embedded {{\n')
    cpp.write("namespace {\n")
    rows = []
    for number, (name, data) in enumerate(sorted(files.items())):
        cpp.write(f"constexpr char kFile{number}[] =\n{literal(data)};\n")
        rows.append(f'    {{"{name}", {{kFile{number}, {len(data)}}}, "{hashlib.sha256(data).hexdigest()}"}},')
    cpp.write(f"constexpr File kFiles[] = {{\n" + "\n".join(rows or ['    {"", {"", 0}, ""},']) + "\n};\n}\n")
    cpp.write(f"std::span<const File> {namespace}() {{ return {{kFiles, {len(rows)}}}; }}\n}}\n")
