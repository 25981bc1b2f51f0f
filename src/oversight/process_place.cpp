#include "oversight/process_place.hpp"

namespace adal::oversight {

Place place_from(const procurement::Summary& process)
{
    Place place;
    place.kind = place_kind_from(process.work_kind).value_or(PlaceKind::procurement_lot);
    place.name = {.kk = process.title, .ru = process.title, .en = process.title};
    place.address = process.locality;
    place.contract.process = process.ocid;
    place.contract.buyer = process.buyer_name;
    place.contract.contractor = process.supplier_name;
    if (process.contract_sum) place.contract.sum = process.contract_sum->tenge();
    if (process.signed_at) place.works.start = local_date(*process.signed_at);
    if (process.ends) place.works.end = local_date(*process.ends);
    // A source that ends works before their contract was signed tells us nothing about the start.
    if (place.works.start && place.works.end && *place.works.end < *place.works.start) place.works.start.reset();
    if (process.warranty_until) place.contract.warranty_until = local_date(*process.warranty_until);
    place.source = "ocds";
    place.source_id = process.ocid;
    return place;
}

ControlledObject object_from(const procurement::Summary& process)
{
    constexpr std::size_t kBinLength = 12;
    const std::string_view party{process.buyer_id};
    const auto digits = party.size() >= kBinLength ? party.substr(party.size() - kBinLength) : std::string_view{};
    return {.name = process.buyer_name, .bin = is_bin(digits) ? std::string{digits} : std::string{}};
}

Ground ground_from(const procurement::Summary& process, const std::vector<procurement::Reason>& reasons, i18n::Language language)
{
    Ground ground{.process = process.ocid};
    if (!reasons.empty()) {
        ground.flag = reasons.front().code;
        ground.explanation = reasons.front().in(language);
    }
    return ground;
}

Ground ground_in(Ground ground, const std::vector<procurement::Reason>& reasons, i18n::Language reader)
{
    for (const auto& reason : reasons) {
        if (reason.code != ground.flag) continue;
        for (const auto written : i18n::all_languages)
            if (reason.in(written) == ground.explanation) {
                ground.explanation = reason.in(reader);
                return ground;
            }
    }
    return ground;
}

} // namespace adal::oversight
