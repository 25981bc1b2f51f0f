"""A server on this machine that behaves as the web services of the procurement portal are described: 404 without the
token, pages of at most 200 by `after`, REST with next_page; and, as ordered, its bad days."""
import collections
import http.server
import json
import threading
import time
import urllib.parse

TOKEN = "token-of-the-tests-0123456789"


def announcement(number, day):
    """A small announcement of that day (2026-07-…), as the portal writes one."""
    moment = f"2026-07-{day:02} 10:00:00"
    return {"id": number, "numberAnno": f"{number}-1", "nameRu": "Кресло &quot;офисное&quot;", "totalSum": 102000.5,
            "refTradeMethodsId": 3, "refSubjectTypeId": 1, "refBuyStatusId": 220, "orgBin": "970140002674",
            "publishDate": moment, "endDate": f"2026-08-{day:02} 10:00:00", "lastUpdateDate": moment,
            "Lots": [{"id": number * 10, "lotNumber": f"{number}-ЗЦП1", "amount": 102000.5, "customerBin": "970140002674"}]}


class Portal:
    """objects: {root: [object, …]}, newest first. faults: taken one per request: a status, "slow", "cut", "huge"."""

    def __init__(self, objects, journal=()):
        self.objects, self.journal = objects, list(journal)
        self.faults = collections.deque()
        self.repeats = False
        self.requests = []  # (path, variables)
        self.headers = []
        self.slow = 2.0
        self.page_seconds = 0.0
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                portal.answer(self, json.loads(self.rfile.read(length) or b"{}"))

            def do_GET(self):
                portal.answer(self, None)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # a client that was killed is part of the tests

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def send(self, handler, status, body, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, indent=1).encode()
        try:
            handler.send_response(status)
            for name, value in headers:
                handler.send_header(name, value)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, handler, body):
        self.headers.append(dict(handler.headers))
        if handler.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.send(handler, 404, b"Invalid Route")
        self.requests.append((handler.path, (body or {}).get("variables")))
        fault = self.faults.popleft() if self.faults else None
        if fault == "slow":
            time.sleep(self.slow)
        elif fault == "cut":
            return self.send(handler, 200, b'{"data":{"TrdBuy":[{"id":1')
        elif fault == "huge":
            return self.send(handler, 200, b" " * (3 * 1024 * 1024))
        elif fault == "error":
            return self.send(handler, 200, {"errors": [{"message": "Cannot query field \"x\""}], "data": None})
        elif fault == 429:
            return self.send(handler, 429, b"", [("Retry-After", "1")])
        elif fault == 302:
            return self.send(handler, 302, b"", [("Location", self.address + "/elsewhere")])
        elif fault:
            return self.send(handler, fault, b"")
        time.sleep(self.page_seconds)
        if handler.path == "/v3/graphql":
            return self.send(handler, 200, self.page(body))
        return self.send(handler, 200, self.journal_page(handler.path))

    def page(self, body):
        variables = body.get("variables") or {}
        root = next(name for name in self.objects if f" {name}(" in body["query"])
        found = self.objects[root]
        if "filter" in variables:
            found = [one for one in found if one["id"] == variables["filter"]["id"]]
        if "after" in variables and not self.repeats:
            found = [one for one in found if one["id"] < variables["after"]]
        limit = min(variables.get("limit", 10), 200)
        page = found[:limit]
        return {"data": {root: page}, "extensions": {"pageInfo": {
            "hasNextPage": self.repeats or len(found) > limit, "lastId": page[-1]["id"] if page else 0}}}

    def journal_page(self, path):
        query = urllib.parse.parse_qs(urllib.parse.urlparse(path).query)
        start = int(query.get("search_after", ["0"])[0])
        page = self.journal[start:start + 2]
        more = start + 2 < len(self.journal)
        return {"total": len(self.journal), "limit": 2, "items": page,
                "next_page": f"/v3/journal?page=next&search_after={start + 2}" if more else ""}
