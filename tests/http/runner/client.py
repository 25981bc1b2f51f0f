"""HTTP without a library's opinions: one connection per request, cookies of one browser, and the bare wire."""
import gzip
import re
import secrets
import socket
import time
import urllib.parse

TIMEOUT = 60


class Reply:
    def __init__(self, status, headers, body, seconds=0.0):
        self.status, self.headers, self.raw, self.seconds = status, headers, body, seconds
        packed = self.header("content-encoding") == "gzip" and body
        self.body = gzip.decompress(body) if packed else body
        self.text = self.body.decode("utf-8", errors="replace")

    def header(self, name):
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    def is_page(self):
        return (self.header("content-type") or "").startswith("text/html")


def read_replies(received, heads=()):
    """Replies in the bytes of a connection; `heads`: which of them, by number, answer HEAD. Also what was left."""
    replies = []
    while match := re.match(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n", received):
        lines = [line for line in match[2].decode("latin-1").split("\r\n") if line]
        headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]
        status = int(match[1])
        received = received[match.end():]
        length = int(next((v for k, v in headers if k.lower() == "content-length"), "0"))
        if len(replies) in heads or status in (100, 204, 304):
            length = 0
        if len(received) < length:
            return replies, match[0] + received
        replies.append(Reply(status, headers, received[:length]))
        received = received[length:]
    return replies, received


class Client:
    """One browser: its cookies and, once a page was seen, the token of its forms."""

    def __init__(self, server):
        self.server = server
        self.cookies = {}
        self.token = None

    def request(self, method, target, headers=(), body=None):
        given = {name.lower() for name, _ in headers}
        lines = [f"{method} {target} HTTP/1.1"]
        if "host" not in given:
            lines.append(f"Host: {self.host()}")
        if "accept" not in given:
            lines.append("Accept: text/html,*/*;q=0.8")
        if self.cookies and "cookie" not in given:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if body is not None and "content-length" not in given:
            lines.append(f"Content-Length: {len(body)}")
        lines += [f"{name}: {value}" for name, value in headers] + ["Connection: close"]
        sent = "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"")
        begun = time.monotonic()
        reply = self.exchange(sent, method)
        reply.seconds = time.monotonic() - begun
        self.keep_cookies(reply)
        return reply

    def host(self):
        return f"{self.server.address}:{self.server.port}"

    def exchange(self, sent, method):
        with socket.create_connection((self.server.address, self.server.port), TIMEOUT) as connection:
            try:
                connection.sendall(sent)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all was read; the answer may be there
            received = b""
            try:
                while piece := connection.recv(1 << 16):
                    received += piece
            except ConnectionResetError:
                pass
        replies, rest = read_replies(received, heads=(0,) if method == "HEAD" else ())
        replies = [reply for reply in replies if reply.status != 100]
        if len(replies) != 1 or rest:
            raise ConnectionError(f"expected one whole answer, got {len(replies)} and {len(rest)} bytes more: {received[:200]!r}")
        return replies[0]

    def keep_cookies(self, reply):
        for name, value in reply.headers:
            if name.lower() != "set-cookie":
                continue
            key, _, rest = value.partition("=")
            kept = rest.split(";")[0]
            self.token = None
            if not kept or re.search(r"max-age=0", value, re.I):
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = kept


def form_body(fields, files, multipart):
    """(content type, bytes) of a form as a browser sends it. files: (field, file name, bytes)."""
    if not multipart and not files:
        return "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode()
    boundary = "----adal" + secrets.token_hex(8)
    out = b""
    for name, value in fields:
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, file_name, content in files:
        out += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n").encode() + content + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", out + f"--{boundary}--\r\n".encode()


class Wire:
    """One bare connection: bytes as they are, dripped or flooded, and what came back."""

    def __init__(self, server):
        self.connection = socket.create_connection((server.address, server.port), TIMEOUT)
        self.received, self.sent, self.is_closed = b"", 0, False
        self.begun = time.monotonic()
        self.seconds = 0.0

    def send(self, content):
        self.connection.settimeout(TIMEOUT)
        try:
            self.connection.sendall(content)
            self.sent += len(content)
        except (BrokenPipeError, ConnectionResetError):
            self.end()

    def end(self):
        self.is_closed = True
        self.seconds = time.monotonic() - self.begun

    def listen(self, seconds):
        """Reads until the other side closes or is silent for so long."""
        while not self.is_closed:
            self.connection.settimeout(seconds)
            try:
                piece = self.connection.recv(1 << 16)
            except TimeoutError:
                return
            except (ConnectionResetError, BrokenPipeError):
                return self.end()
            if not piece:
                return self.end()
            self.received += piece

    def drip(self, content, every, at_most):
        until = time.monotonic() + at_most
        while not self.is_closed and time.monotonic() < until:
            self.send(content)
            self.listen(every)

    def flood(self, content, at_most):
        """Sends without reading until it is cut or so many bytes are gone."""
        block = content * max(1, (1 << 16) // len(content))
        self.connection.settimeout(20)
        while not self.is_closed and self.sent < at_most:
            try:
                self.sent += self.connection.send(block)
            except TimeoutError:
                return
            except OSError:
                self.end()
        self.listen(3)

    def replies(self):
        return read_replies(self.received)[0]

    def close(self):
        self.connection.close()
