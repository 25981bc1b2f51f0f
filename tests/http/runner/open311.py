"""A city's Open311 server on this machine, as GeoReport v2 has it (JSON): takes requests, gives numbers, closes them."""
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class City:
    """answers: "number", "token" (the number comes with the second question), or a status such as "403" or "500"."""

    def __init__(self):
        self.answers, self.requests, self.tokens, self.lock = "number", {}, {}, threading.Lock()
        city = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
                self.say(*city.take(self.path, {name: values[0] for name, values in form.items()}))

            def do_GET(self):
                self.say(*city.tell(urllib.parse.urlsplit(self.path).path))

            def say(self, status, rows):
                body = json.dumps(rows).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, path, form):
        with self.lock:
            if path != "/v2/requests.json":
                return 404, [{"code": 404, "description": "no such resource"}]
            if self.answers.isdigit():
                return int(self.answers), [{"code": int(self.answers), "description": "not today"}]
            if form.get("api_key") != "city-key":
                return 403, [{"code": 403, "description": "api_key missing or wrong"}]
            if not (("lat" in form and "long" in form) or "address_string" in form) or "service_code" not in form:
                return 400, [{"code": 400, "description": "service_code and a place are required"}]
            number = str(7000 + len(self.requests))
            self.requests[number] = {"service_request_id": number, "status": "open", "status_notes": None, "form": form}
            if self.answers == "token":
                self.tokens["t" + number] = number
                return 201, [{"token": "t" + number, "service_notice": "later", "account_id": None}]
            return 201, [{"service_request_id": number, "service_notice": "", "account_id": None}]

    def tell(self, path):
        with self.lock:
            kind, _, name = path.removeprefix("/v2/").removesuffix(".json").partition("/")
            if kind == "tokens" and name in self.tokens:
                return 200, [{"token": name, "service_request_id": self.tokens[name]}]
            if kind == "requests" and name in self.requests:
                return 200, [{k: v for k, v in self.requests[name].items() if k != "form"}]
            return 404, [{"code": 404, "description": "unknown"}]

    def close(self, words):
        with self.lock:
            for request in self.requests.values():
                request.update(status="closed", status_notes=words)

    def seen(self, name):
        with self.lock:
            return " | ".join(str(r["form"].get(name, "")) for r in self.requests.values())

    def stop(self):
        self.server.shutdown()
