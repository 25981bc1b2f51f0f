// cyber/text_model.hpp: how much the letters of an address are like those of known bad ones.
//
// Logistic regression over text_features.hpp. Trained by `adal url train` on lists given to it; the file carries its data
// sheet (docs/formats/text-model.md); what it is worth: docs/models/links.md. It is one feature of a score that only
// orders a queue.
#pragma once

#include "cyber/link.hpp"
#include "cyber/suffix_list.hpp"
#include "cyber/text_features.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace adal::cyber {

// params: file, reason
inline constexpr ProblemCode bad_text_model{"cyber.text_model", 422};

// How good it was on names it had not seen: those of a tenth of the registrable domains, kept out of training.
struct TextModelMeasure {
    std::uint64_t bad = 0, good = 0;
    double auc = 0;
    double found_at_1_percent = 0, found_at_1_permille = 0; // share of bad ones, when so many good ones are taken for bad
};

struct TextModelSheet {
    struct Source {
        std::string name{}, sha256{};
        std::uint64_t lines = 0;
        bool bad = false;
    };
    std::vector<Source> sources{};
    std::string made_on{}; // a day, from the caller's clock
    std::uint64_t trained_bad = 0, trained_good = 0;
    TextModelMeasure measure{};
};

// What the model says of one address.
struct TextOpinion {
    double log_odds = 0; // of bad: 0 says nothing, 3 is 20 to 1, where bad and good are as many
    std::string seen{};  // the letters that speak most for it
};

class TextModel
{
public:
    static constexpr std::size_t kWeights = TextFeatures::kGroups * TextFeatures::kPlaces;

    static Result<TextModel> read(std::string_view bytes, const std::string& name);
    [[nodiscard]] std::string file() const;

    [[nodiscard]] double log_odds(const TextFeatures& features) const;
    // Nothing for what is no web address, which it has not learnt.
    [[nodiscard]] TextOpinion opinion(const Link& link, const SuffixList& suffixes) const;
    [[nodiscard]] const TextModelSheet& sheet() const { return m_sheet; }

private:
    friend class TextModelTrainer;
    std::vector<float> m_weights = std::vector<float>(kWeights);
    float m_base = 0;
    TextModelSheet m_sheet{};
};

// Every registrable domain has the same say, however many addresses of it there are; each address with a path is learnt
// from a second time without it; and with a path or without, bad and good weigh the same.
class TextModelTrainer
{
public:
    explicit TextModelTrainer(const SuffixList& suffixes) : m_suffixes{suffixes} {}
    void add(const std::string& name, std::string_view lines, bool bad);
    // Problem when either side has fewer than 100 addresses that can be read.
    [[nodiscard]] Result<TextModel> train(const std::string& made_on) const;

private:
    struct Example {
        TextFeatures features{};
        std::uint64_t domain = 0; // of one side
        bool bad = false, held_out = false;
        [[nodiscard]] bool has_path() const { return !features.places[TextFeatures::path].empty(); }
    };
    void add(Example example, std::uint64_t key);
    [[nodiscard]] std::vector<double> weights_of(const std::vector<const Example*>& examples) const;
    static void learn(TextModel& model, std::vector<float>& squares, const Example& example, double weight);

    const SuffixList& m_suffixes;
    std::vector<Example> m_examples{};
    std::unordered_set<std::uint64_t> m_known{};              // addresses
    std::unordered_map<std::uint64_t, std::uint64_t> m_of_domain{}; // how many
    std::vector<TextModelSheet::Source> m_sources{};
};

// Ranks of a perfect order: 1; of a coin: 0.5. Equal scores count half.
TextModelMeasure measured(std::vector<double> bad, std::vector<double> good);

} // namespace adal::cyber
