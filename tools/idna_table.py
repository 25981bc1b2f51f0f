#!/usr/bin/env python3
"""Makes the table of UTS #46 from the npm package tr46.  usage: idna_table.py TR46_FOLDER OUT.cpp

The package carries Unicode's IdnaMappingTable and the character classes of RFC 5892 and RFC 5893 as regular
expressions. OUT.cpp holds ranges of code points with a status, a mapping and bits, as src/cyber/idna_table.hpp
describes them.
"""
import json
import pathlib
import re
import sys

STATUS = {1: "mapped", 2: "valid", 3: "disallowed", 6: "valid", 7: "ignored"}  # 6: deviation, kept as it is
# bit → (name of the expression, which of its classes)
CLASSES = {
    "mark": ("combiningMarks", 0),
    "virama": ("combiningClassVirama", 0),
    "joins_after": ("validZWNJ", 0),
    "transparent": ("validZWNJ", 1),
    "joins_before": ("validZWNJ", 3),
    "bidi": ("bidiDomain", 0),
    "ltr_first": ("bidiS1LTR", 0),
    "rtl_first": ("bidiS1RTL", 0),
    "rtl_allowed": ("bidiS2", 0),
    "rtl_last": ("bidiS3", 0),
    "nonspacing": ("bidiS3", 1),
    "european_number": ("bidiS4EN", 0),
    "arabic_number": ("bidiS4AN", 0),
    "ltr_allowed": ("bidiS5", 0),
    "ltr_last": ("bidiS6", 0),
}
# Unescaped in their classes, or escaped by one letter.
ESCAPES = {"0": 0, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
CLASS = re.compile(r"\[((?:\\.|[^\]\\])*)\]", re.S)
LETTER = re.compile(r"\\u\{([0-9A-F]+)\}|\\u([0-9A-F]{4})|\\x([0-9A-F]{2})|\\(.)|(.)", re.S)


def code_points(text):
    for match in LETTER.finditer(text):
        number = match[1] or match[2] or match[3]
        if number:
            yield int(number, 16), False
        elif match[4]:
            yield ESCAPES.get(match[4], ord(match[4])), False
        else:
            yield ord(match[5]), match[5] == "-"


def ranges(text):
    """[first, last] of each range of a character class."""
    found, open_range = [], False
    for code_point, is_dash in code_points(text):
        if is_dash and found:
            open_range = True
        elif open_range:
            found[-1][1], open_range = code_point, False
        else:
            found.append([code_point, code_point])
    if open_range:
        raise SystemExit("idna_table.py: a class ends with a dash; its format has changed")
    return found


folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
expressions = dict(re.findall(r"^const (\w+) = /(.*)/u;$", (folder / "lib/regexes.js").read_text(encoding="utf-8"), re.M))
bits = [0] * 0x110000
for number, (name, which) in enumerate(CLASSES.values()):
    classes = CLASS.findall(expressions[name])
    for first, last in ranges(classes[which]):
        for code_point in range(first, last + 1):
            bits[code_point] |= 1 << number

status, mapping = ["disallowed"] * 0x110000, {}
for entry in json.loads((folder / "lib/mappingTable.json").read_text(encoding="utf-8")):
    first, last = entry[0] if isinstance(entry[0], list) else (entry[0], entry[0])
    for code_point in range(first, last + 1):
        status[code_point] = STATUS[entry[1]]
        if STATUS[entry[1]] == "mapped":
            mapping[code_point] = entry[2]

pool, places, rows = "", {}, []
for code_point in range(0x110000):
    text = mapping.get(code_point, "")
    if text not in places:
        places[text] = len(pool)
        pool += text
    row = (status[code_point], bits[code_point], places[text], len(text))
    if not rows or rows[-1][1:] != row:
        rows.append((code_point, *row))

with out.open("w", encoding="ascii") as cpp:
    cpp.write('// Made by tools/idna_table.py.\n#include "cyber/idna_table.hpp"\nnamespace adal::cyber::idna {\n')
    cpp.write("static constexpr char32_t kPool[] = {" + ",".join(hex(ord(c)) for c in pool) + "};\n")
    cpp.write("static constexpr Row kRows[] = {\n")
    for first, state, flags, place, length in rows:
        cpp.write(f"{{{first:#x},{place},{length},Status::{state},{flags:#x}}},\n")
    cpp.write("};\nstd::span<const Row> rows()\n{\n    return kRows;\n}\n")
    cpp.write("std::u32string_view pool()\n{\n    return {kPool, std::size(kPool)};\n}\n} // namespace adal::cyber::idna\n")
