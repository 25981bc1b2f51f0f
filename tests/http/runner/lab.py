"""A small Internet on this machine for `adal probe`: a resolver that tells the truth, one that denies every name, and a site."""
import socket
import ssl
import struct
import threading

from runner.web import certificate


class Lab:
    def __init__(self):
        self.truth, self.liar = self.resolver(True), self.resolver(False)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate())
        listener = socket.create_server(("127.0.0.1", 0))
        self.site, self.listener, self.tls = listener.getsockname()[1], listener, context
        threading.Thread(target=self.serve, daemon=True).start()

    @staticmethod
    def resolver(is_honest):
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))

        def answer():
            while True:
                asked, peer = udp.recvfrom(512)
                kind = struct.unpack(">H", asked[-4:-2])[0]
                has_address = is_honest and kind == 1
                head = asked[:2] + (b"\x81\x80" if is_honest else b"\x81\x83") + b"\0\1" + struct.pack(">H", has_address) + b"\0\0\0\0"
                record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x7f\0\0\1" if has_address else b""
                udp.sendto(head + asked[12:] + record, peer)

        threading.Thread(target=answer, daemon=True).start()
        return udp.getsockname()[1]

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        try:
            with self.tls.wrap_socket(connection, server_side=True) as tls:
                if tls.recv(4096):
                    tls.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        except (OSError, ssl.SSLError):
            pass  # only the handshake was wanted

    def stop(self):
        self.listener.close()
