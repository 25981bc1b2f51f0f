#include "procurement/goszakup/record_fields.hpp"

namespace adal::procurement::goszakup {

template <> std::span<const Field<Announcement>> fields_of<Announcement>()
{
    using R = Announcement;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"numberanno", &R::number},
        {"nameru", &R::name},
        {"namekz", &R::name_kk},
        {"parentid", &R::parent},
        {"totalsum", &R::total},
        {"reftrademethodsid", &R::method},
        {"reftrademethods", &R::method},
        {"refsubjecttypeid", &R::subject},
        {"refsubjecttype", &R::subject},
        {"refbuystatusid", &R::status},
        {"refbuystatus", &R::status},
        {"customerbin", &R::customer},
        {"customernameru", &R::customer_name},
        {"orgbin", &R::organizer},
        {"orgnameru", &R::organizer_name},
        {"biinsupplier", &R::single_supplier},
        {"suppliernameru", &R::single_supplier_name},
        {"startdate", &R::start},
        {"enddate", &R::end},
        {"repeatstartdate", &R::repeat_start},
        {"repeatenddate", &R::repeat_end},
        {"publishdate", &R::published},
        {"itogidatepublic", &R::results},
        {"discusstartdate", &R::enquiry_start},
        {"discusenddate", &R::enquiry_end},
        {"lastupdatedate", &R::updated},
        {"finyear", &R::years},
        {"kato", &R::kato},
    };
    return table;
}

template <> std::span<const Field<Document>> fields_of<Document>()
{
    using R = Document;
    static const Field<R> table[] = {
        {"filepath", &R::url}, {"originalname", &R::file_name}, {"nameru", &R::title}};
    return table;
}

template <> std::span<const Field<Plan>> fields_of<Plan>()
{
    using R = Plan;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"rootrecordid", &R::root},
        {"plnpointyear", &R::year},
        {"nameru", &R::name},
        {"descru", &R::description},
        {"refenstrucode", &R::code},
        {"subjectbiin", &R::customer},
        {"subjectnameru", &R::customer_name},
        {"price", &R::price},
        {"amount", &R::amount},
        {"count", &R::count},
        {"reftrademethodsid", &R::method},
        {"reftrademethods", &R::method},
        {"refsubjecttypeid", &R::subject},
        {"refsubjecttype", &R::subject},
        {"refunits", &R::unit},
        {"refunitscode", &R::unit},
        {"datecreate", &R::created},
        {"timestamp", &R::changed},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<Lot>> fields_of<Lot>()
{
    using R = Lot;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"trdbuyid", &R::announcement},
        {"trdbuynumberanno", &R::announcement_number},
        {"lotnumber", &R::number},
        {"nameru", &R::name},
        {"namekz", &R::name_kk},
        {"descriptionru", &R::description},
        {"reflotstatusid", &R::status},
        {"reflotstatus", &R::status},
        {"reflotsstatus", &R::status},
        {"reftrademethodsid", &R::planned_method},
        {"reftrademethods", &R::planned_method},
        {"refbuytrademethodsid", &R::actual_method},
        {"refbuytrademethods", &R::actual_method},
        {"amount", &R::amount},
        {"count", &R::count},
        {"customerbin", &R::customer},
        {"customernameru", &R::customer_name},
        {"plnpointkatolist", &R::kato},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<Offer>> fields_of<Offer>()
{
    using R = Offer;
    static const Field<R> table[] = {{"lotid", &R::lot},
                                     {"pointid", &R::plan},
                                     {"price", &R::price},
                                     {"amount", &R::amount}};
    return table;
}

template <> std::span<const Field<LotApplication>> fields_of<LotApplication>()
{
    using R = LotApplication;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"lotid", &R::lot},
        {"price", &R::price},
        {"amount", &R::amount},
        {"refappstatus", &R::status},
        {"statusid", &R::status},
        {"rejectreason", &R::reject_reason},
    };
    return table;
}

template <> std::span<const Field<Application>> fields_of<Application>()
{
    using R = Application;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"buyid", &R::announcement},
        {"trdbuyid", &R::announcement},
        {"supplierbiniin", &R::supplier},
        {"suppliernameru", &R::supplier_name},
        {"crfio", &R::author},
        {"modfio", &R::editor},
        {"dateapply", &R::applied},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<Unit>> fields_of<Unit>()
{
    using R = Unit;
    static const Field<R> table[] = {
        {"id", &R::id},           {"lotid", &R::lot},         {"itemprice", &R::price},
        {"quantity", &R::quantity}, {"totalsum", &R::total},
    };
    return table;
}

template <> std::span<const Field<ContractVersion>> fields_of<ContractVersion>()
{
    using R = ContractVersion;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"trdbuyid", &R::announcement},
        {"trdbuynumberanno", &R::announcement_number},
        {"contractnumber", &R::number},
        {"contractnumbersys", &R::system_number},
        {"refcontractstatusid", &R::status},
        {"refcontractstatus", &R::status},
        {"supplierbiin", &R::supplier},
        {"suppliernameru", &R::supplier_name},
        {"customerbin", &R::customer},
        {"customernameru", &R::customer_name},
        {"supplieriik", &R::supplier_account},
        {"customeriik", &R::customer_account},
        {"finyear", &R::year},
        {"descriptionru", &R::description},
        {"fakttrademethodsid", &R::method},
        {"fakttrademethods", &R::method},
        {"refjustification", &R::justification},
        {"contractsum", &R::sum},
        {"contractsumwnds", &R::sum_with_vat},
        {"faktsum", &R::fact},
        {"signdate", &R::signed_at},
        {"crdate", &R::created},
        {"ecenddate", &R::ends},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<AcceptanceAct>> fields_of<AcceptanceAct>()
{
    using R = AcceptanceAct;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"contractid", &R::contract},
        {"approvedate", &R::approved},
        {"revokedate", &R::revoked},
        {"sum", &R::sum},
        {"actsum", &R::sum},
        {"totalsum", &R::sum},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<TreasuryPayment>> fields_of<TreasuryPayment>()
{
    using R = TreasuryPayment;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"contractid", &R::contract},
        {"paydate", &R::paid},
        {"payamount", &R::sum},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<Subject>> fields_of<Subject>()
{
    using R = Subject;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"pid", &R::id},
        {"bin", &R::bin},
        {"iin", &R::iin},
        {"nameru", &R::name},
        {"namekz", &R::name_kk},
        {"refkopfcode", &R::legal_form},
        {"email", &R::email},
        {"phone", &R::phone},
        {"katolist", &R::kato},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

template <> std::span<const Field<Unscrupulous>> fields_of<Unscrupulous>()
{
    using R = Unscrupulous;
    static const Field<R> table[] = {
        {"id", &R::id},
        {"supplierbiin", &R::supplier},
        {"suppliernameru", &R::supplier_name},
        {"supplierheadbiin", &R::head},
        {"customerbin", &R::customer},
        {"courtdecision", &R::court},
        {"courtdecisiondate", &R::court_date},
        {"startdate", &R::start},
        {"enddate", &R::end},
        {"refreasonid", &R::reason},
        {"lastupdatedate", &R::updated},
    };
    return table;
}

} // namespace adal::procurement::goszakup
