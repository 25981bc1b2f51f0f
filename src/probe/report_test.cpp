#include "probe/probe.hpp"

#include <gtest/gtest.h>

namespace adal::probe {
namespace {

Measurement example()
{
    Measurement out{.target = {.id = "01jh0000000000000000000000", .url = "https://casino.example/a?b"}, .at = *parse_instant("2026-11-27T10:00:00Z")};
    out.here = {.status = DnsStatus::ok, .addresses = {*parse_address("93.184.215.14"), *parse_address("2606:2800::1")}, .ms = 12};
    out.control = {.status = DnsStatus::no_name, .ms = 7};
    out.attempts.push_back({.address = *parse_address("93.184.215.14"), .port = 443, .source = Source::here, .tcp = {TcpStatus::ok, 3},
                            .tls = {.status = TlsStatus::reset, .ms = 4}, .tls_control = {TlsStatus::ok, Certificate::other_name, std::string(64, 'a'), 9},
                            .web = {.status = WebStatus::not_tried}});
    return out;
}

ReportHead head_of(std::string name)
{
    return {.probe = std::move(name), .software = "adal test", .started = *parse_instant("2026-11-27T09:59:00Z")};
}

Result<Report> opened(const std::string& bytes, const ledger::Vkey& key)
{
    const auto note = ledger::parse_note(bytes);
    if (!note) return pass(note);
    return open_report(*note, key);
}

TEST(ProbeReport, WhatIsWrittenIsReadBack)
{
    const auto key = ledger::SigningKey::make("probe-almaty-1");
    const auto report = opened(sign_report(head_of("probe-almaty-1"), {example(), example()}, key), key.vkey());
    ASSERT_TRUE(report);
    EXPECT_EQ(report->head.software, "adal test");
    ASSERT_EQ(report->lines.size(), 2U);
    EXPECT_EQ(report->lines[1].number, 3);
    ASSERT_TRUE(report->lines[0].measured);
    EXPECT_EQ(measurement_line(*report->lines[0].measured), measurement_line(example()));
    EXPECT_EQ(verdict_of(*report->lines[0].measured, false).by, By::tls);
}

TEST(ProbeReport, AnotherKeyAnotherNameAndAChangedByteAreRefused)
{
    const auto key = ledger::SigningKey::make("one"), other = ledger::SigningKey::make("one");
    const auto bytes = sign_report(head_of("one"), {example()}, key);
    EXPECT_TRUE(opened(bytes, key.vkey()));
    EXPECT_TRUE(opened(bytes, other.vkey()).error().is(not_signed));
    EXPECT_TRUE(opened(sign_report(head_of("two"), {example()}, key), key.vkey()).error().is(not_signed));
    auto changed = bytes;
    changed.replace(changed.find("reset"), 5, "ok000");
    EXPECT_TRUE(opened(changed, key.vkey()).error().is(not_signed));
    const auto cosigner = ledger::SigningKey::make("one", ledger::KeyKind::cosignature);
    EXPECT_FALSE(opened(sign_report(head_of("one"), {example()}, cosigner), cosigner.vkey()));
}

TEST(ProbeReport, ABadLineLosesNoOther)
{
    const auto key = ledger::SigningKey::make("one");
    const auto* signer = &key;
    const auto good = measurement_line(example());
    const auto note = *ledger::parse_note(sign_report(head_of("one"), {}, key));
    for (auto [from, to] : std::vector<std::pair<std::string, std::string>>{{"\"reset\"", "\"exploded\""}, {"93.184.215.14", "93.184.215.014"}, {":443", ":70000"}, {"\"ms\":12", "\"ms\":-12"},
                                                                            {"2026-11-27T10:00:00.000Z", "yesterday"}, {"\"id\"", "\"di\""}, {"\"at\"", " \"at\""}, {"{", "["}, {"aaaaaaaa", "AAAAAAAA"}}) {
        auto bad = good;
        ASSERT_NE(bad.find(from), bad.npos) << from;
        bad.replace(bad.find(from), from.size(), to);
        const auto report = opened(ledger::sign_note(note.text + good + bad + good, {&signer, 1}), key.vkey());
        ASSERT_TRUE(report) << from;
        ASSERT_EQ(report->lines.size(), 3U);
        EXPECT_TRUE(report->lines[0].measured && report->lines[2].measured);
        EXPECT_FALSE(report->lines[1].measured) << from;
    }
}

TEST(ProbeReport, MoreThanAThousandMeasuresAreRefused)
{
    const auto key = ledger::SigningKey::make("one");
    const auto* signer = &key;
    const auto head = ledger::parse_note(sign_report(head_of("one"), {}, key))->text;
    std::string thousand;
    for (int i = 0; i < 1000; ++i) thousand += "{}\n";
    EXPECT_EQ(opened(ledger::sign_note(head + thousand, {&signer, 1}), key.vkey())->lines.size(), 1000U);
    EXPECT_EQ(opened(ledger::sign_note(head + thousand + "{}\n", {&signer, 1}), key.vkey()).error().params.at("reason"), "too_many");
    EXPECT_TRUE(opened(ledger::sign_note("nothing\n", {&signer, 1}), key.vkey()).error().is(bad_report));
}

TEST(ProbeReport, AFullRunFitsIntoAReport)
{
    auto big = example();
    big.target.url = "https://" + std::string(492, 'a');
    big.attempts.front().web = {.status = WebStatus::ok, .code = 302, .location = std::string(500, 'l'), .block_page = std::string(60, 'b'), .bytes = 65536, .ms = 10000};
    big.attempts.resize(4, big.attempts.front());
    for (auto* lookup : {&big.here, &big.control}) lookup->addresses.resize(16, *parse_address("2606:2800:1111:2222:3333:4444:5555:6666"));
    const auto key = ledger::SigningKey::make(std::string(255, 'k'));
    EXPECT_LE(sign_report(head_of(key.name()), std::vector<Measurement>(kMostOfARun, big), key).size(), kMostReport);
}

TEST(ProbeReport, AQuestionForTasksNamesProbeServerAndTime)
{
    const auto key = ledger::SigningKey::make("one");
    const TaskQuestion asked{.probe = "one", .to = "https://adal.example", .at = *parse_instant("2026-11-27T10:00:00Z")};
    const auto read = open_question(*ledger::parse_note(sign_question(asked, key)), key.vkey());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->to, asked.to);
    EXPECT_EQ(read->at, asked.at);
    EXPECT_FALSE(open_question(*ledger::parse_note(sign_report(head_of("one"), {}, key)), key.vkey())); // one is not the other
    EXPECT_FALSE(open_report(*ledger::parse_note(sign_question(asked, key)), key.vkey()));
}

TEST(ProbeAddress, WhatIsNotPublicIsNotConnectedTo)
{
    for (const auto* text : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1",
                             "192.0.2.1", "::", "::1", "::ffff:10.0.0.1", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1", "64:ff9b::a00:1", "2002:a00:1::", "2001::1"})
        EXPECT_FALSE(is_public(*parse_address(text))) << text;
    for (const auto* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "92.63.88.128", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"})
        EXPECT_TRUE(is_public(*parse_address(text))) << text;
}

TEST(ProbeAddress, ServersAreReadStrictly)
{
    EXPECT_EQ(parse_server("1.2.3.4", 53)->port, 53);
    EXPECT_EQ(parse_server("1.2.3.4:5353", 53)->port, 5353);
    EXPECT_TRUE(parse_server("[::1]:53", 1)->address.is_v6);
    EXPECT_EQ(parse_server("::1", 53)->port, 53);
    for (const auto* bad : {"", "dns.example", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "[1.2.3.4]:53", "1.2.3", "[::1]"}) EXPECT_FALSE(parse_server(bad, 53)) << bad;
    EXPECT_TRUE(server_address("https://adal.example/"));
    EXPECT_TRUE(server_address("http://127.0.0.1:8080"));
    for (const auto* bad : {"", "adal.example", "http://adal.example", "https://", "https://u@h", "https://h/?x", "http://localhost.evil.example", "ftp://localhost"}) EXPECT_FALSE(server_address(bad)) << bad;
}

} // namespace
} // namespace adal::probe
