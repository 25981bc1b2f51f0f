#include "http/multipart.hpp"

#include "http/target.hpp"

#include <gtest/gtest.h>

using namespace adal;
using namespace adal::http;

namespace {

struct Parts : PartSink {
    std::string seen{};
    Result<Done> begin_part(const PartHead& head) override
    {
        seen += "[" + head.name + "|" + head.file_name.value_or("-") + "|" + head.type + "|";
        return done();
    }
    Result<Done> part_bytes(std::string_view bytes) override
    {
        seen += bytes;
        return done();
    }
    Result<Done> end_part() override
    {
        seen += "]";
        return done();
    }
};

const std::string kBody = "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nline\r\n--bx\r\n-\r\n--b\r\n"
                          "content-disposition: form-data; name=photo; filename=\"a \\\"b\\\".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
                          "\r\n\r\n--\r\n--b\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b--\r\nepilogue";
const std::string kSeen = "[text|-||line\r\n--bx\r\n-][photo|a \"b\".jpg|image/jpeg|\r\n\r\n--][empty|-||]";

bool accepts(std::string_view body, std::size_t piece = 1u << 20)
{
    Parts parts;
    MultipartParser parser{"b", parts};
    for (std::size_t at = 0; at < body.size(); at += piece)
        if (!parser.feed(body.substr(at, piece))) return false;
    return parser.finish().has_value();
}

std::string with_head(const std::string& head) { return "--b\r\n" + head + "\r\n\r\nx\r\n--b--"; }

} // namespace

// "--bx" begins like the boundary "b" and is refused: RFC 2046 §5.1.1 forbids a boundary that occurs in the
// content, and taking it for content would let two readers see two forms.
TEST(Multipart, gives_the_same_parts_wherever_it_is_cut)
{
    auto body = kBody;
    auto expected = kSeen;
    body.replace(body.find("\r\n--bx"), 6, "\r\n--x");
    expected.replace(expected.find("\r\n--bx"), 6, "\r\n--x");
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
        Parts parts;
        MultipartParser parser{"b", parts};
        ASSERT_TRUE(parser.feed(std::string_view{body}.substr(0, cut)));
        ASSERT_TRUE(parser.feed(std::string_view{body}.substr(cut)));
        ASSERT_TRUE(parser.finish());
        ASSERT_EQ(parts.seen, expected) << "cut at " << cut;
    }
    EXPECT_TRUE(accepts(body, 1));
    EXPECT_FALSE(accepts(kBody));
}

TEST(Multipart, needs_its_closing_boundary)
{
    const auto whole = with_head("Content-Disposition: form-data; name=\"a\"");
    EXPECT_TRUE(accepts(whole));
    for (std::size_t end = 0; end < whole.size(); ++end) EXPECT_FALSE(accepts(whole.substr(0, end))) << end;
}

TEST(Multipart, refuses_parts_that_do_not_say_what_they_are)
{
    for (const auto* bad : {"X: y", "Content-Disposition: attachment; name=\"a\"", "Content-Disposition: form-data",
                            "Content-Disposition: form-data; name=\"a", "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
                            "Content-Disposition: form-data; name=\"\"", "Content-Disposition form-data; name=\"a\"",
                            "Content-Disposition: form-data; name=\"\xff\"",
                            "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\""})
        EXPECT_FALSE(accepts(with_head(bad))) << bad;
    EXPECT_FALSE(accepts(with_head("Content-Disposition: form-data; name=\"a\"\r\nX: " + std::string(5000, 'x'))));
    EXPECT_FALSE(accepts(std::string(5000, 'x')));
    EXPECT_FALSE(accepts("--b\r\n" + std::string(5000, 'x')));
}

TEST(Multipart, takes_a_boundary_only_as_the_rfc_says)
{
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(70, 'x')), std::string(70, 'x'));
    for (const auto& bad : {std::string{"multipart/form-data"}, std::string{"multipart/form-data; boundary="},
                            "multipart/form-data; boundary=" + std::string(71, 'x'), std::string{"multipart/mixed; boundary=a"},
                            std::string{"multipart/form-data; boundary=\"a"}, std::string{"multipart/form-data; boundary=a\x01"}})
        EXPECT_FALSE(boundary_of(bad)) << bad;
}
