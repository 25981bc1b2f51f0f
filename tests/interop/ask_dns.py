"""ask_dns.py PORT NAME: what a resolver on this machine says: addresses, NXDOMAIN, REFUSED, or SILENT."""
import socket
import struct
import sys

port, name = int(sys.argv[1]), sys.argv[2]
labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.settimeout(2)
try:
    udp.sendto(b"\x12\x34\x01\0\0\1\0\0\0\0\0\0" + labels + b"\0\0\1\0\1", ("127.0.0.1", port))
    answer = udp.recv(4096)
except OSError:
    print("SILENT")
    sys.exit()
code, count = answer[3] & 15, struct.unpack(">H", answer[6:8])[0]
if code:
    print({3: "NXDOMAIN", 5: "REFUSED"}.get(code, f"RCODE{code}"))
else:
    print(" ".join(".".join(map(str, answer[len(answer) - 4:])) for _ in range(min(count, 1))) or "NODATA")
