// referral/bag_archive.hpp: a bag that came as one file. Unpacked under limits, then read like any
// folder (bag.hpp). Throws std::runtime_error when the disk fails. Thread-safe.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>

namespace adal::referral {

// A bag that came as ZIP or tar (also compressed) is unpacked below `folder`; returns where the bag
// is. Refuses (archive_bad, params: file, reason) what leads out of the folder, links, devices, and
// more than the limits.
inline constexpr ProblemCode archive_bad{"dossier.archive_bad", 422};
struct ArchiveLimits {
    std::uint64_t bytes = 64ull << 30;
    std::size_t files = 200'000;
};
Result<std::filesystem::path> unpack_bag(const std::filesystem::path& archive,
                                         const std::filesystem::path& folder,
                                         const ArchiveLimits& limits = {});

} // namespace adal::referral
