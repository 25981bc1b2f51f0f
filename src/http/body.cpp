#include "http/body.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "http/multipart.hpp"
#include "http/target.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace adal::http {
namespace {

[[noreturn]] void throw_errno(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

class TextBody final : public BodySink
{
public:
    explicit TextBody(Request& request) : m_request(request) {}
    Result<Done> write(std::string_view bytes) override
    {
        m_request.body += bytes;
        return done();
    }
    Result<Done> finish() override { return done(); }

private:
    Request& m_request;
};

class FormBody final : public BodySink
{
public:
    explicit FormBody(Request& request) : m_request(request) {}
    Result<Done> write(std::string_view bytes) override
    {
        m_text += bytes;
        return done();
    }
    Result<Done> finish() override
    {
        auto form = read_form(m_text);
        if (!form) return pass(form);
        m_request.form = std::move(*form);
        return done();
    }

private:
    Request& m_request;
    std::string m_text;
};

class MultipartBody final : public BodySink, private PartSink
{
public:
    MultipartBody(Request& request, Spool& spool, std::string_view boundary, int max_files)
        : m_request(request), m_spool(spool), m_max_files(max_files), m_parser(boundary, *this)
    {
    }
    Result<Done> write(std::string_view bytes) override { return m_parser.feed(bytes); }
    Result<Done> finish() override { return m_parser.finish(); }

private:
    Result<Done> begin_part(const PartHead& head) override;
    Result<Done> part_bytes(std::string_view bytes) override;
    Result<Done> end_part() override;

    Request& m_request;
    Spool& m_spool;
    int m_max_files;
    MultipartParser m_parser;
    PartHead m_head{};
    std::string m_value;
    std::uint64_t m_size = 0;
};

Result<Done> MultipartBody::begin_part(const PartHead& head)
{
    m_head = head;
    m_value.clear();
    m_size = 0;
    if (head.file_name) {
        if (m_request.files.size() >= static_cast<std::size_t>(m_max_files))
            return fail(too_many_files, {{"limit", std::to_string(m_max_files)}});
    } else if (m_request.form.size() >= kMaxFields) {
        return fail(too_many_fields, {{"limit", std::to_string(kMaxFields)}});
    }
    return done();
}

Result<Done> MultipartBody::part_bytes(std::string_view bytes)
{
    if (!m_head.file_name) {
        m_value += bytes;
        if (m_value.size() > kMaxFieldBytes)
            return fail(field_too_long, {{"limit", std::to_string(kMaxFieldBytes >> 10)}});
        return done();
    }
    if (m_size == 0) m_spool.open();
    m_spool.write(bytes);
    m_size += bytes.size();
    return done();
}

Result<Done> MultipartBody::end_part()
{
    if (!m_head.file_name) {
        if (!is_form_text(m_value)) return fail(bad_form);
        m_request.form.emplace(m_head.name, std::move(m_value));
        m_value = {};
        return done();
    }
    // A browser sends an empty part without a name for a file field that was left empty.
    if (m_size == 0 && m_head.file_name->empty()) return done();
    if (m_size == 0) m_spool.open();
    m_request.files.push_back(
        {.field = m_head.name, .file_name = *m_head.file_name, .path = m_spool.close(), .size = m_size});
    return done();
}

bool has_type(const Request& request, std::string_view wanted)
{
    const auto type = request.header("content-type");
    return lower(trim(type.substr(0, type.find(';')))) == wanted;
}

} // namespace

Spool::~Spool()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
    for (const auto& path : m_paths) ::unlink(path.c_str());
}

void Spool::open()
{
    m_paths.push_back(m_directory + "/" + hex(random_bytes(16)));
    m_descriptor = ::open(m_paths.back().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_descriptor < 0) throw_errno("spool");
}

void Spool::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw_errno("spool");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string Spool::close()
{
    const int failed = ::close(m_descriptor);
    m_descriptor = -1;
    if (failed != 0) throw_errno("spool");
    return m_paths.back();
}

Result<std::unique_ptr<BodySink>> body_sink(Request& request, const Route& route, Spool& spool)
{
    if (const auto boundary = boundary_of(request.header("content-type"))) {
        if (!route.options.multipart) return fail(bad_type);
        return std::make_unique<MultipartBody>(request, spool, *boundary, route.options.max_files);
    }
    if (has_type(request, "multipart/form-data")) return fail(bad_form);
    if (has_type(request, "application/x-www-form-urlencoded")) return std::make_unique<FormBody>(request);
    if (route.place == Place::page) return fail(bad_type);
    return std::make_unique<TextBody>(request);
}

void clean_spool(const std::string& directory)
{
    std::filesystem::create_directories(directory);
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.is_regular_file()) std::filesystem::remove(entry.path());
}

} // namespace adal::http
