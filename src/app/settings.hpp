// app/settings.hpp: what an installation chooses. Everything has a default that works on one machine.
#pragma once

#include "cyber/telegram.hpp"
#include "mail/mail.hpp"
#include "referral/open311.hpp"

#include <cstdint>
#include <string>

namespace adal::app {

struct Settings {
    std::string data{};                        // directory: adal.db, files/, log/, keys/, imports/
    std::string database{};                    // empty: sqlite in the data directory
    std::string listen = "127.0.0.1:8080";     // address:port; port 0 takes a free one
    std::string origin{};                      // "https://adal.example" as people see it; empty: from listen
    std::string log_name = "localhost/adal";   // origin of the public log (key name, no scheme)
    std::string program{};                     // this program, for the photo worker
    int workers = 32;                          // threads that run handlers; so many writes share one commit
    mail::SmtpSettings smtp{};                 // where letters go; off: they wait
    referral::Open311Keys open311_keys{};      // of the servers of authorities
    cyber::TelegramSettings telegram{};        // bot that takes reports; off: none
    std::string suffix_list = "/usr/share/publicsuffix/public_suffix_list.dat"; // what a registrable domain is
    std::string link_index{};                  // lists that triage of reported links asks; empty: none
    std::string link_model{};                  // text model that it asks; empty: none
    std::string page_copies{};                 // how the server gets to reported pages (cyber/page_copier.hpp); empty: it takes no copies
    bool quiet = false;                        // no access log

    [[nodiscard]] std::string database_address() const { return database.empty() ? "sqlite:" + data + "/adal.db" : database; }
    [[nodiscard]] std::string files_directory() const { return data + "/files"; }
    [[nodiscard]] std::string log_directory() const { return data + "/log"; }
    [[nodiscard]] std::string keys_directory() const { return data + "/keys"; }
    [[nodiscard]] std::string imports_directory() const { return data + "/imports"; }
    [[nodiscard]] std::string dossiers_directory() const { return data + "/dossiers"; } // made, waiting to be downloaded
    [[nodiscard]] std::string spool_directory() const { return data + "/spool"; }
};

} // namespace adal::app
