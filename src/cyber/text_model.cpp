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

namespace text_model_file {

constexpr char kMagic[] = "ADALTEXT";
constexpr std::size_t kChecksum = 32;
constexpr std::uint32_t kVersion = 2;

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

double TextModel::log_odds(const TextFeatures& features) const
{
    double odds = static_cast<double>(m_base);
    for (std::size_t group = 0; group < TextFeatures::kGroups; ++group) {
        const auto& places = features.places[group];
        double sum = 0;
        for (const auto place : places)
            sum += static_cast<double>(m_weights[group * TextFeatures::kPlaces + place]);
        if (!places.empty()) odds += sum / std::sqrt(static_cast<double>(places.size()));
    }
    return odds;
}

TextOpinion TextModel::opinion(const Link& link, const SuffixList& suffixes) const
{
    if (link.identity.kind != Kind::url) return {};
    TextOpinion out{.log_odds = log_odds(text_features(link, suffixes))};
    float most = 0;
    for (const auto group : {TextFeatures::name, TextFeatures::path})
        for (auto& run : cyber::text_runs(link, suffixes, group)) {
            const auto weight = m_weights[group * TextFeatures::kPlaces + run.place] * (out.log_odds > 0 ? 1.0F : -1.0F);
            if (weight <= most) continue;
            most = weight;
            std::erase_if(run.letters, [](char c) { return c == '^' || c == '$'; });
            out.seen = std::move(run.letters);
        }
    return out;
}

std::string TextModel::file() const
{
    using namespace text_model_file;
    const auto sheet = to_text(sheet_json(m_sheet));
    std::string out{kMagic, 8};
    append_bytes(out, kVersion);
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
    if (bytes.size() < kHead + kChecksum || bytes.substr(bytes.size() - kChecksum) != view(sha256(bytes.substr(0, bytes.size() - kChecksum)))) return refused("damaged");
    std::uint32_t version = 0, sheet_size = 0;
    std::memcpy(&version, bytes.data() + 8, 4);
    std::memcpy(&sheet_size, bytes.data() + 12, 4);
    if (version != kVersion) return refused("other_version");
    if (bytes.size() != kHead + sheet_size + kBody + kChecksum) return refused("damaged");
    const auto sheet = parse_json(bytes.substr(kHead, sheet_size));
    if (!sheet) return refused("damaged");
    TextModel model;
    std::memcpy(&model.m_base, bytes.data() + 16, sizeof model.m_base);
    std::memcpy(model.m_weights.data(), bytes.data() + kHead + sheet_size, kBody);
    model.m_sheet = sheet_of(*sheet);
    return model;
}

void TextModelTrainer::add(Example example, std::uint64_t key)
{
    if (!m_known.insert(key).second) return;
    if (!example.held_out) ++m_of_domain[example.domain];
    m_examples.push_back(std::move(example));
}

void TextModelTrainer::add(const std::string& name, std::string_view lines, bool bad)
{
    TextModelSheet::Source source{.name = name, .sha256 = hex(view(sha256(lines))), .bad = bad};
    for (const auto line : split(lines, '\n')) {
        const auto link = read_link(trim(line), m_suffixes);
        if (link.identity.kind != Kind::url) continue;
        ++source.lines;
        // Whole registrable domains are kept out, so that a name's neighbours do not give it away.
        const std::string_view domain = link.registrable.empty() ? link.identity.key : link.registrable;
        const Example example{.features = text_features(link, m_suffixes), .domain = keyed_hash(domain, bad), .bad = bad, .held_out = keyed_hash(domain, 3) % 10 == 0};
        const std::string_view key = link.identity.key;
        add(example, keyed_hash(key, bad));
        if (example.has_path() && !example.held_out) add({.features = without_path(example.features), .domain = example.domain, .bad = bad}, keyed_hash(key.substr(0, key.find_first_of("/?")), bad));
    }
    m_sources.push_back(std::move(source));
}

// One in the mean.
std::vector<double> TextModelTrainer::weights_of(const std::vector<const Example*>& examples) const
{
    std::vector<double> weights;
    double cells[2][2] = {}, all[2] = {};
    for (const auto* one : examples) {
        weights.push_back(1 / static_cast<double>(m_of_domain.at(one->domain)));
        cells[one->has_path()][one->bad] += weights.back();
        all[one->has_path()] += weights.back();
    }
    double sum = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        weights[i] *= 0.5 * all[examples[i]->has_path()] / cells[examples[i]->has_path()][examples[i]->bad];
        sum += weights[i];
    }
    for (auto& weight : weights)
        weight *= static_cast<double>(examples.size()) / sum;
    return weights;
}

void TextModelTrainer::learn(TextModel& model, std::vector<float>& squares, const Example& example, double weight)
{
    const double error = (1 / (1 + std::exp(-model.log_odds(example.features))) - (example.bad ? 1 : 0)) * weight;
    for (std::size_t group = 0; group < TextFeatures::kGroups; ++group) {
        const auto& places = example.features.places[group];
        const auto step = static_cast<float>(error / std::sqrt(static_cast<double>(std::max<std::size_t>(places.size(), 1))));
        for (const auto place : places) { // AdaGrad
            const auto at = group * TextFeatures::kPlaces + place;
            squares[at] += step * step;
            model.m_weights[at] -= 0.3F * step / std::sqrt(squares[at]);
        }
    }
    model.m_base -= static_cast<float>(0.01 * error);
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
    std::ranges::sort(examples, {}, [](const Example* one) {
        std::uint64_t hash = one->bad;
        for (const auto& places : one->features.places) hash = keyed_hash({reinterpret_cast<const char*>(places.data()), places.size() * sizeof(std::uint32_t)}, hash + 4);
        return hash;
    });
    const auto weights = weights_of(examples);
    std::vector<float> squares(TextModel::kWeights, 1e-6F);
    for (int epoch = 0; epoch < 3; ++epoch)
        for (std::size_t i = 0; i < examples.size(); ++i)
            learn(model, squares, *examples[i], weights[i]);
    std::vector<double> bad, good;
    for (const auto& one : m_examples)
        if (one.held_out) (one.bad ? bad : good).push_back(model.log_odds(one.features));
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
