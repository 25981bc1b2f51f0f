"""Every route of the program against every person: who may not is sent to sign in (401, 303) or refused (403); who may is not
refused for want of a permission. The truth is tests/golden/roles.txt, not the program under test."""
import functools
import pathlib
import re
import subprocess

from runner.client import form_body
from runner.page import Page
from runner.server import PROGRAM, ROOT

NOBODY = "01jh0000000000000000000000"
ROLE_OF = {"operator": "administrator", "second-volunteer": "volunteer", "second-reviewer": "reviewer"}


@functools.lru_cache
def routes():
    """(method, pattern, permission) of every route, from the program."""
    done = subprocess.run([PROGRAM, "routes"], capture_output=True, text=True, cwd=ROOT, check=True)
    rows = [line.split() for line in done.stdout.splitlines()]
    return [tuple(row[:3]) for row in rows if len(row) > 3 and re.fullmatch("[A-Z]+", row[0])]


@functools.lru_cache
def allowed():
    """role → permissions."""
    lines = pathlib.Path(ROOT / "tests" / "golden" / "roles.txt").read_text(encoding="utf-8").splitlines()
    head = next(line.split() for line in lines if line.startswith("permission"))
    out = {role: set() for role in head[1:]}
    for line in lines:
        cells = line.split()
        if len(cells) == len(head) and set(cells[1:]) <= {"yes", "."}:
            for role, cell in zip(head[1:], cells[1:]):
                if cell == "yes":
                    out[role].add(cells[0])
    return out


def pattern_of(route_pattern):
    text = re.escape(route_pattern)
    text = text.replace(r"\{lang\}", "(?:kk|ru|en)")
    text = re.sub(r"\\\{\w+\\\*\\\}", ".*", text)
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", text) + "/?")


def unwalked(walked):
    """Routes that no script asked for with an answer of their own: not a refusal, not 404 or 405, not a failure."""
    literal = [(method, pattern) for method, pattern, _ in routes() if "{" not in pattern.replace("{lang}", "")]
    seen = set()
    for method, path, status in walked:
        if status in (401, 403, 404, 405) or status >= 500:
            continue
        method = "GET" if method == "HEAD" else method
        matching = [(m, p) for m, p, _ in routes() if m == method and pattern_of(p).fullmatch(path)]
        exact = [route for route in matching if route in literal]
        seen.update(exact or matching)
    return [f"{method} {pattern}" for method, pattern, _ in routes() if (method, pattern) not in seen]


def problem_of(reply):
    if reply.is_page():
        return Page(reply.text).problem()
    found = re.search(r'"code":\s*"([\w.]+)"', reply.text)
    return found[1] if found else ""


def walk(script):
    """(route, who, is right, what was seen) for every route and everybody who has signed in with this script."""
    people = [who for who in script.clients if who != "visitor" and not who.startswith("_")] + ["visitor"]
    for method, pattern, permission in routes():
        if permission == "anyone" or pattern.endswith("/sign-out"):
            continue
        path = re.sub(r"\{[^}]*\}", NOBODY, pattern.replace("{lang}", "en"))
        for who in people:
            script.become(who)
            kind, body = form_body([("csrf", script.token())] if who != "visitor" else [], [], False)
            sent = ([("Content-Type", kind)], body) if method != "GET" else ([], None)
            may = who != "visitor" and permission in allowed()[script.names.get("role_of_" + who, ROLE_OF.get(who, who))]
            # Whoever may is asked only what changes nothing: reads. His writes are in the scripts.
            if may and method != "GET":
                continue
            reply = script.client.request(method, path, *sent)
            problem = problem_of(reply)
            if who == "visitor" and method == "GET" and pattern.startswith("/{lang}"):
                right = reply.status == 303 and (reply.header("Location") or "").startswith("/en/sign-in?next=")
            elif who == "visitor":
                right = reply.status == 401 and problem == "sign_in_needed"
            elif may:
                right = reply.status not in (401, 500) and problem != "not_allowed"
            else:
                right = reply.status == 403 and problem == "not_allowed"
            yield f"{method} {pattern}", who, right, f"{reply.status} {problem}"
