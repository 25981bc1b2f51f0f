#include "procurement/screen.hpp"

#include "procurement/bid_graph.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>

namespace adal::procurement {

namespace {

Screened judge_all(const FlagSet& flags, const Process& process, bool failed_only)
{
    Screened screened{.ocid = process.ocid};
    screened.outcomes.reserve(flags.size());
    if (!failed_only) screened.answers.reserve(flags.size());
    for (const auto& flag : flags) {
        Answer answer = flag->judge(process);
        const bool failed = answer.outcome == Outcome::fail;
        if (answer.outcome != Outcome::not_applicable) {
            ++screened.applicable;
            screened.weight.applicable += flag->weight();
            screened.weight.failed += failed ? flag->weight() : 0;
        }
        screened.outcomes.push_back(answer.outcome);
        if (failed) ++screened.failed;
        else if (failed_only) continue;
        else answer.sentence.clear();
        screened.answers.push_back({std::string{flag->code()}, std::move(answer)});
    }
    return screened;
}

// f(i) for i < count, by several threads, each i once. The first exception ends all and is thrown.
template <typename F>
void in_parallel(unsigned threads, std::size_t count, F&& f)
{
    std::atomic<std::size_t> next{0};
    std::mutex failure_mutex;
    std::exception_ptr failure;
    const auto work = [&] {
        try {
            for (std::size_t i; (i = next++) < count;) f(i);
        } catch (...) {
            const std::lock_guard lock{failure_mutex};
            if (!failure) failure = std::current_exception();
            next = count;
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads && i < count; ++i) others.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
}

constexpr std::size_t kBatch = 2048; // processes in memory at once, per thread
constexpr std::size_t kSlice = 256;  // processes a thread takes at once

class Screening
{
public:
    Screening(const ProcessSource& source, const Thresholds& thresholds, const ScreenOptions& options)
        : m_source(source), m_options(options), m_graph(thresholds), m_flags(all_flags(thresholds))
    {
        if (options.unscrupulous)
            for (const auto& flag : m_flags) flag->consult(*options.unscrupulous);
    }

    std::vector<Screened> run()
    {
        observe();
        m_graph.settle();
        in_parallel(m_options.threads, m_flags.size(), [&](std::size_t i) {
            m_flags[i]->look_at(m_graph);
            m_flags[i]->settle();
        });
        return judge();
    }

private:
    // A flag is one thread's at a time and sees the processes in their order; so does the graph, which is the longest
    // and begins first.
    void observe()
    {
        const std::size_t size = m_source.size(), batch = kBatch * m_options.threads;
        std::vector<std::vector<Process>> rooms((batch + kSlice - 1) / kSlice);
        for (std::size_t begin = 0; begin < size; begin += batch) {
            const std::size_t count = std::min(batch, size - begin);
            std::vector<std::span<const Process>> slices((count + kSlice - 1) / kSlice);
            in_parallel(m_options.threads, slices.size(), [&](std::size_t i) {
                slices[i] = slice(begin + i * kSlice, begin + count, rooms[i]);
            });
            in_parallel(m_options.threads, m_flags.size() + 1, [&](std::size_t i) {
                for (const auto slice : slices)
                    for (const auto& process : slice)
                        if (i == 0) m_graph.add(process);
                        else m_flags[i - 1]->observe(process);
            });
            told(begin + count);
        }
    }
    std::vector<Screened> judge()
    {
        std::vector<Screened> out(m_source.size());
        std::atomic<std::size_t> judged{0};
        in_parallel(m_options.threads, (out.size() + kSlice - 1) / kSlice, [&](std::size_t i) {
            std::vector<Process> room;
            std::size_t at = i * kSlice;
            const auto processes = slice(at, out.size(), room);
            for (const auto& process : processes)
                out[at++] = judge_all(m_flags, process, m_options.failed_only);
            judged += processes.size();
            if (i % m_options.threads == 0) told(out.size() + judged);
        });
        return out;
    }
    [[nodiscard]] std::span<const Process> slice(std::size_t begin, std::size_t limit,
                                                 std::vector<Process>& room) const
    {
        return m_source.range(begin, std::min(begin + kSlice, limit), room);
    }
    void told(std::size_t done)
    {
        const std::lock_guard lock{m_telling};
        if (m_options.progress) m_options.progress(done, 2 * m_source.size());
    }

    const ProcessSource& m_source;
    const ScreenOptions& m_options;
    BidGraph m_graph;
    FlagSet m_flags;
    std::mutex m_telling{};
};

} // namespace

std::vector<Screened> screen(std::span<const Process> processes, const Thresholds& thresholds)
{
    return screen(InMemory{processes}, thresholds, {});
}

std::vector<Screened> screen(const ProcessSource& source, const Thresholds& thresholds,
                             const ScreenOptions& options)
{
    return Screening{source, thresholds, options}.run();
}

std::vector<std::size_t> flagged(std::span<const Screened> screened)
{
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < screened.size(); ++i)
        if (screened[i].failed > 0) positions.push_back(i);
    std::ranges::sort(positions, [&](std::size_t a, std::size_t b) {
        const auto rank_a = rank(screened[a].weight), rank_b = rank(screened[b].weight);
        return rank_a != rank_b ? rank_a > rank_b : screened[a].ocid < screened[b].ocid;
    });
    return positions;
}

std::vector<FlagCount> count_by_flag(std::span<const Screened> screened)
{
    std::vector<FlagCount> counts;
    for (const auto code : all_flag_codes()) counts.push_back({.code = std::string{code}});
    for (const auto& one : screened)
        for (std::size_t i = 0; i < one.outcomes.size(); ++i)
            ++(one.outcomes[i] == Outcome::fail   ? counts[i].failed
               : one.outcomes[i] == Outcome::pass ? counts[i].passed
                                                  : counts[i].not_applicable);
    return counts;
}

namespace {

struct FactSpeaker {
    i18n::Language language;

    std::string operator()(std::int64_t n) const { return i18n::number(language, n); }
    std::string operator()(double n) const { return i18n::number(language, n, 1); }
    std::string operator()(Share share) const { return i18n::percent(language, share.value); }
    std::string operator()(const CurrencyAmount& sum) const { return say(language, sum); }
    std::string operator()(LocalDate day) const { return i18n::date(language, day); }
    std::string operator()(const std::string& words) const { return words; }
};

bool says_unverified(const Facts& facts)
{
    const auto found = facts.find("verified");
    return found != facts.end() && found->second == Fact{std::int64_t{0}};
}

} // namespace

std::string say(i18n::Language language, const CurrencyAmount& amount)
{
    if (const auto tenge = amount.tenge()) return i18n::money(language, *tenge);
    const bool whole = amount.hundredths % 100 == 0;
    std::string text = whole ? i18n::number(language, amount.hundredths / 100)
                             : i18n::number(language, static_cast<double>(amount.hundredths) / 100, 2);
    if (!amount.currency.empty()) text += "\u00A0" + amount.currency;
    return text;
}

std::string title_of(i18n::Language language, std::string_view code)
{
    return i18n::text(language, "procurement.flag." + std::string{code} + ".title");
}

std::string explain(i18n::Language language, std::string_view code, const Answer& answer)
{
    if (answer.outcome == Outcome::pass) return {};
    i18n::Params params;
    for (const auto& [name, fact] : answer.facts) params[name] = std::visit(FactSpeaker{language}, fact);
    if (answer.outcome == Outcome::not_applicable)
        return i18n::text(language, "procurement.reason." + answer.reason, params);
    std::string sentence = i18n::text(
        language, "procurement.flag." + std::string{code} + "." + answer.sentence, params);
    if (says_unverified(answer.facts)) sentence += " " + i18n::text(language, "procurement.unverified");
    return sentence;
}

} // namespace adal::procurement
