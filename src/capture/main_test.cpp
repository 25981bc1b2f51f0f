// The test program is also the worker program: `capture_test capture-worker`.
#include "capture/worker.hpp"

#include <gtest/gtest.h>
#include <string_view>

int main(int argc, char** argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "capture-worker") return adal::capture::run_capture_worker();
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
