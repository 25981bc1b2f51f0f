#include "procurement/label_view.hpp"

#include "http/target.hpp"
#include "procurement/party.hpp"

namespace adal::procurement {

using namespace adal::http;

Html sum_text(const Request& request, const std::optional<CurrencyAmount>& amount)
{
    return amount ? Html(say(request.language, *amount)) : Html{};
}

Html tenge_text(const Request& request, std::int64_t hundredths)
{
    return i18n::money(request.language, Money{hundredths});
}

Html day_text(const Request& request, Instant instant)
{
    return i18n::date(request.language, local_date(instant));
}

Html number_text(const Request& request, std::int64_t n)
{
    return i18n::number(request.language, n);
}

Html score_badge(const Request& request, int failed, int applicable)
{
    if (failed > 0)
        return badge(t(request, "procurement.score", {{"failed", std::to_string(failed)}, {"applicable", std::to_string(applicable)}}), "warn");
    return badge(t(request, applicable > 0 ? "procurement.no_signs" : "procurement.not_screened"), "neutral");
}

Html party_text(const Request& request, std::string_view party_id, std::string_view name)
{
    if (name.empty() && is_person_id(party_id)) return t(request, "procurement.person");
    return name.empty() ? Html(party_id) : Html(name);
}

Html party_link(const Request& request, Side side, std::string_view id, std::string_view name)
{
    if (id.empty() || name.empty()) return name;
    const std::string_view path = side == Side::buyer ? "/procurement/buyers/" : "/procurement/suppliers/";
    return a({href(request.link(std::string{path} + std::string{id}))}, name);
}

Html process_card(const Request& request, const Summary& row)
{
    return article({cls("card process")}, h3({}, a({href(request.link("/procurement/" + row.id.str()))}, row.title)),
                   p({cls("badges")}, score_badge(request, row.failed, row.applicable)),
                   facts({{t(request, "procurement.buyer"), party_text(request, row.buyer_id, row.buyer_name)},
                          {t(request, "procurement.supplier"), party_text(request, row.supplier_id, row.supplier_name)},
                          {t(request, "procurement.contract_sum"), sum_text(request, row.contract_sum)},
                          {t(request, "procurement.signed"), row.signed_at ? day_text(request, *row.signed_at) : Html{}}}));
}

std::string search_link(const Request& request, const Search& search, std::string_view path)
{
    return api_link(search, request.link(path));
}

std::string api_link(const Search& search, std::string_view path)
{
    const auto query = search.query();
    return query.empty() ? std::string{path} : std::string{path} + "?" + query_text(query);
}

} // namespace adal::procurement
