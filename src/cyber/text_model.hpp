// cyber/text_model.hpp: how much the letters of an address are like those of known bad ones.
//
// Logistic regression over hashed runs of 3 to 5 letters, of the name and of the path apart; scheme, "www." and slashes
// at the end are left out, because lists differ in them for no reason. Trained by `adal url train` on lists given to it;
// the file carries its data sheet (docs/formats/text-model.md). It is one feature of a score that only orders a queue.
#pragma once

#include "cyber/link.hpp"

#include <cstdint>
#include <span>
#include <string>
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

class TextModel
{
public:
    static constexpr std::size_t kWeights = 1 << 18;

    static Result<TextModel> read(std::string_view bytes, const std::string& name);
    [[nodiscard]] std::string file() const;

    // Odds of bad as a logarithm: 0 says nothing, 3 is 20 to 1. Of lists as even as the training's.
    [[nodiscard]] double log_odds(const Link& link) const;
    [[nodiscard]] const TextModelSheet& sheet() const { return m_sheet; }

private:
    friend class TextModelTrainer;
    std::vector<float> m_weights = std::vector<float>(kWeights);
    float m_base = 0;
    TextModelSheet m_sheet{};
};

class TextModelTrainer
{
public:
    explicit TextModelTrainer(const SuffixList& suffixes) : m_suffixes{suffixes} {}
    void add(const std::string& name, std::string_view lines, bool bad);
    // Problem when either side has fewer than 100 addresses that can be read.
    [[nodiscard]] Result<TextModel> train(const std::string& made_on) const;

private:
    struct Example {
        std::vector<std::uint32_t> runs{};
        bool bad = false, held_out = false;
    };
    const SuffixList& m_suffixes;
    std::vector<Example> m_examples{};
    std::vector<TextModelSheet::Source> m_sources{};
};

// Ranks of a perfect order: 1; of a coin: 0.5. Equal scores count half.
TextModelMeasure measured(std::vector<double> bad, std::vector<double> good);

} // namespace adal::cyber
