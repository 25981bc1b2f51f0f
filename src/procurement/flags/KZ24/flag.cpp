// KZ24: a text that hides the call or ties it to one product. Method, example and sources: README.md in this folder.
#include "procurement/concealment.hpp"
#include "procurement/flag_parts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace adal::procurement {

namespace kz24 {

constexpr std::int64_t kSmallestPopulation = 10; // items of the same code
constexpr std::size_t kSmallestBuyers = 3;
constexpr double kAgreed = 0.8; // of the items of a code have one name
constexpr std::size_t kShownWords = 5;

struct Text {
    const std::string* words = nullptr;
    std::string pointer{}, folded{};
};

std::vector<Text> texts_of(const Process& process)
{
    std::vector<Text> texts;
    // What was said already says nothing new.
    const auto add = [&](const std::string& words, std::string pointer) {
        if (!words.empty() && std::ranges::none_of(texts, [&](const Text& text) { return *text.words == words; }))
            texts.push_back({&words, std::move(pointer), fold(words)});
    };
    add(process.title, "/tender/title");
    add(process.description, "/tender/description");
    for (std::size_t i = 0; i < process.lots.size(); ++i) {
        add(process.lots[i].title, "/tender/lots/" + std::to_string(i) + "/title");
        add(process.lots[i].description, "/tender/lots/" + std::to_string(i) + "/description");
    }
    for (std::size_t i = 0; i < process.items.size(); ++i) add(process.items[i].description, "/tender/items/" + std::to_string(i) + "/description");
    return texts;
}

struct Name { // what items of one code are called
    std::int64_t count = 0;
    bool kazakh = false;
    std::set<std::string> buyers{};
};
using Names = std::map<std::string, Name>; // folded

class Concealment final : public Flag {
public:
    explicit Concealment(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "KZ24"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        for (const auto& item : process.items) {
            const std::string code = code_prefix(item.code, kArticleDigits);
            if (code.empty() || item.description.empty()) continue;
            auto& name = m_names[code][fold(item.description)];
            ++name.count;
            name.kazakh = name.kazakh || has_kazakh_letter(item.description);
            if (name.buyers.size() < kSmallestBuyers) name.buyers.insert(process.buyer.id);
        }
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        const auto texts = texts_of(process);
        if (texts.empty()) return not_applicable("text_unknown");
        if (auto answer = disguised(process, texts)) return std::move(*answer);
        if (auto answer = only_one(process, texts)) return std::move(*answer);
        if (auto answer = branded(process, texts)) return std::move(*answer);
        if (auto answer = misnamed(process)) return std::move(*answer);
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.value = 0;
        answer.threshold = 1;
        return answer;
    }

private:
    static Answer found(const Process& process, std::string sentence, std::size_t count, const Text& where)
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = std::move(sentence);
        answer.value = static_cast<double>(count);
        answer.threshold = 1;
        answer.evidence = {{process.ocid, where.pointer, *where.words}};
        return answer;
    }

    static std::optional<Answer> disguised(const Process& process, const std::vector<Text>& texts)
    {
        std::set<std::string> words;
        const Text* first = nullptr;
        for (const auto& text : texts)
            for (auto& word : disguised_words(*text.words)) {
                words.insert(std::move(word));
                if (!first) first = &text;
            }
        if (!first) return std::nullopt;
        Answer answer = found(process, "disguised", words.size(), *first);
        std::string shown;
        std::size_t count = 0;
        for (const auto& word : words)
            if (count++ < kShownWords) shown += (shown.empty() ? "" : ", ") + word;
        answer.facts = {{"words", shown}, {"count", static_cast<std::int64_t>(words.size())}};
        return answer;
    }

    static std::optional<Answer> only_one(const Process& process, const std::vector<Text>& texts)
    {
        for (const auto& text : texts) {
            const std::string phrase = found_phrase(text.folded, ConcealmentWords::standard().only_one);
            if (phrase.empty()) continue;
            Answer answer = found(process, "only_one", 1, text);
            answer.facts = {{"words", phrase}};
            return answer;
        }
        return std::nullopt;
    }

    // Goods for which suppliers compete; not what must fit a thing that is there already.
    [[nodiscard]] std::optional<Answer> branded(const Process& process, const std::vector<Text>& texts) const
    {
        if (process.category != "goods" || m_thresholds.competition(process) != Competition::competitive) return std::nullopt;
        if (process.estimate && process.estimate->currency != m_thresholds.currency()) return std::nullopt; // HP is a state of India
        const auto& words = ConcealmentWords::standard();
        const Text* first = nullptr;
        std::string brand;
        for (const auto& text : texts)
            if (!first && !(brand = named_brand(text.folded, words)).empty()) first = &text;
        const auto leaves_room = [&](const Text& text) { return has_stem(text.folded, words.equivalent) || has_stem(text.folded, words.belonging); };
        if (!first || std::ranges::any_of(texts, leaves_room)) return std::nullopt;
        Answer answer = found(process, "brand", 1, *first);
        answer.facts = {{"brand", brand}};
        return answer;
    }

    // What nearly all items of the code are called, when this item is called something else altogether.
    [[nodiscard]] std::optional<Answer> misnamed(const Process& process) const
    {
        for (std::size_t i = 0; i < process.items.size(); ++i) {
            const Item& item = process.items[i];
            const auto names = m_names.find(code_prefix(item.code, kArticleDigits));
            if (names == m_names.end() || item.description.empty()) continue;
            std::int64_t all = 0;
            const Names::value_type* usual = nullptr;
            for (const auto& name : names->second) {
                all += name.second.count;
                if (!usual || name.second.count > usual->second.count) usual = &name;
            }
            if (all < kSmallestPopulation || usual->second.buyers.size() < kSmallestBuyers) continue;
            if (static_cast<double>(usual->second.count) < kAgreed * static_cast<double>(all)) continue;
            const std::string here = fold(item.description);
            if (here.empty() || usual->first.empty() || has_kazakh_letter(item.description) != usual->second.kazakh) continue;
            if (!nothing_in_common(here, usual->first)) continue;
            Answer answer = found(process, "name", 1, {&item.description, "/tender/items/" + std::to_string(i) + "/description", here});
            answer.population = all;
            answer.facts = {{"name", item.description}, {"usual", usual->first}, {"classification", item.code}, {"population", all}};
            answer.evidence.push_back({process.ocid, "/tender/items/" + std::to_string(i) + "/classification/id", item.code});
            return answer;
        }
        return std::nullopt;
    }

    const Thresholds& m_thresholds;
    std::map<std::string, Names> m_names;
};

} // namespace kz24

std::unique_ptr<Flag> make_KZ24(const Thresholds& thresholds)
{
    return std::make_unique<kz24::Concealment>(thresholds);
}

} // namespace adal::procurement
