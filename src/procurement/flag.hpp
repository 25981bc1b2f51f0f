// procurement/flag.hpp: one red flag, and what it answers about one process.
//
// A flag is a sign of risk that tells people where to look; it is never an accusation. It answers fail, pass
// or not_applicable with a reason, and always with the numbers and the places in the source that it rests
// on, so that anybody can recompute it. Flags know no storage, no clock and no language: sentences are the
// messages procurement.flag.<CODE>.* and procurement.reason.*, filled with `facts`.
// A flag may need the whole set (a percentile): observe() sees every process first, in any order, then
// settle() once, then judge(). judge() is const and thread-safe.
#pragma once

#include "procurement/process.hpp"
#include "procurement/thresholds.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adal::procurement {

class BidGraph; // bid_graph.hpp
class Register; // rnu.hpp

enum class Outcome : std::uint8_t { fail, pass, not_applicable };
std::string_view text(Outcome outcome); // stored by this name
std::optional<Outcome> outcome_from(std::string_view text);

struct Share {
    double value = 0; // 1 = the whole
    auto operator<=>(const Share&) const = default;
};

// A value of an explanation, written for people by the view.
using Fact = std::variant<std::int64_t, double, Share, CurrencyAmount, LocalDate, std::string>;
using Facts = std::map<std::string, Fact>;

struct Evidence {
    std::string ocid{};
    std::string pointer{}; // RFC 6901, inside the release
    std::string value{};   // as the source has it, or the machine form of the same value
};

struct Answer {
    Outcome outcome = Outcome::not_applicable;
    std::string reason{}; // key below procurement.reason.; only when not applicable
    // Which sentence of the flag: procurement.flag.<CODE>.<sentence>; only when it fails
    std::string sentence{};
    std::optional<double> value{};
    std::optional<double> threshold{};
    std::int64_t population = 0; // size of the set the threshold comes from; 0 when it is a rule
    Facts facts{};
    std::vector<Evidence> evidence{};
};

Answer not_applicable(std::string reason);

json::object to_json(const Answer& answer);
Answer answer_from(const json::value& value); // throws on what the writer would not have written

// How much a failed flag says, by the family it belongs to. A breach of a rule is more than a pattern in
// who bids with whom, and that is more than a number that stands out.
inline constexpr int kLaw = 3, kNetwork = 2, kStatistical = 1;

class Flag
{
public:
    Flag() = default;
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;
    virtual ~Flag() = default;

    [[nodiscard]] virtual std::string_view code() const = 0;
    [[nodiscard]] virtual int weight() const = 0; // kLaw, kNetwork or kStatistical
    // Before observe(), when there is a register of unscrupulous suppliers; it must outlive the flag.
    virtual void consult(const Register&) {}
    virtual void observe(const Process&) {}
    // After observe() and before settle(): who bid against whom in the whole set; it must outlive the flag.
    virtual void look_at(const BidGraph&) {}
    virtual void settle() {}
    [[nodiscard]] virtual Answer judge(const Process& process) const = 0;
};

using FlagSet = std::vector<std::unique_ptr<Flag>>;
// One of each of flags/all_flags.hpp, in that order. `thresholds` must outlive them.
FlagSet all_flags(const Thresholds& thresholds);
std::vector<std::string_view> all_flag_codes();

} // namespace adal::procurement
