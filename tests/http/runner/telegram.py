"""A Bot API server on this machine (core.telegram.org/bots/api): gives updates by getUpdates, takes what the bot says."""
import json
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
TOKEN = "4839574812:" + SECRET
CHAT = 1234567890123
SAYING = ("sendMessage", "editMessageText")


class Telegram:
    """answers: "well", a status such as "429" or "500", "garbage" or "slowly"; to every call from now on."""

    def __init__(self):
        self.answers, self.updates, self.given, self.said = "well", [], [], queue.Queue()
        self.calls, self.refused, self.next_id, self.next_message = {}, 0, 880001, 1
        self.question, self.heard, self.changed = None, None, threading.Condition()
        telegram = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
                try:
                    self.say(*telegram.answer(self.path, body))
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the bot hung up, as it does when it stops

            def say(self, status, answer):
                raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path, body):
        bot, _, method = path.removeprefix("/bot").partition("/")
        if bot != TOKEN:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        self.calls[method] = self.calls.get(method, 0) + 1
        if self.answers == "slowly":
            time.sleep(4)
        elif self.answers != "well":
            self.refused += 1
            return self.failure()
        if method == "getUpdates":
            return 200, {"ok": True, "result": self.poll(body.get("offset", 0), body.get("timeout", 0), body.get("limit", 100))}
        return self.take(method, body)

    def failure(self):
        if self.answers == "garbage":
            return 200, b'{"ok":true,"result":[{"update_id":'
        status = int(self.answers)
        failed = {"ok": False, "error_code": status, "description": "not today, bot" + TOKEN}
        if status == 429:
            failed["parameters"] = {"retry_after": 3}
        return status, failed

    def poll(self, offset, timeout, limit):
        with self.changed:
            self.updates = [u for u in self.updates if u["update_id"] >= offset]
            self.changed.wait_for(lambda: self.updates, timeout)
            self.given = self.updates[:limit] or self.given
            return self.updates[:limit]

    def take(self, method, body):
        if method in SAYING:
            if len(body["text"]) > 4096 or body["chat_id"] != CHAT:
                return 400, {"ok": False, "error_code": 400, "description": "Bad Request"}
            number = body.get("message_id") or self.number()
            if "reply_markup" in body:
                self.question = {"message_id": number, "reply": body["reply_parameters"]["message_id"]}
            self.said.put({"method": method, **body})
            return 200, {"ok": True, "result": {"message_id": number}}
        return 200, {"ok": True, "result": True}

    def number(self):
        self.next_message += 1
        return self.next_message

    def put(self, what):
        with self.changed:
            self.updates.append({"update_id": self.next_id, **what})
            self.next_id += 1
            self.changed.notify_all()

    def hears(self, language, message):
        """Somebody writes: message has text, or caption, entities, reply_markup."""
        sender = {"id": CHAT, "is_bot": False, "first_name": "Айгүл", "username": "aigul_private"}
        if language != "none":
            sender["language_code"] = language
        self.heard = {"message_id": self.number(), "date": int(time.time()), "from": sender,
                      "chat": {"id": CHAT, "type": "private", "first_name": "Айгүл"}, **message}
        self.put({"message": self.heard})

    def taps(self, choice, is_gone=False):
        """The button of the last question is pressed; is_gone: its message was deleted."""
        chat = {"id": CHAT, "type": "private"}
        question = {"message_id": self.question["message_id"], "date": 1, "chat": chat, "text": "?"}
        if not is_gone:
            question["reply_to_message"] = self.heard
        self.put({"callback_query": {"id": "4382bfdwdsb323b2d9", "from": self.heard["from"], "message": question, "data": choice}})

    def repeats(self):
        """What was given last is given again, as if it had not been acknowledged."""
        with self.changed:
            self.updates = list(self.given)
            self.changed.notify_all()

    def next(self, seconds):
        try:
            return self.said.get(timeout=seconds)
        except queue.Empty:
            return None

    def stop(self):
        self.server.shutdown()


def seen(said, what):
    """What a check looks at: method, text, or the buttons of a message of the bot."""
    if said is None:
        return None
    if what == "buttons":
        rows = said.get("reply_markup", {}).get("inline_keyboard", [])
        return " ".join(button["callback_data"] for row in rows for button in row)
    return str(said.get(what, ""))
