// procurement/facts_process.hpp: one contracting process out of the tables, as the Kazakh flags take it.
//
// The same Process that the import reads from the same release (ocds_reader.hpp), but for
// content_hash, which screening does not need. Requires Depth::full. Pure; thread-safe.
#pragma once

#include "procurement/facts.hpp"
#include "procurement/screen.hpp"

namespace adal::procurement::columns {

// `row` < facts.processes.size().
Process process_of(const Facts& facts, std::size_t row);

// `facts` must outlive it.
class FactsProcesses final : public ProcessSource
{
public:
    explicit FactsProcesses(const Facts& facts) : m_facts(facts) {}
    [[nodiscard]] std::size_t size() const override { return m_facts.processes.size(); }
    std::span<const Process> range(std::size_t begin, std::size_t end,
                                   std::vector<Process>& room) const override;

private:
    const Facts& m_facts;
};

} // namespace adal::procurement::columns
