#!/usr/bin/env python3
"""Makes the folder of a new red flag and its line in flags/all_flags.hpp.  usage: new_flag.py CODE   (R040, KZ06)

What it writes builds and answers "not applicable" for lack of a tender period, an estimate or bids; put the rule in
flag.cpp, say the method in README.md, add cases, add the sentences procurement.flag.CODE.* (tools/add_string.py), and
accept the answers with ADAL_ACCEPT=1.
"""
import pathlib
import re
import sys

FLAGS = pathlib.Path(__file__).resolve().parent.parent / "src/procurement/flags"

FLAG = """// {code}: what it looks for, in one line. Method, example and sources: README.md in this folder.
#include "procurement/flag.hpp"

namespace adal::procurement {{

namespace {space} {{

class {code}Flag final : public Flag
{{
public:
    explicit {code}Flag(const Thresholds& thresholds) : m_thresholds(thresholds) {{}}

    [[nodiscard]] std::string_view code() const override {{ return "{code}"; }}
    [[nodiscard]] int weight() const override {{ return kStatistical; }}

    [[nodiscard]] Answer judge(const Process& process) const override
    {{
        const auto competition = m_thresholds.competition(process);
        if (!competition) return not_applicable("method_unknown");
        return not_applicable("bids_unknown");
    }}

private:
    const Thresholds& m_thresholds;
}};

}} // namespace {space}

std::unique_ptr<Flag> make_{code}(const Thresholds& thresholds)
{{
    return std::make_unique<{space}::{code}Flag>(thresholds);
}}

}} // namespace adal::procurement
"""

README = """# {code}

**Method.**

**Worked example.**

**Why a red flag.**

**Not applicable.**

**Legal basis.**

**Source.**
"""


def main():
    if len(sys.argv) != 2 or not re.fullmatch(r"(R[0-9]{3}|KZ[0-9]{2})", sys.argv[1]):
        sys.exit(__doc__)
    code = sys.argv[1]
    folder = FLAGS / code
    folder.mkdir()
    (folder / "flag.cpp").write_text(FLAG.format(code=code, space=code.lower()))
    (folder / "README.md").write_text(README.format(code=code))
    (folder / "cases.jsonl").write_text("")
    (folder / "cases.expected").write_text("")
    listing = FLAGS / "all_flags.hpp"
    head, lines = [], []
    for line in listing.read_text().splitlines():
        (lines if line.startswith("ADAL_FLAG(") else head).append(line)
    listing.write_text("\n".join(head + sorted(lines + [f"ADAL_FLAG({code})"])) + "\n")
    print(folder)


main()
