#include "procurement/rate_answer.hpp"

namespace adal::procurement {

Answer rate_answer(const ShrunkRate& rate, const std::string& name, const std::string& cases)
{
    Answer answer;
    answer.outcome = Outcome::pass;
    answer.value = rate.shrunk;
    answer.threshold = rate.limit;
    answer.population = rate.members;
    answer.facts = {{"name", name},
                    {"count", rate.hits},
                    {cases, rate.cases},
                    {"share", Share{rate.rate}},
                    {"typical", Share{rate.typical}},
                    {"population", rate.members}};
    return answer;
}

bool stands_out(const ShrunkRate& rate, std::int64_t least_hits)
{
    return rate.probability >= kSureRate && rate.hits >= least_hits;
}

} // namespace adal::procurement
