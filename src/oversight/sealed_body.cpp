// What a seal commits to, as bytes that anybody can build again from the opened record.
#include "oversight/oversight.hpp"

namespace adal::oversight {

std::string sealed_body(const Finding& finding, const Visit& visit, const Place& place)
{
    json::array photos;
    for (const auto& photo : finding.photos) photos.emplace_back(hex(view(photo.sha256)));
    return canonical_text(json::object{{"finding", finding.id.text()}, {"visit", visit.id.text()}, {"visit_content", hex(view(visit.content_hash))},
                                       {"place", json::object{{"id", place.id.text()}, {"kind", name(place.kind)}, {"name_kk", place.name.kk}}},
                                       {"checklist", finding.checklist}, {"checklist_hash", hex(view(visit.checklist_hash))}, {"rule", finding.rule},
                                       {"question", finding.question}, {"value", finding.value}, {"severity", name(finding.severity)}, {"note", finding.text},
                                       {"photos", std::move(photos)}, {"created_at", finding.created_at.ms}});
}

} // namespace adal::oversight
