#include "procurement/legal_form.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

TEST(LegalForm, Is_read_from_the_form_or_from_either_end_of_the_name)
{
    EXPECT_EQ(legal_form_named("", "КГУ \"Аппарат акима Ауэзовского района\""), "state_institution");
    EXPECT_EQ(legal_form_named("", "«Қала басқармасы» КММ"), "state_institution");
    EXPECT_EQ(legal_form_named("", "Государственное учреждение \"Управление\""), "state_institution");
    EXPECT_EQ(legal_form_named("", "ГКП на ПХВ \"Городская поликлиника № 5\""), "state_enterprise");
    EXPECT_EQ(legal_form_named("", "«Алматы су» ЖШС"), "company");
    EXPECT_EQ(legal_form_named("Товарищество с ограниченной ответственностью", "Жол"), "company");
    EXPECT_EQ(legal_form_named("ТОО", "КГУ в названии"), "company") << "the field goes before the name";
    EXPECT_EQ(legal_form_named("", "Әкімдік"), "");
    EXPECT_EQ(legal_form_named("", "АОЗТ Старт"), "") << "whole words only";
}

} // namespace
} // namespace adal::procurement
