#include "cyber/text_model.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cyber/match_hash.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace adal::cyber {

namespace text_runs {

constexpr std::uint64_t kNameSeed = 1, kPathSeed = 2;
constexpr std::size_t kLongest = 400; // letters that count

void add_runs(std::vector<std::uint32_t>& runs, std::string_view text, std::uint64_t seed)
{
    const auto framed = "^" + std::string{text.substr(0, kLongest)} + "$";
    for (std::size_t length = 3; length <= 5; ++length)
        for (std::size_t at = 0; at + length <= framed.size(); ++at)
            runs.push_back(static_cast<std::uint32_t>(keyed_hash(std::string_view{framed}.substr(at, length), seed) % TextModel::kWeights));
}

// Each run once, in order.
std::vector<std::uint32_t> runs_of(const Link& link)
{
    std::vector<std::uint32_t> runs;
    std::string_view key = link.identity.key;
    key.remove_prefix(std::min(key.find(':') + 1, key.size()));
    const auto slash = std::min(key.find_first_of("/?"), key.size());
    add_runs(runs, lower(key.substr(0, slash)), kNameSeed);
    if (slash < key.size()) add_runs(runs, lower(key.substr(slash)), kPathSeed);
    std::ranges::sort(runs);
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    return runs;
}

double sum_of(std::span<const float> weights, const std::vector<std::uint32_t>& runs)
{
    double sum = 0;
    for (const auto run : runs)
        sum += static_cast<double>(weights[run]);
    return runs.empty() ? 0 : sum / std::sqrt(static_cast<double>(runs.size()));
}

} // namespace text_runs

namespace text_model_file {

constexpr char kMagic[] = "ADALTEXT";
constexpr std::size_t kChecksum = 32;

json::object sheet_json(const TextModelSheet& sheet)
{
    json::array sources;
    for (const auto& one : sheet.sources)
        sources.push_back({{"name", one.name}, {"sha256", one.sha256}, {"lines", one.lines}, {"bad", one.bad}});
    const auto& m = sheet.measure;
    return {{"made_on", sheet.made_on}, {"sources", std::move(sources)}, {"trained_bad", sheet.trained_bad}, {"trained_good", sheet.trained_good},
            {"held_out_bad", m.bad}, {"held_out_good", m.good}, {"auc", m.auc}, {"found_at_1_percent", m.found_at_1_percent}, {"found_at_1_permille", m.found_at_1_permille}};
}

std::uint64_t count_at(const json::value& value, std::string_view key)
{
    return static_cast<std::uint64_t>(int_at(value, key).value_or(0));
}

TextModelSheet sheet_of(const json::value& value)
{
    TextModelSheet sheet{.made_on = std::string{text_at(value, "made_on").value_or("")}, .trained_bad = count_at(value, "trained_bad"), .trained_good = count_at(value, "trained_good")};
    sheet.measure = {.bad = count_at(value, "held_out_bad"), .good = count_at(value, "held_out_good"), .auc = number_at(value, "auc").value_or(0), .found_at_1_percent = number_at(value, "found_at_1_percent").value_or(0), .found_at_1_permille = number_at(value, "found_at_1_permille").value_or(0)};
    if (const auto* sources = array_at(value, "sources"))
        for (const auto& one : *sources)
            sheet.sources.push_back({.name = std::string{text_at(one, "name").value_or("")}, .sha256 = std::string{text_at(one, "sha256").value_or("")}, .lines = count_at(one, "lines"), .bad = find(one, "bad") != nullptr && *find(one, "bad") == true});
    return sheet;
}

template <typename Value> void append_bytes(std::string& out, const Value& value)
{
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

} // namespace text_model_file

double TextModel::log_odds(const Link& link) const
{
    return static_cast<double>(m_base) + text_runs::sum_of(m_weights, text_runs::runs_of(link));
}

std::string TextModel::file() const
{
    using namespace text_model_file;
    const auto sheet = to_text(sheet_json(m_sheet));
    std::string out{kMagic, 8};
    append_bytes(out, std::uint32_t{1});
    append_bytes(out, static_cast<std::uint32_t>(sheet.size()));
    append_bytes(out, m_base);
    out += sheet;
    out.append(reinterpret_cast<const char*>(m_weights.data()), m_weights.size() * sizeof(float));
    out += view(sha256(out));
    return out;
}

Result<TextModel> TextModel::read(std::string_view bytes, const std::string& name)
{
    using namespace text_model_file;
    const auto refused = [&](const char* reason) { return fail(bad_text_model, {{"file", name}, {"reason", reason}}); };
    constexpr std::size_t kHead = 20, kBody = kWeights * sizeof(float);
    if (!bytes.starts_with(kMagic)) return refused("cyber.not_a_model");
    if (bytes.size() < kHead + kBody + kChecksum || bytes.substr(bytes.size() - kChecksum) != view(sha256(bytes.substr(0, bytes.size() - kChecksum)))) return refused("damaged");
    std::uint32_t version = 0, sheet_size = 0;
    std::memcpy(&version, bytes.data() + 8, 4);
    std::memcpy(&sheet_size, bytes.data() + 12, 4);
    if (version != 1) return refused("other_version");
    if (bytes.size() != kHead + sheet_size + kBody + kChecksum) return refused("damaged");
    const auto sheet = parse_json(bytes.substr(kHead, sheet_size));
    if (!sheet) return refused("damaged");
    TextModel model;
    std::memcpy(&model.m_base, bytes.data() + 16, sizeof model.m_base);
    std::memcpy(model.m_weights.data(), bytes.data() + kHead + sheet_size, kBody);
    model.m_sheet = sheet_of(*sheet);
    return model;
}

void TextModelTrainer::add(const std::string& name, std::string_view lines, bool bad)
{
    TextModelSheet::Source source{.name = name, .sha256 = hex(view(sha256(lines))), .bad = bad};
    for (const auto line : split(lines, '\n')) {
        const auto link = read_link(trim(line), m_suffixes);
        if (link.identity.kind != Kind::url) continue;
        // Whole registrable domains are kept out, so that a name's neighbours do not give it away.
        const auto domain = link.registrable.empty() ? link.identity.key : link.registrable;
        m_examples.push_back({.runs = text_runs::runs_of(link), .bad = bad, .held_out = keyed_hash(domain, 3) % 10 == 0});
        ++source.lines;
    }
    m_sources.push_back(std::move(source));
}

Result<TextModel> TextModelTrainer::train(const std::string& made_on) const
{
    TextModel model;
    auto& sheet = model.m_sheet;
    std::vector<const Example*> examples;
    for (const auto& one : m_examples) {
        if (one.held_out) continue;
        examples.push_back(&one);
        ++(one.bad ? sheet.trained_bad : sheet.trained_good);
    }
    if (sheet.trained_bad < 100 || sheet.trained_good < 100) return fail(bad_text_model, {{"file", m_sources.empty() ? "" : m_sources.front().name}, {"reason", "cyber.too_few_examples"}});
    // The order of lists must not matter: the same shuffle every time, by what the example is.
    std::ranges::sort(examples, {}, [](const Example* one) { return keyed_hash({reinterpret_cast<const char*>(one->runs.data()), one->runs.size() * sizeof(std::uint32_t)}, 4); });
    const double bad_weight = 0.5 * static_cast<double>(examples.size()) / static_cast<double>(sheet.trained_bad), good_weight = 0.5 * static_cast<double>(examples.size()) / static_cast<double>(sheet.trained_good);
    std::vector<float> squares(TextModel::kWeights, 1e-6F);
    for (int epoch = 0; epoch < 3; ++epoch)
        for (const auto* one : examples) { // AdaGrad
            const double root = std::sqrt(static_cast<double>(std::max<std::size_t>(one->runs.size(), 1)));
            const double odds = static_cast<double>(model.m_base) + text_runs::sum_of(model.m_weights, one->runs);
            const double error = (1 / (1 + std::exp(-odds)) - (one->bad ? 1 : 0)) * (one->bad ? bad_weight : good_weight);
            const auto step = static_cast<float>(error / root);
            for (const auto run : one->runs) {
                squares[run] += step * step;
                model.m_weights[run] -= 0.3F * step / std::sqrt(squares[run]);
            }
            model.m_base -= static_cast<float>(0.01 * error);
        }
    std::vector<double> bad, good;
    for (const auto& one : m_examples)
        if (one.held_out) (one.bad ? bad : good).push_back(static_cast<double>(model.m_base) + text_runs::sum_of(model.m_weights, one.runs));
    sheet.measure = measured(std::move(bad), std::move(good));
    sheet.sources = m_sources;
    sheet.made_on = made_on;
    return model;
}

TextModelMeasure measured(std::vector<double> bad, std::vector<double> good)
{
    TextModelMeasure measure{.bad = bad.size(), .good = good.size()};
    if (bad.empty() || good.empty()) return measure;
    std::ranges::sort(bad);
    std::ranges::sort(good);
    double pairs = 0;
    for (const double score : bad) {
        const auto [low, high] = std::ranges::equal_range(good, score);
        pairs += static_cast<double>(low - good.begin()) + 0.5 * static_cast<double>(high - low);
    }
    measure.auc = pairs / (static_cast<double>(bad.size()) * static_cast<double>(good.size()));
    const auto found_at = [&](double share) {
        const auto allowed = static_cast<std::size_t>(share * static_cast<double>(good.size()));
        const double least = good[good.size() - 1 - std::min(allowed, good.size() - 1)];
        const auto above = bad.end() - std::ranges::upper_bound(bad, least);
        return static_cast<double>(above) / static_cast<double>(bad.size());
    };
    measure.found_at_1_percent = found_at(0.01);
    measure.found_at_1_permille = found_at(0.001);
    return measure;
}

} // namespace adal::cyber
