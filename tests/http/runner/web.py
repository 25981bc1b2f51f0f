"""A small web behind an HTTP gateway (CONNECT) on this machine: sites that answer, send elsewhere, drip, never end or lie."""
import gzip
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading
import time


def certificate():
    """A key and a certificate that nobody trusts."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="adal-web-"))
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=casino -keyout key -out cert"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder / "cert", folder / "key"


class SmallWeb:
    """pages: "host/path" to what it answers: "html TEXT", "to URL", "icon BYTES", "bomb", "drip", "endless", "nothing"."""

    def __init__(self):
        self.pages, self.plain, self.asked, self.stopped = {}, set(), [], False
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(*certificate())
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with connection:
                self.talk(connection)
        except (OSError, ssl.SSLError):
            pass  # the client has had enough

    def talk(self, connection):
        host, port = self.head(connection)[0].split()[1].rsplit(":", 1)
        if not any(page.startswith(host + "/") for page in self.pages):
            connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if port == "443":
            if host in self.plain:
                return
            connection = self.tls.wrap_socket(connection, server_side=True)
        path = self.head(connection)[0].split()[1]
        self.asked.append(f"{'https' if port == '443' else 'http'}://{host}{path}")
        kind, _, words = self.pages.get(host + path, "missing").partition(" ")
        getattr(self, "say_" + kind)(connection, words)

    @staticmethod
    def head(connection):
        seen = b""
        while b"\r\n\r\n" not in seen:
            part = connection.recv(4096)
            if not part:
                raise OSError("gone")
            seen += part
        return seen.decode().split("\r\n")

    @staticmethod
    def say(connection, kind, body, status="200 OK", more=""):
        connection.sendall(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body)

    def say_html(self, connection, words):
        self.say(connection, "text/html; charset=utf-8", words.encode())

    def say_icon(self, connection, words):
        self.say(connection, "image/x-icon", words.encode())

    def say_to(self, connection, words):
        self.say(connection, "text/plain", b"", "302 Found", f"Location: {words}\r\n")

    def say_missing(self, connection, _):
        self.say(connection, "text/plain", b"", "404 Not Found")

    def say_bomb(self, connection, _):
        self.say(connection, "text/html", gzip.compress(b" " * (256 << 20), 9), more="Content-Encoding: gzip\r\n")

    def say_endless(self, connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10737418240\r\n\r\n")
        while not self.stopped:
            connection.sendall(b"z" * 65536)

    def say_drip(self, connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n")
        while not self.stopped:
            connection.sendall(b"x")
            time.sleep(0.2)

    def say_nothing(self, connection, _):
        pass

    def stop(self):
        self.stopped = True
        self.listener.close()
