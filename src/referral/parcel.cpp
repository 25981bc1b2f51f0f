#include "referral/parcel.hpp"

#include "base/text.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <limits>
#include <memory>
#include <stdexcept>

namespace adal::referral {

namespace {

constexpr std::string_view kBetween = "\n\n";

std::vector<std::string_view> paragraphs_of(std::string_view text)
{
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(kBetween, at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + kBetween.size();
    }
    return out;
}

// The longest beginning of at most so many letters that ends with a word.
std::string_view cut_at_word(std::string_view text, std::int64_t letters)
{
    std::size_t end = 0, word_end = 0;
    for (std::int64_t n = 0; n < letters && end < text.size(); ++n) {
        if (text[end] == ' ') word_end = end;
        next_code_point(text, end);
    }
    return text.substr(0, end == text.size() || word_end == 0 ? end : word_end);
}

void pack_text(Package& package, std::string_view text, std::int64_t most)
{
    for (const auto paragraph : paragraphs_of(text)) {
        const auto more = static_cast<std::int64_t>(length_in_letters(paragraph));
        const auto between = package.text.empty() ? 0 : static_cast<std::int64_t>(kBetween.size());
        if (package.letters + between + more > most) {
            package.text_cut = true;
            if (package.text.empty()) package.text = cut_at_word(paragraph, most);
            break;
        }
        if (between > 0) package.text += kBetween;
        package.text += paragraph;
        package.letters += between + more;
    }
    package.letters = static_cast<std::int64_t>(length_in_letters(package.text));
}

class Zip
{
public:
    Zip() : m_archive(archive_write_new(), archive_write_free)
    {
        check(archive_write_set_format_zip(m_archive.get()));
        check(archive_write_set_options(m_archive.get(), "zip:compression=store"));
        check(archive_write_open(m_archive.get(), &m_out, nullptr, &Zip::append, nullptr));
    }
    void add(const std::string& name, std::string_view bytes, Instant at)
    {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry{archive_entry_new(), archive_entry_free};
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_mtime(entry.get(), at.ms / 1000, 0);
        check(archive_write_header(m_archive.get(), entry.get()));
        if (archive_write_data(m_archive.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size()))
            throw std::runtime_error("a package could not be written");
    }
    std::string finish()
    {
        check(archive_write_close(m_archive.get()));
        return std::move(m_out);
    }

private:
    void check(int code) const
    {
        if (code != ARCHIVE_OK) throw std::runtime_error(archive_error_string(m_archive.get()));
    }
    static la_ssize_t append(archive*, void* out, const void* bytes, std::size_t size)
    {
        static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
        return static_cast<la_ssize_t>(size);
    }

    std::unique_ptr<archive, decltype(&archive_write_free)> m_archive;
    std::string m_out{};
};

} // namespace

Package pack(std::string_view text, std::vector<ParcelFile> files, const Channel* channel)
{
    constexpr auto kNone = std::numeric_limits<std::int64_t>::max();
    Package package;
    pack_text(package, text, channel ? channel->max_letters.value_or(kNone) : kNone);
    const auto most = channel ? channel->max_files.value_or(kNone) : kNone;
    const auto largest = channel ? channel->max_file_bytes.value_or(kNone) : kNone;
    for (auto& file : files) {
        const bool fits = static_cast<std::int64_t>(package.files.size()) < most && static_cast<std::int64_t>(file.bytes.size()) <= largest;
        if (fits) package.files.push_back(std::move(file));
        else package.left_out.push_back(std::move(file.name));
    }
    return package;
}

std::string appeal_text(const Document& document, const AuthorityVersion& authority, int reply_days, std::string_view link,
                        i18n::Language language)
{
    const i18n::Params params{{"date", i18n::long_date(language, local_date(document.signed_at.value_or(document.drafted_at)))},
                              {"days", std::to_string(reply_days)},
                              {"link", std::string{link}}};
    std::string text = authority.names.in(language) + "\n\n" + i18n::text(language, "referral.office.letter_sent", params) + "\n\n";
    int n = 0;
    for (const auto& recommendation : document.recommendations)
        if (recommendation.answerable() == authority.authority) text += std::to_string(++n) + ". " + recommendation.text + "\n\n";
    text += i18n::text(language, "referral.parcel.law", params);
    if (!link.empty()) text += "\n\n" + i18n::text(language, "referral.letter.open_copy", params);
    return text;
}

std::string zip_of(const Package& package, Instant at)
{
    Zip zip;
    zip.add("text.txt", package.text + "\n", at);
    for (const auto& file : package.files) zip.add(file.name, file.bytes, at);
    return zip.finish();
}

} // namespace adal::referral
