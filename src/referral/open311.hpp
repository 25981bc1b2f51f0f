// referral/open311.hpp: recommendations handed to a city's Open311 server (GeoReport v2, wiki.open311.org/GeoReport_v2):
// one service request for each recommendation, its number, and what its status says later. The words of the protocol
// alone; who carries them is open311_client, when, open311_job. JSON answers; a server that speaks XML only is refused
// with a sentence. Pure; thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "referral/document.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace adal::referral {

// Address of the channel: "https://host/open311/v2?service_code=roads&jurisdiction_id=almaty.kz"; the second is optional.
struct Open311Endpoint {
    std::string base{}; // without the last slash
    std::string service{}, jurisdiction{};
};
inline constexpr ProblemCode open311_bad_address{"open311.bad_address", 422};
inline constexpr ProblemCode open311_bad_keys{"open311.bad_keys", 422}; // params: file, line
// "https://…" anywhere, "http://…" on this machine only: the key travels with it.
Result<Open311Endpoint> parse_open311(std::string_view address);

inline constexpr ProblemCode open311_not_waiting{"open311.not_waiting", 409}; // it was sent and has its number

// Keys of servers (api_key), by base address.
using Open311Keys = std::map<std::string, std::string>;
// A line "base-address key" each; "#" begins a comment. The file is readable by its owner only.
Result<Open311Keys> read_open311_keys(const std::string& file);

// What a server answered over HTTP. status 0: nothing came; `is_sent`: the request may have reached it.
struct WebAnswer {
    int status = 0;
    std::string body{}, words{};
    bool is_sent = true;
};

struct Open311Receipt {
    std::string request{}; // service_request_id; empty: the server gives it later, for `token`
    std::string token{};
};
// again: nothing was done there, try later · unsure: it may have been taken, a person looks · refused: it says no.
enum class Open311Failure { again, unsure, refused };
struct Open311Refusal {
    Open311Failure failure = Open311Failure::again;
    std::string words{}; // of the server, or what broke; at most 500 bytes
};
tl::expected<Open311Receipt, Open311Refusal> read_open311_receipt(const WebAnswer& answer);

struct Open311Status {
    bool is_closed = false;
    std::string notes{};
};
std::optional<Open311Status> read_open311_status(const WebAnswer& answer);

// waiting: not handed in yet, or for its number; sent: has a number, looked at now and then; closed: the server says so,
// and a reply waits to be classified; unsure, refused: a person decides.
enum class Open311State { waiting, sent, closed, unsure, refused };
std::string_view name(Open311State state); // "referral.open311_state." + name
std::optional<Open311State> open311_state_from(std::string_view name);

struct Open311Item {
    RecommendationId recommendation{};
    DispatchId dispatch{};
    Open311State state = Open311State::waiting;
    std::string request{}, token{};
    std::string words{}; // last word of the server
    int tries = 0;
    Instant next_at{};
};

// The next step of an item after an answer. Waits grow: 1 min, doubled, at most 6 h. Looks: after 5 s, 15 s, 10 min,
// 1 h, then every 6 h.
Open311Item after_post(Open311Item item, const WebAnswer& answer, Instant now);
Open311Item after_token(Open311Item item, const WebAnswer& answer, Instant now);
Open311Item after_look(Open311Item item, const WebAnswer& answer, Instant now);

} // namespace adal::referral
