// http/page.hpp: the frame of every page (head, top bar, navigation, language switch, footer) and the few
// building blocks that all rooms share, so that pages look like one public service.
#pragma once

#include "http/html.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::http {

enum class Audience { open, office }; // open: public pages; office: signed-in work pages

struct Page {
    std::string title{};        // already in the request's language
    std::string description{};  // for the head; may be empty
    Audience audience = Audience::open;
    Html body{};
    std::vector<std::string> scripts{}; // names of files in web/, e.g. "map.js" (ES modules)
    std::vector<std::string> styles{};  // besides the common one, e.g. "map.css"; "leaflet.css" also
                                        // relaxes Trusted Types, which Leaflet 1.9 cannot live with
    std::string active{};       // key of the navigation entry that is current
};

// Whole document for the request's language, with hreflang links and the content hash in each asset link.
Reply render(const Request& request, const Page& page, int status = 200);

// Navigation entries are added by app at start: key of the text, path, permission that shows it.
struct NavigationEntry {
    std::string key{};  // i18n key, e.g. "nav.places"
    std::string path{}; // "/places"
    Permission permission = Permission::anyone;
};
void set_navigation(std::vector<NavigationEntry> entries); // once, before serving
// "https://adal.example", for absolute addresses in the head (hreflang, canonical); once, before serving.
// Empty: addresses without a host.
void set_origin(std::string origin);

// --- building blocks -------------------------------------------------------------------------------
Html t(const Request& request, std::string_view key, const i18n::Params& params = {}); // escaped sentence

// A form that posts to `path` (without language prefix), with CSRF token and multipart when asked.
Html post_form(const Request& request, std::string_view path, const Html& content, bool multipart = false,
               std::string_view css_class = "");
// Inside a long form: where keep_form.js shows a refusal or a lost connection, with everything typed and every
// chosen file still in the form. Nothing without script. The page needs scripts = {"keep_form.js"}.
Html keep_notice(const Request& request);
// An id is once on a page: where two forms have a field of the same name, one writes "text#reject", which is
// the field "text" with another id. Holds for all fields below.
Html text_field(std::string_view name, const Html& label_text, std::string_view value = "", Attrs extra = {}, const Html& hint = {});
Html area_field(std::string_view name, const Html& label_text, std::string_view value = "", Attrs extra = {}, const Html& hint = {});
struct Choice {
    std::string value{};
    Html label{};
};
Html select_field(std::string_view name, const Html& label_text, const std::vector<Choice>& choices, std::string_view chosen = "", const Html& hint = {});
Html radio_field(std::string_view name, const Html& question, const std::vector<Choice>& choices, std::string_view chosen = "", const Html& hint = {}, bool required = false);
Html check_field(std::string_view name, std::string_view value, const Html& label_text, bool checked = false);
Html submit(const Html& label_text, std::string_view css_class = "");
Html file_field(std::string_view name, const Html& label_text, std::string_view accept, bool many = false, const Html& hint = {});
Html hidden_field(std::string_view name, std::string_view value);
// What the form of a refused write shows above itself: the sentence, and a link to the field it is about
// (param `field` of bad_field). Fields made by the functions here have the id "f-<name>".
Html error_summary(const Request& request, const Problem& problem);
// Badge of a state: tone is "neutral" "good" "warn" "bad" "info".
Html badge(const Html& label_text, std::string_view tone);
// dl of label/value pairs, empty values left out.
Html facts(const std::vector<std::pair<Html, Html>>& pairs);
// A figure with a label and, below, how it is known.
Html stat(const Html& value, const Html& label_text, const Html& note = {}, std::string_view link = "");
Html notice(const Html& content, std::string_view tone = "info"); // role=status / alert for "bad"
struct TimelineEntry {
    Html when{};
    Html what{};
    Html detail{};
    std::string tone = "neutral";
};
Html timeline(const std::vector<TimelineEntry>& entries);
// Pager by keyset: links to ?after=…
Html pager(const Request& request, std::string_view path, const std::string& next_key);
Html empty_state(const Html& sentence);

// A table that becomes cards on a phone: each cell carries its column's name. Numbers: column name begins
// with "#" (right-aligned, tabular figures; the mark is not shown).
Html data_table(const Html& caption_text, const std::vector<std::string>& columns, const std::vector<std::vector<Html>>& rows);

// The page of a problem, in the user's language, with the way out, the number of the request, and what the
// person had typed (never secrets), so that nothing is lost.
Reply problem_page(const Request& request, const Problem& problem);
Reply problem_json(const Request& request, const Problem& problem); // {"code":…, "params":…, "message":…}

} // namespace adal::http
