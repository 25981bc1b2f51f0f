"""Reads a script and does what it says. The language is described in tests/http/README.md."""
import json
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import time
import urllib.parse
import zlib

from runner import lab, mailbox, matrix, open311, telegram, web
from runner.client import Client, Wire, form_body
from runner.manners import broken
from runner.page import Page
from runner.server import PROGRAM, Server

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
ALMATY = 5 * 3600  # seconds before UTC, where "today" is decided
SHARED = pathlib.Path(os.environ.get("ADAL_SHARED", "../shared"))


class Stop(Exception):
    """The rest of the script makes no sense."""


class Skip(Exception):
    """The script cannot run here."""


class Line:
    def __init__(self, number, text):
        self.number, self.text, self.more = number, text, []


def read_lines(path):
    """Lines with the indented ones below them; comments and empty lines are left out."""
    lines = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        if raw.startswith("  ") and lines:
            lines[-1].more.append(raw[2:])
        else:
            lines.append(Line(number, raw.rstrip()))
    return lines


def picture(width, height):
    """A PNG of so many pixels, other bytes each time."""
    noise = os.urandom(3)
    row = b"\0" + (noise + b"\x20\x60\x40") * (width // 2) + noise * (width % 2)
    part = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(row * height)) + part(b"IEND", b"")


def wire_bytes(text):
    """`\\r \\n \\0 \\xHH` and `{3*ab}` (three times) of a bare line."""
    text = re.sub(r"\{(\d+)\*([^}]*)\}", lambda m: m[2] * int(m[1]), text)
    escapes = {"r": b"\r", "n": b"\n", "t": b"\t", "0": b"\0", "\\": b"\\"}
    out, i = b"", 0
    while i < len(text):
        if text[i] == "\\" and text[i + 1] == "x":
            out, i = out + bytes.fromhex(text[i + 2:i + 4]), i + 4
        elif text[i] == "\\":
            out, i = out + escapes[text[i + 1]], i + 2
        else:
            out, i = out + text[i].encode(), i + 1
    return out


def number(text):
    amount, _, unit = text.strip().partition(" ")
    return float(amount) * {"": 1, "s": 1, "ms": 0.001, "KB": 1 << 10, "MB": 1 << 20}[unit.strip()]


class Script:
    def __init__(self, path, house, walked):
        self.path, self.house, self.walked = path, house, walked
        self.passed, self.failures = 0, []
        self.names = {}
        self.server, self.own_server = None, False
        self.clients, self.client, self.who = {}, None, "visitor"
        self.reply, self.page, self.last, self.wire, self.at = None, None, "/", None, 0
        self.memory, self.held, self.kept = 0.0, [], 0
        self.mailbox, self.letter, self.city = None, None, None
        self.telegram, self.told, self.web, self.lab, self.ran = None, None, None, None, None

    def run(self):
        try:
            self.run_lines(read_lines(self.path))
        except (Stop, RuntimeError) as stop:  # RuntimeError: the program did not start
            self.fail(str(stop))
        finally:
            if self.wire:
                self.wire.close()
            self.end_own_server()
            if self.mailbox:
                self.mailbox.stop()
            if self.city:
                self.city.stop()
            if self.telegram:
                self.telegram.stop()
            if self.web:
                self.web.stop()
            if self.lab:
                self.lab.stop()

    def run_lines(self, lines):
        i = 0
        while i < len(lines):
            if lines[i].text.startswith("for "):
                self.at = lines[i].number
                end = self.end_of(lines, i)
                name, _, values = lines[i].text[4:].partition(" in ")
                for value in self.put(values).split():
                    self.names[name.strip()] = value
                    self.run_lines(lines[i + 1:end])
                i = end
            else:
                self.run_line(lines[i])
            i += 1

    @staticmethod
    def end_of(lines, begin):
        depth = 0
        for j in range(begin, len(lines)):
            depth += lines[j].text.startswith("for ") - (lines[j].text == "end")
            if depth == 0:
                return j
        raise Stop("a `for` without `end`")

    def run_line(self, line):
        self.at = line.number
        verb, _, rest = line.text.partition(" ")
        rest = rest.strip()
        try:
            if verb in METHODS:
                return self.ask(verb, self.put(rest), line.more)
            doing = getattr(self, "do_" + verb, None)
            if doing:
                return doing(rest, line.more)
            self.check(line.text)
        except (KeyError, IndexError, ValueError, ConnectionError, OSError) as error:
            raise Stop(f"{line.text}: {type(error).__name__}: {error}") from error

    def fail(self, what):
        place = f"{self.path.name}:{self.at}"
        shown = ""
        if self.reply is not None:
            shown = f"\n      last answer: {self.reply.status} {self.reply.header('Location') or ''}"
            if self.page:
                shown += f" “{self.page.title}” {self.page.problem()}"
            if self.reply.status >= 400 and not self.page:
                shown += " " + self.reply.text[:200]
        self.failures.append(f"{place}: {what}{shown}")

    def hold(self, is_right, what):
        if is_right:
            self.passed += 1
        else:
            self.fail(what)

    def put(self, text):
        """$name and ${name} by their values."""
        def value(match):
            name = match[1] or match[2]
            if name not in self.names:
                raise Stop(f"${name} has no value")
            return self.names[name]
        return re.sub(r"\$(?:\{(\w+)\}|([A-Za-z_]\w*))", value, text)

    # Servers and people

    def do_fresh(self, rest, _):
        """fresh server | fresh house [with LIMITS] [and OPTIONS]"""
        match = re.fullmatch(r"(server|house)(?: with (\S+))?(?: and (.+))?", self.put(rest))
        if not match:
            raise Stop("fresh server | fresh house [with LIMITS] [and OPTIONS]")
        self.end_own_server()
        kind = "house" if match[1] == "house" else "city"
        self.enter(Server(kind, match[2] or "", (match[3] or "").split()))
        self.own_server = True

    def enter(self, server):
        self.server = server
        self.clients = {}
        self.names["host"] = f"{server.address}:{server.port}"
        self.memory = server.memory_mb()
        self.become("visitor")

    def end_own_server(self):
        if self.own_server:
            for problem in self.server.stop():
                self.fail(problem)
            self.server.remove()
            self.own_server, self.server = False, None

    def do_mailbox(self, rest, _):
        """mailbox: starts a mail server, its port is $smtp. mailbox answers CODE: what it says to letters from now on."""
        if mailbox.Controller is None:
            raise Skip("Debian's python3-aiosmtpd is not installed")
        if rest:
            self.mailbox.code = rest.removeprefix("answers ")
            return
        self.mailbox = mailbox.Mailbox()
        self.names["smtp"] = str(self.mailbox.port)

    def do_model(self, rest, more):
        """model: trains a text model of made-up addresses, its file is $model. Below it: bad 300 = address with {n}, good …"""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="adal-model-"))
        command = [PROGRAM, "url", "train", "--model", folder / "model"]
        for line in more:
            kind, count, _, pattern = line.split(maxsplit=3)
            lines = "".join(pattern.replace("{n}", str(n)) + "\n" for n in range(int(count)))
            (folder / kind).write_text(lines, encoding="utf-8")
            command += ["--" + kind, folder / kind]
        subprocess.run(command, check=True, capture_output=True)
        self.names["model"] = str(folder / "model")

    def do_city(self, rest, _):
        """city: starts an Open311 server, its port is $city, a file with its key $keys. city answers WHAT. city closes with WORDS."""
        if rest.startswith("answers "):
            self.city.answers = rest.removeprefix("answers ")
        elif rest.startswith("closes with "):
            self.city.close(rest.removeprefix("closes with "))
        else:
            self.city = open311.City()
            keys = pathlib.Path(tempfile.mkdtemp(prefix="adal-city-")) / "keys"
            keys.touch(mode=0o600)
            keys.write_text(f"# the city\nhttp://127.0.0.1:{self.city.port}/v2 city-key\n")
            self.names["city"], self.names["keys"] = str(self.city.port), str(keys)

    def do_telegram(self, rest, more):
        """telegram: starts a Bot API server, its port is $telegram, a file with a token $token, the token's secret $secret.
        telegram answers WHAT. telegram hears LANGUAGE WORDS, more fields of the message below as JSON. telegram taps CATEGORY
        [of a message that is gone]. telegram repeats. telegram says within SECONDS | until WORDS: takes what the bot says next."""
        verb, _, words = self.put(rest).partition(" ")
        if verb == "answers":
            self.telegram.answers, self.telegram.refused = words, 0
        elif verb == "hears":
            language, _, text = words.partition(" ")
            fields = {name: json.loads(value) for name, _, value in (self.put(line).partition(" = ") for line in more)}
            self.telegram.hears(language, {"text": wire_bytes(text).decode(), **fields} if text else fields)
        elif verb == "taps":
            self.telegram.taps(words.split()[0], words.endswith(" that is gone"))
        elif verb == "repeats":
            self.telegram.repeats()
        elif verb == "says" and words.startswith("until "):
            while (told := self.telegram.next(10)) and words.removeprefix("until ") not in told["text"]:
                pass
            self.hold(told is not None, words)
        elif verb == "says":
            self.told = self.telegram.next(number(words.removeprefix("within ")))
        else:
            self.telegram = telegram.Telegram()
            file = pathlib.Path(tempfile.mkdtemp(prefix="adal-telegram-")) / "token"
            file.touch(mode=0o600)
            file.write_text(telegram.TOKEN + "\n")
            self.names.update(telegram=str(self.telegram.port), token=str(file), secret=telegram.SECRET)

    def do_web(self, rest, more):
        """web: a small web behind a gateway whose port is $web; below it lines "host/path = ANSWER" (web.py). web plain HOST:
        nobody speaks TLS there."""
        verb, _, words = self.put(rest).partition(" ")
        if not self.web:
            self.web = web.SmallWeb()
            self.names["web"] = str(self.web.port)
        if verb == "plain":
            self.web.plain.add(words)
        for line in more:
            page, _, answer = self.put(line).partition(" = ")
            self.web.pages[page] = answer

    def do_lab(self, _rest, _more):
        """lab: resolvers at $truth and $liar, a site with TLS at $site, a folder $lab."""
        self.lab = lab.Lab()
        self.names.update(truth=str(self.lab.truth), liar=str(self.lab.liar), site=str(self.lab.site), lab=tempfile.mkdtemp(prefix="adal-lab-"))

    def do_program(self, rest, _):
        """program ARGUMENTS: runs the program; $server is the address of the server. Then `exit` and `said`."""
        if self.server:
            self.names["server"] = f"http://127.0.0.1:{self.server.port}"
        done = subprocess.run([PROGRAM, *self.put(rest).split()], capture_output=True, text=True, timeout=120)
        self.ran = (done.returncode, done.stdout + done.stderr)

    def do_again(self, rest, _):
        """again until WORDS within SECONDS: asks for the last page until it says them."""
        words, _, most = self.put(rest).removeprefix("until ").rpartition(" within ")
        last = time.monotonic() + number(most)
        while words not in self.page.text() and time.monotonic() < last:
            time.sleep(0.5)
            self.take("GET", self.last, self.client.request("GET", self.last, [], None))
        self.hold(words in self.page.text(), f"{words} within {most}\n      seen: {self.page.text()[-600:]}")

    def do_letter(self, rest, _):
        """letter within SECONDS | no letter: waits for the next one."""
        self.letter = self.mailbox.next(number(rest.removeprefix("within ")))

    def do_needs(self, rest, _):
        if not (SHARED / rest).exists():
            raise Skip(f"no {rest} in the shared data ({SHARED})")

    def ready(self):
        if self.server is None:
            self.enter(self.house())
        if not self.server.is_running():
            raise Stop(f"the program has ended:\n{self.server.log()[-2000:]}")

    def become(self, who):
        self.who = who
        if who not in self.clients:
            self.clients[who] = Client(self.server)
        self.client = self.clients[who]

    def do_as(self, rest, _):
        self.ready()
        who = self.put(rest)
        is_new = who not in self.clients
        self.become(who)
        if is_new and who != "visitor":
            if who not in self.server.links:
                raise Stop(f"nobody is called {who} here: {', '.join(self.server.links)}")
            self.enter_by(self.server.links[who])

    def do_invited(self, rest, _):
        """invited NAME by LINK: a new browser that opens an invitation."""
        self.ready()
        who, link = self.put(rest).split(" by ")
        self.become(who)
        self.enter_by(re.sub(r"^http://[^/]+", "", link))

    def do_browser(self, rest, _):
        """browser NAME: another browser of somebody, signed in nowhere."""
        self.ready()
        self.become(self.put(rest))

    def do_forget(self, rest, _):
        self.clients.pop(self.put(rest), None)

    def enter_by(self, link):
        self.ask("POST", link, [])
        if self.reply.status != 303 or not self.client.cookies:
            raise Stop(f"{self.who} could not sign in: {self.reply.status}")

    # Requests

    def ask(self, method, target, more):
        self.ready()
        fields, files, headers, body, token = self.read_request(more)
        if method in ("POST", "PUT") and body is None:
            if token and self.client.cookies:
                fields.append(("csrf", self.token()))
            kind, body = form_body(fields, files, any(name == "multipart" for name, _ in headers))
            headers = [(k, v) for k, v in headers if k != "multipart"]
            if not any(name.lower() == "content-type" for name, _ in headers):
                headers.append(("Content-Type", kind))
        self.take(method, target, self.client.request(method, target, headers, body))

    def take(self, method, target, reply):
        self.reply, self.last = reply, target if method == "GET" else self.last
        self.page = Page(reply.text) if reply.is_page() and reply.raw else None
        path = target.split("?")[0]
        if "/sign-in?next=" not in (reply.header("Location") or ""):
            self.walked.add((method, path, reply.status))
        for rule in broken(method, path, reply, bool(self.client.cookies)):
            self.fail(f"{method} {target} as {self.who}: {rule}")

    def token(self):
        if self.client.token is None:
            seen = self.client.request("GET", "/en/account")
            form = Page(seen.text).form("/en/sign-out") if seen.is_page() else None
            self.client.token = dict(form.fields).get("csrf", "") if form else ""
        return self.client.token

    def read_request(self, more):
        fields, files, headers, body, token = [], [], [], None, True
        for text in more:
            text = self.put(text)
            if text == "without token":
                token = False
            elif match := re.match(r"header ([\w-]+): ?(.*)", text):
                headers.append((match[1], match[2]))
            elif match := re.match(r"body(?: (.*))?$", text):
                body = wire_bytes(match[1] or "")
            elif match := re.match(r"file (\S+) = (.+)", text):
                files.append((match[1], *self.file_of(match[2])))
            elif match := re.match(r"(\S+) =(?: (.*))?$", text):
                fields.append((match[1], (match[2] or "").replace("\\n", "\n")))
            else:
                raise Stop(f"not a field: {text}")
        return fields, files, headers, body, token

    def file_of(self, text):
        """(name, bytes) of: picture 640x480 | text WORDS | shared PATH | bytes N"""
        kind, _, rest = text.partition(" ")
        if kind == "picture":
            return "photo.png", picture(*map(int, rest.split("x")))
        if kind == "text":
            return "letter.txt", wire_bytes(rest)
        if kind == "written":
            return os.path.basename(rest), pathlib.Path(rest).read_bytes()
        if kind == "bytes":
            return "photo.jpg", b"\xff\xd8\xff\xe0" + os.urandom(int(number(rest)))
        if kind == "shared":
            return os.path.basename(rest), (SHARED / rest).read_bytes()
        raise Stop(f"not a file: {text}")

    def do_submit(self, rest, more):
        """The form of the last page that goes to this address, as it is, with these fields changed."""
        target = self.put(rest)
        form = self.page.form(target) if self.page else None
        if form is None:
            raise Stop(f"the page has no form for {target}: {[f.action for f in self.page.forms] if self.page else 'no page'}")
        changed, files, headers, _, token = self.read_request(more)
        names = {name for name, _ in changed}
        for name in names - form.names:
            raise Stop(f"the form has no field {name}: {sorted(form.names)}")
        kept = [(name, value) for name, value in form.fields if name not in names and (token or name != "csrf")]
        kind, body = form_body(kept + changed, files, form.multipart)
        headers.append(("Content-Type", kind))
        self.take(form.method, target, self.client.request(form.method, target, headers, body))

    def do_follow(self, _rest, _more):
        where = self.reply.header("Location")
        if not where:
            raise Stop("the last answer leads nowhere")
        self.ask("GET", re.sub(r"^http://[^/]+", "", where), [])

    # Values

    def do_let(self, rest, _):
        name, _, source = rest.partition(" = ")
        kind, _, what = source.strip().partition(" ")
        self.names[name.strip()] = self.value(kind, self.put(what))

    def value(self, kind, what):
        if kind == "text":
            return what
        if kind == "body":
            found = re.search(what, self.reply.text, re.S)
        elif kind == "header":
            name, _, pattern = what.partition(" ")
            found = re.search(pattern or ".*", self.reply.header(name) or "")
        elif kind == "link":
            pattern, _, words = what.partition(" reading ")
            found = next((m for link, read in zip(self.page.links, self.page.link_words)
                          if words in read and (m := re.search(pattern, link))), None)
        elif kind == "json":
            return str(self.json_value(what))
        elif kind == "field":
            form, _, name = what.partition(" ")
            found = next((v for f in self.page.forms if f.action == form for k, v in f.fields if k == name), None)
            if found is None:
                raise Stop(f"no field {name} in the form {form}")
            return found
        elif kind == "mail":
            name, _, pattern = what.partition(" ")
            found = re.search(pattern, mailbox.seen(self.letter, name) or "")
        elif kind == "said":
            found = re.search(what, self.ran[1])
        elif kind == "day":
            return time.strftime("%Y-%m-%d", time.gmtime(time.time() + ALMATY + 86400 * int(what or 0)))
        elif kind == "cookie":
            return "; ".join(f"{k}={v}" for k, v in self.client.cookies.items())
        elif kind == "encoded":
            return urllib.parse.quote(what)
        else:
            raise Stop(f"a value is text, body, header, link, json, field, mail, day, cookie or encoded, not {kind}")
        if not found:
            raise Stop(f"nothing like /{what}/ in the {kind}")
        return found[1] if found.re.groups else found[0]

    def json_value(self, path):
        value = json.loads(self.reply.text)
        for part in re.findall(r"[^.\[\]]+", path):
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    # Checks

    def check(self, text):
        text = self.put(text)
        subject, _, rest = text.partition(" ")
        argument = ""
        if subject in ("header", "form", "link", "mail", "asked", "told"):
            argument, _, rest = rest.partition(" ")
        elif subject == "json":
            argument, _, rest = rest.partition(" ")
        operator, _, wanted = rest.strip().partition(" ")
        seen = self.subject(subject, argument)
        self.hold(self.compare(seen, operator, wanted.strip(), text), f"{text}\n      seen: {str(seen)[:300]}")

    def subject(self, name, argument):
        reply, page = self.reply, self.page
        simple = {
            "code": lambda: reply.status,
            "body": lambda: reply.text,
            "size": lambda: len(reply.raw),
            "header": lambda: reply.header(argument),
            "json": lambda: self.json_value(argument),
            "mail": lambda: mailbox.seen(self.letter, argument),
            "asked": lambda: self.city.seen(argument),
            "told": lambda: telegram.seen(self.told, argument),
            "refused": lambda: self.telegram.refused,
            "exit": lambda: self.ran[0],
            "said": lambda: self.ran[1],
            "fetched": lambda: " ".join(self.web.asked),
            "seconds": lambda: self.wire.seconds if self.wire else reply.seconds,
            "text": lambda: page.text() if page else reply.text,
            "title": lambda: page.title if page else "",
            "language": lambda: page.language if page else "",
            "form": lambda: page.form(argument) if page else None,
            "link": lambda: next((x for x in page.links if re.search(argument, x)), None) if page else None,
            "problem": lambda: matrix.problem_of(reply),
            "answers": lambda: " ".join(str(r.status) for r in self.wire.replies()),
            "connection": lambda: "closed" if self.wire.is_closed else "open",
            "log": lambda: self.server.log(),
            "kept": lambda: self.kept,
            "sent": lambda: self.wire.sent,
            "growth": lambda: (self.server.memory_mb() - self.memory) * (1 << 20),
        }
        if name not in simple:
            raise Stop(f"not a verb and nothing to check: {name}")
        return simple[name]()

    def compare(self, seen, operator, wanted, text):
        if operator in ("present", "absent"):
            return (seen is not None) == (operator == "present")
        if operator in ("<", ">", "<=", ">="):
            amount, limit = float(seen), number(wanted)
            return {"<": amount < limit, ">": amount > limit, "<=": amount <= limit, ">=": amount >= limit}[operator]
        known = "" if seen is None else str(seen)
        plain = {"==": lambda: known == wanted, "!=": lambda: known != wanted, "~": lambda: bool(re.search(wanted, known)),
                 "in": lambda: known in wanted.split(), "has": lambda: wanted in known, "lacks": lambda: wanted not in known}
        if operator not in plain:
            raise Stop(f"not a check: {text}")
        return plain[operator]()

    def do_alive(self, _rest, _more):
        """The program runs and answers."""
        self.ready()
        self.hold(Client(self.server).request("GET", "/health").status == 200, "the program does not answer")

    # The bare wire

    def do_send(self, rest, more):
        """Bytes on a new connection: `| line` ends with CRLF, `> text` does not. `send more`: on the same one."""
        self.ready()
        if rest != "more":
            if self.wire:
                self.wire.close()
            self.wire = Wire(self.server)
        for text in more:
            if match := re.match("spaced (.*)", text):  # the words of a `for` have no spaces: _ stands for one
                self.wire.send(wire_bytes(self.put(match[1]).replace("_", " ")))
                continue
            if text[:1] not in ("|", ">"):
                raise Stop(f"a bare line begins with | or >: {text}")
            bare = text[2:] if text[1:2] == " " else text[1:]
            self.wire.send(wire_bytes(self.put(bare)) + (b"\r\n" if text[0] == "|" else b""))
        self.wire.listen(0.4)
        self.look_at_wire()

    def do_drip(self, rest, _):
        text, every, at_most = re.fullmatch(r'"(.*)" every (.+) at most (.+)', rest).groups()
        self.wire.drip(wire_bytes(text), number(every), number(at_most))
        self.look_at_wire()

    def do_flood(self, rest, _):
        text, at_most = re.fullmatch(r'"(.*)" at most (.+)', rest).groups()
        self.wire.flood(wire_bytes(text), number(at_most))
        self.look_at_wire()

    def do_wait(self, rest, _):
        self.wire.listen(number(rest))
        self.look_at_wire()

    def do_pause(self, rest, _):
        time.sleep(number(rest))

    def do_hold(self, rest, _):
        """hold N connections: opens them, asks something on each, and keeps those that are answered."""
        self.ready()
        self.held = [Wire(self.server) for _ in range(int(rest.split()[0]))]
        for wire in self.held:
            wire.send(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(1)
        for wire in self.held:
            wire.listen(0.01)
        self.kept = sum(1 for wire in self.held if wire.replies() and not wire.is_closed)

    def do_release(self, _rest, _more):
        for wire in self.held:
            wire.close()

    def look_at_wire(self):
        replies = self.wire.replies()
        if replies:
            self.reply = replies[-1]
            self.page = Page(self.reply.text) if self.reply.is_page() else None

    # All routes at once

    def do_every(self, rest, _):
        """every route refuses whoever may not"""
        if rest != "route refuses whoever may not":
            raise Stop("every route refuses whoever may not")
        self.ready()
        for route, who, is_right, seen in matrix.walk(self):
            self.hold(is_right, f"{route} as {who}: {seen}")
