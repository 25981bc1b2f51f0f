#include "cli/command.hpp"

#include "app/demo_city.hpp"
#include "app/server.hpp"
#include "auth/auth.hpp"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace adal::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
    app::Settings settings{};
    MailOptions mail{};
    bool once = false;
    std::string districts{}, places{};
    std::vector<std::string> procurement{};
};

Result<app::SourceFile> read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(unreadable, {{"file", path}});
    return app::SourceFile{fs::path(path).filename().string(), {std::istreambuf_iterator<char>(in), {}}};
}

Result<app::Sources> sources_of(const Options& options)
{
    auto sources = app::demo_sources();
    const auto replace = [](const std::string& path, app::SourceFile& file) -> Result<Done> {
        if (path.empty()) return done();
        auto read = read_file(path);
        if (!read) return pass(read);
        file = std::move(*read);
        return done();
    };
    if (const auto read = replace(options.districts, sources.districts); !read) return pass(read);
    if (const auto read = replace(options.places, sources.places); !read) return pass(read);
    if (!options.procurement.empty()) sources.procurement.resize(options.procurement.size());
    for (std::size_t i = 0; i < options.procurement.size(); ++i)
        if (const auto read = replace(options.procurement[i], sources.procurement[i]); !read) return pass(read);
    return sources;
}

// A directory that goes away with the demonstration, unless the user named one.
class Place
{
public:
    explicit Place(std::string& data)
    {
        if (!data.empty()) return;
        auto pattern = (fs::temp_directory_path() / "adal-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
        data = m_path = pattern;
    }
    ~Place()
    {
        std::error_code ignored;
        if (!m_path.empty()) fs::remove_all(m_path, ignored);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::string m_path;
};

int run_once(const Options& options, i18n::Language language)
{
    const auto sources = sources_of(options);
    if (!sources) return report(language, sources.error());
    const auto at = now();
    const auto house = app::make_house(options.settings, at);
    if (!house) return report(language, house.error());
    int number = 0;
    const auto tell = [&](const app::Step& step) {
        fmt::print("{:>2}  {:<52} {}  {}\n", ++number, i18n::text(language, "main_job.step." + step.key), step.id, step.detail);
        std::fflush(stdout);
    };
    const auto held = app::run_once(**house, *sources, at, tell);
    if (!held) return report(language, held.error());
    fmt::print("{}\n", i18n::count(language, "app.every_step_held", number));
    return kGood;
}

struct Seat {
    std::string_view role;
    PersonId app::Cast::*person;
};
constexpr Seat seats[] = {{"volunteer", &app::Cast::volunteer}, {"second-volunteer", &app::Cast::second_volunteer}, {"reviewer", &app::Cast::reviewer},
                          {"second-reviewer", &app::Cast::second_reviewer}, {"coordinator", &app::Cast::coordinator}, {"lawyer", &app::Cast::lawyer},
                          {"operator", &app::Cast::administrator}};

void print_links(app::House& house, const app::Cast& cast, const std::string& address, i18n::Language language)
{
    for (const auto& seat : seats) {
        const auto link = house.database.write([&](storage::Transaction& tx) {
            return auth::make_sign_in_link(tx, cast.*seat.person, now(), {.is_reusable = true});
        });
        if (link) fmt::print("  {:<17} {}\n", seat.role, auth::invitation_link(address, language, link->code));
    }
}

int run_server(const Options& options, i18n::Language language)
{
    const auto sources = sources_of(options);
    if (!sources) return report(language, sources.error());
    const auto at = now();
    auto house = app::make_house(options.settings, at);
    if (!house) return report(language, house.error());
    const auto cast = app::fill_city(**house, *sources, at, [](const app::Step&) {});
    if (!cast) return report(language, cast.error());
    app::serve(**house, {.ready = [&](const std::string& address) {
                   fmt::print("{}\n", i18n::text(language, "app.demo_ready"));
                   print_links(**house, *cast, address, language);
                   fmt::print("listening on {}\n", address);
                   std::fflush(stdout);
               }});
    return kGood;
}

} // namespace

void add_demo(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "demo");
    add_data_options(*command, options->settings, false);
    command->add_option("--listen", options->settings.listen, "address:port; port 0 takes a free one");
    command->add_option("--origin", options->settings.origin, "address that people use, for the links in letters");
    add_link_options(*command, options->settings);
    add_mail_options(*command, options->mail);
    command->add_flag("--once", options->once, "run the main job once, without a server");
    command->add_option("--districts", options->districts, "GeoJSON of districts");
    command->add_option("--places", options->places, "GeoJSON of places");
    command->add_option("--procurement", options->procurement, "OCDS JSON lines; may be repeated");
    command->callback([options, &invocation] {
        invocation.run = [options, &invocation](i18n::Language language) {
            options->settings.program = invocation.program;
            if (const auto taken = take_mail_options(options->mail, options->settings); !taken) return report(language, taken.error());
            const Place place{options->settings.data};
            return options->once ? run_once(*options, language) : run_server(*options, language);
        };
    });
}

} // namespace adal::cli
