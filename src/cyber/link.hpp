// cyber/link.hpp: what somebody wrote, and which resource it is.
//
// Two things at once, kept apart: how a browser reads the text (valid, url: the URL Standard, nothing repaired) and
// which resource a person means by it (kind, identity: hiding undone, spelling folded). One resource has one identity,
// however it is written; an identity says kind and key ("telegram:casinokz", "url:example.kz/pay"). Pure, thread-safe.
#pragma once

#include "cyber/suffix_list.hpp"
#include "cyber/url.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adal::cyber {

enum class Kind { none, url, telegram, instagram, tiktok, vk, youtube, olx, whatsapp, phone, card };

std::string_view text(Kind kind);

struct Identity {
    Kind kind = Kind::none;
    std::string key{}; // with its prefix; empty for none
};

struct Link {
    std::optional<Url> url{};     // as written; nothing: a browser refuses it
    std::optional<Url> meant{};   // the web address that is meant, when one is: hiding undone, scheme supplied
    Identity identity{};
    std::string registrable{};    // of the host that is meant; empty when there is none
};

// Host of the web address that is meant, without the dot at the end that means the same; empty when there is none.
std::string_view host_of(const Link& link);

// One link, handle, phone or card number as a person writes it. `base`: relative addresses are read against it.
Link read_link(std::string_view written, const SuffixList& suffixes, const Url* base = nullptr);

// Telegram, Instagram, … when the address is one of theirs and names a channel, person, post or invitation.
Identity platform_identity(const Url& url);

// Of any other web address: scheme, "www.", port of the scheme, user, fragment and known counters folded, e-mail
// addresses blotted out, escapes of plain letters undone. Kind::none without a host.
Identity url_identity(const Url& url, const SuffixList& suffixes);

// "@name", a phone number (of Kazakhstan, or with "+"), a card number or what is left of one.
Identity text_identity(std::string_view plain);

// Hiding undone: invisible marks, full width, "hxxp", "[.]", "(точка)", spaces about dots.
std::string undisguised(std::string_view written);

} // namespace adal::cyber
