"""A mail server on this machine (Debian's aiosmtpd) that keeps what it is given, or refuses it."""
import email
import email.policy
import queue
import socket
import sys

sys.path.append("/usr/lib/python3/dist-packages")  # where Debian puts it, whichever python3 runs this
try:
    from aiosmtpd.controller import Controller
except ImportError:  # the script that needs it is skipped
    Controller = None


class Mailbox:
    """code: what it answers to a letter, "250" or a refusal such as "550" or "451"."""

    def __init__(self):
        self.code, self.letters, self.refused = "250", queue.Queue(), 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    async def handle_DATA(self, _server, _session, envelope):
        if self.code != "250":
            self.refused += 1
            return f"{self.code} 5.7.1 not today"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        letter.envelope = envelope
        self.letters.put(letter)
        return "250 2.0.0 taken"

    def next(self, seconds):
        try:
            return self.letters.get(timeout=seconds)
        except queue.Empty:
            return None

    def stop(self):
        self.controller.stop()


def seen(letter, what):
    """What a check looks at: a header, the text, the attachments' names, the bytes of the first."""
    if letter is None:
        return None
    attachments = list(letter.iter_attachments())
    if what == "text":
        return letter.get_body(("plain",)).get_content()
    if what == "attachments":
        return " ".join(a.get_filename() for a in attachments)
    if what == "kinds":
        return " ".join(a.get_content_type() + ":" + a.get_content()[:5].decode("latin-1") for a in attachments)
    if what == "recipients":
        return " ".join(letter.envelope.rcpt_tos)
    return letter[what]
