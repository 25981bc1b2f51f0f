#include "procurement/goszakup/goszakup.hpp"

#include "procurement/goszakup/collection.hpp"
#include "procurement/goszakup/fetch_state.hpp"
#include "procurement/goszakup/identifier.hpp"
#include "procurement/goszakup/ocds_json.hpp"
#include "procurement/goszakup/purchase.hpp"
#include "procurement/goszakup/release.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace adal::procurement::goszakup {

namespace mapping {

namespace fs = std::filesystem;

std::string name_of(const std::vector<Source>& sources)
{
    if (sources.empty()) return "goszakup";
    const std::string& first = sources.front().file;
    return sources.size() == 1 ? first : first + " +" + std::to_string(sources.size() - 1);
}

std::vector<std::string> files_in(const std::string& folder)
{
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto extension = entry.path().extension();
        const bool is_ours = entry.path().filename() == state_file("").filename();
        if (entry.is_regular_file() && !is_ours && (extension == ".json" || extension == ".jsonl"))
            files.push_back(entry.path().string());
    }
    std::ranges::sort(files);
    return files;
}

Result<Source> read_source(const std::string& path)
{
    std::ifstream in{path, std::ios::binary | std::ios::ate};
    const auto size = in ? static_cast<std::streamoff>(in.tellg()) : std::streamoff{-1};
    Source source{std::string(size < 0 ? 0 : static_cast<std::size_t>(size), '\0'), path};
    if (size >= 0) in.seekg(0);
    if (size < 0 || (!in.read(source.bytes.data(), size) && size > 0))
        return fail(unreadable_file, {{"file", path}, {"reason", std::strerror(errno)}});
    return source;
}

std::optional<LocalDate> day_of(const When& when)
{
    return when ? std::optional{local_date(when->at)} : std::nullopt;
}

// Keys as those of the parties of a purchase, so that both compare.
RegisterEntry register_entry(const Unscrupulous& row, const Reference& known, const PersonKey& key)
{
    const Parties parties{key, known, Codes::standard()};
    const bool is_open = judge_identifier(row.supplier.digits).holder == Holder::organisation;
    return {.id = row.id,
            .supplier = register_key(parties.id_of(row.supplier)),
            .head = register_key(contact_hash(key.mark("number", row.head.digits))),
            .name = is_open ? row.supplier_name : "",
            .reason = row.reason,
            .from = day_of(row.start ? row.start : row.court_date),
            .until = day_of(row.end)};
}

// What our own reader says of our own lines: a fault of the mapping would show here.
void take_over(PayloadRead& payloads, OcdsRead& read, const std::string& file)
{
    for (auto& note : read.notes) note.file = file + " (OCDS)";
    std::ranges::move(read.notes, std::back_inserter(payloads.notes));
    read.file = file;
    read.sha256 = payloads.sha256;
    read.rows = payloads.rows;
    read.refused += payloads.refused;
    read.skipped += payloads.skipped;
    read.noted += payloads.noted;
    read.notes = std::move(payloads.notes);
}

} // namespace mapping

Mapped map_payloads(std::vector<Source> sources, const PersonKey& key, std::string_view ocid_prefix)
{
    const std::string file = mapping::name_of(sources);
    PayloadRead payloads;
    for (auto& source : sources) read_payloads(std::move(source.bytes), source.file, payloads);
    merge_same(payloads.records);
    const auto joined = join(payloads, ocid_prefix.empty() ? Codes::standard().ocid_prefix : ocid_prefix);
    Mapped mapped;
    for (const auto& purchase : joined.purchases)
        mapped.lines += json_line(release_of(purchase, joined.known, key, payloads)) + "\n";
    mapped.read = read_ocds(mapped.lines, file);
    mapping::take_over(payloads, mapped.read, file);
    for (const auto& entry : payloads.records.unscrupulous)
        if (!entry.supplier.digits.empty())
            mapped.register_entries.push_back(mapping::register_entry(entry, joined.known, key));
    return mapped;
}

Result<std::vector<Source>> read_sources(const std::vector<std::string>& paths)
{
    std::vector<Source> sources;
    for (const auto& path : paths) {
        std::error_code missing;
        const bool is_folder = mapping::fs::is_directory(path, missing);
        for (const auto& file : is_folder ? mapping::files_in(path) : std::vector{path}) {
            auto source = mapping::read_source(file);
            if (!source) return pass(source);
            sources.push_back(std::move(*source));
        }
        if (is_folder && mapping::files_in(path).empty())
            return fail(unreadable_file, {{"file", path}, {"reason", std::strerror(ENOENT)}});
    }
    return sources;
}

std::optional<Loss> lost_facts(const Process& stored, const Process& brought)
{
    const auto lost = [](const auto& before, const auto& after) { return !before.empty() && after.empty(); };
    if (lost(stored.title, brought.title) || lost(stored.lots, brought.lots)) return Loss{stored.ocid, "Lots"};
    if (stored.tender_period.end && !brought.tender_period.end) return Loss{stored.ocid, "TrdBuy"};
    if (lost(stored.bids, brought.bids)) return Loss{stored.ocid, "TrdApp"};
    if (lost(stored.contracts, brought.contracts)) return Loss{stored.ocid, "Contract"};
    if (lost(stored.plan_versions, brought.plan_versions)) return Loss{stored.ocid, "Plans"};
    for (const auto& before : stored.contracts) {
        const auto after = std::ranges::find(brought.contracts, before.id, &Contract::id);
        if (after == brought.contracts.end()) return Loss{stored.ocid, "Contract"};
        if (before.signed_at && !after->signed_at) return Loss{stored.ocid, "Contract"};
        if (before.amendments.size() > after->amendments.size()) return Loss{stored.ocid, "Contract"};
        if (lost(before.payments, after->payments)) return Loss{stored.ocid, "TreasuryPay"};
        if (lost(before.acts, after->acts)) return Loss{stored.ocid, "Acts"};
    }
    return std::nullopt;
}

} // namespace adal::procurement::goszakup
