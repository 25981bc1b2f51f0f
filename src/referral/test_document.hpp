// referral/test_document.hpp: a complete final document for the tests of this room.
#pragma once

#include "referral/document.hpp"

namespace adal::referral::test {

inline Document complete_document()
{
    const Instant day{1'772'773'200'000}; // 2026-03-06 10:00 in Almaty
    const auto finding = FindingId::make(day);
    Document document{.id = DocumentId::make(day),
                      .control = ControlId::make(day),
                      .title = "Абай даңғылындағы жол жөндеу жұмыстарын бақылау",
                      .object = "Алматы қаласының Қалалық мобилділік басқармасы",
                      .object_bin = "010140000006",
                      .ground = "«Қоғамдық бақылау туралы» Заң, 5-бап",
                      .held_from = day,
                      .held_to = day.plus(std::chrono::hours{6}),
                      .place = {.kk = "Абай даңғылы, Розыбакиев пен Жароков көшелерінің аралығы",
                                .ru = "проспект Абая, между улицами Розыбакиева и Жарокова",
                                .en = "Abay avenue, between Rozybakiev and Zharokov streets"},
                      .tasks = "Асфальт төсемінің қалыңдығын өлшеу\nКепілдік мерзіміндегі ақауларды анықтау",
                      .form = "monitoring",
                      .subjects = {{.person = PersonId::make(day), .display_name = "Айгүл Серікқызы", .role = "lead", .has_declared = true},
                                   {.person = PersonId::make(day), .display_name = "Данияр Әбдіғалиұлы Қожахметов", .role = "member", .has_declared = true}},
                      .facts = {{.finding = finding,
                                 .case_id = "00112233445566778899aabbccddeeff",
                                 .title = {.kk = "Жол төсемінің ақауы шектен асады", .ru = "Дефект покрытия больше допустимого", .en = "The road surface defect exceeds the limit"},
                                 .value = {.kk = "Ұзындығы – 40 см; Ені – 30 см; Тереңдігі – 6 см", .ru = "Длина – 40 см; Ширина – 30 см; Глубина – 6 см", .en = "Length – 40 cm; Width – 30 cm; Depth – 6 cm"},
                                 .summary = "Шұңқырдың тереңдігі рұқсат етілген шектен асады.",
                                 .note = "Шұңқыр аялдаманың алдында, су жиналып қалған.",
                                 .place = {.kk = "Абай даңғылы, 150-үй тұсы", .ru = "проспект Абая, у дома 150", .en = "Abay avenue, at house 150"},
                                 .severity = "major",
                                 .sealed_at = day.plus(std::chrono::hours{24}),
                                 .leaf_index = 12}},
                      .drafted_by = PersonId::make(day),
                      .drafted_at = day.plus(std::chrono::hours{48})};
    document.recommendations.push_back(
        {.id = RecommendationId::make(day),
         .document = document.id,
         .ordinal = 1,
         .text = "Көрсетілген учаскедегі жол төсемін мердігердің кепілдік міндеттемесі бойынша 2026 жылғы 30 сәуірге дейін қайта төсету.",
         .authority = AuthorityId::make(day),
         .findings = {finding}});
    return document;
}

} // namespace adal::referral::test
