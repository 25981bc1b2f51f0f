// referral/bag.hpp: reads and judges a BagIt bag in a folder (RFC 8493; drafts 0.93 to 0.97).
//
// Every file is read once, in pieces, for all its checksums; nothing is fetched that fetch.txt
// names, no symbolic link is followed, no path of the bag leads out of it. Expected trouble is a
// remark; a disk that fails throws std::runtime_error. Thread-safe.
#pragma once

#include "base/hash.hpp"
#include "referral/bag_text.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace adal::referral {

struct BagLimits {
    std::size_t files = 200'000;
    std::uint64_t text_bytes = 64u << 20; // of one manifest or other text file
};

struct BagFile {
    std::uint64_t size = 0;
    std::map<std::string, std::string>
        digests{}; // algorithm → hex, of those that a manifest asks for
};

struct Bag {
    BagDeclaration declaration{};
    BagInfo info{};
    std::map<std::string, BagFile> files{}; // all regular files by path from the bag's folder
    BagRemarks remarks{};
    [[nodiscard]] BagClass outcome() const { return remarks.outcome(); }
};

// The codes of remarks are the keys `referral.bag.*`.
Bag read_bag(const std::filesystem::path& folder, const BagLimits& limits = {});

// True when the folder says of itself that it is a bag.
bool is_bag(const std::filesystem::path& folder);

} // namespace adal::referral
