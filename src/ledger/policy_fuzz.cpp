// Policy files of strangers; a policy that is read must judge any note without falling over.
#include "ledger/policy.hpp"

#include <cstddef>
#include <cstdint>

using namespace adal::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto policy = parse_policy(bytes);
    if (!policy) return 0;
    ADAL_CHECK(policy->logs.size() + policy->witnesses.size() + policy->groups.size() <= 1024);
    (void)judge(*policy, "log.example/city\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
                         "\xE2\x80\x94 w.example AAAAAAA=\n");
    return 0;
}
