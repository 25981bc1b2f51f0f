// Makes dossiers for the foreign programs of tests/interop/dossier: OUT/good, OUT/good.zip,
// OUT/erased (a photo was erased lawfully), and OUT/vkey, the key of the log.
#include "referral/test_dossier.hpp"

#include <filesystem>
#include <iostream>

int main(int argc, char** argv)
{
    using namespace adal;
    if (argc != 2) {
        std::cerr << "usage: make_dossier OUT\n";
        return 2;
    }
    const std::filesystem::path out = argv[1];
    std::filesystem::create_directories(out);
    test::TestDatabase database;
    referral::test::DossierCase made{database.db()};
    made.sign_and_send();
    made.publish();
    const auto good = test::must(made.gathered());
    test::must(referral::write_dossier_folder(good, made.bagging(), out / "good"));
    test::must(referral::write_dossier_zip(good, made.bagging(), out / "good.zip"));
    made.erase({"photo.0", "gps"});
    made.publish();
    test::must(referral::write_dossier_folder(test::must(made.gathered()), made.bagging(),
                                              out / "erased"));
    test::write_file((out / "vkey").string(), made.log_key.vkey().text() + "\n");
    return 0;
}
