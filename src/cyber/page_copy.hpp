// cyber/page_copy.hpp: a copy of a reported page that the server takes itself: which way it goes, what is kept of it, and which
// other pages are like it. Rules only: no storage, no language; the network is a function that is given. Thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"
#include "capture/hop.hpp"
#include "capture/worker.hpp"
#include "cyber/link.hpp"
#include "cyber/suffix_list.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// One request (capture/worker.hpp: fetch_hop).
using PageFetch = std::function<capture::Hop(const capture::Target&, const capture::Errand&)>;

struct PageVisit {
    std::vector<capture::Hop> hops{}; // at least one
    std::optional<std::size_t> page{}; // the last that answered and leads nowhere further; nothing: none did
    std::optional<capture::Hop> icon{};
    capture::Failure failure = capture::Failure::none; // of the last hop, or `redirects`
};
inline constexpr std::size_t kMostRedirects = 10;
// Goes to a web address as a browser would: https first, plain http when nobody speaks TLS there, redirects one by one and each
// judged anew, then "/favicon.ico". Ends after capture::kMostTime and capture::kMostBytes in all, at a circle, or at an address
// that is none of the web.
PageVisit visit_page(std::string_view key, const PageFetch& fetch);

// A step of the way, as it is kept.
struct PageStep {
    std::string url{};
    int status = 0;
    capture::Failure failure = capture::Failure::none;
    std::string address{}, tls{}, certificate{};
};

struct PageCopy {
    PageCopyId id{};
    ResourceId resource{};
    std::string site{};              // whose server is asked: registrable domain or host
    Instant wanted_at{};
    std::optional<Instant> taken_at{}; // nothing: it waits
    capture::Failure failure = capture::Failure::none;
    std::vector<PageStep> steps{};
    std::string title{}, text{};
    std::optional<std::uint64_t> likeness{};
    std::string icon{};              // SHA-256, hex; empty: none
    std::vector<std::string> contacts{}; // identities, sorted
    FileId file{};                   // the archive; unset: nothing answered
    std::string cdxj{};
    std::optional<std::int64_t> leaf{}; // of the public log

    [[nodiscard]] bool is_kept() const { return file.is_set(); }
};
// Everything but ids, file and log.
PageCopy copy_of(const PageVisit& visit, const SuffixList& suffixes);

// Charikar's fingerprint (STOC 2002) of the runs of three words of a text: near copies differ in few bits. Nothing below 20 words.
std::optional<std::uint64_t> likeness_of(std::string_view text);
inline constexpr int kAlikeBits = 3; // Manku, Jain, Das Sarma (WWW 2007): so many of 64 for near copies of pages
bool are_alike(std::uint64_t a, std::uint64_t b);

// Accounts and numbers among the links of a page: "telegram:casinokz", "phone:+7…". Sorted, each once.
std::vector<std::string> contacts_of(const capture::Hop& page, const SuffixList& suffixes);

} // namespace adal::cyber
