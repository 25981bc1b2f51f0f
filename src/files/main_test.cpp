// The test program is also the worker program: `files_test photo-worker`.
#include "files/files.hpp"

#include <gtest/gtest.h>
#include <string_view>

int main(int argc, char** argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "photo-worker") return adal::files::run_photo_worker(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
