// The text files of strangers' bags: whatever they hold is told, and no path that is given out
// leads out.
#include "referral/bag_text.hpp"

#include <cstddef>
#include <cstdint>

using namespace adal;
using namespace adal::referral;

namespace {

void read_as(std::string_view bytes, const BagDeclaration& bag)
{
    BagRemarks remarks;
    const auto text = bag_text_in_utf8(bytes, bag.encoding);
    if (!text) return;
    for (const auto& line : parse_bag_manifest(*text, "manifest-sha256.txt", bag, remarks)) {
        ADAL_CHECK(line.digest.size() >= 8 && line.digest.size() % 2 == 0);
        ADAL_CHECK(!line.path.starts_with("./"));
        (void)leads_out_of_bag(line.path);
        (void)is_system_file(line.path);
        const auto key = bag_path_key(line.path);
        ADAL_CHECK(bag_path_key(bag_path_nfc(line.path)) == key);
    }
    for (const auto& item : parse_bag_fetch(*text, bag, remarks))
        ADAL_CHECK(!item.url.empty() && (!item.path.empty() || leads_out_of_bag(item.path)));
    const auto info = parse_bag_info(*text, bag, remarks);
    (void)parse_payload_oxum(bag_info_value(info, "payload-oxum"));
    for (const auto& remark : remarks.all)
        ADAL_CHECK(!remark.code.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    BagRemarks remarks;
    const auto declared = parse_bag_declaration(bytes, remarks);
    ADAL_CHECK(declared.has_value() || remarks.outcome() == BagClass::invalid);
    for (const auto* encoding : {"UTF-8", "UTF-16", "ISO-8859-1"}) {
        read_as(bytes, {.major = 1, .minor = 0, .encoding = encoding});
        read_as(bytes, {.major = 0, .minor = 97, .encoding = encoding});
    }
    return 0;
}
