"""One running program: a demonstration city or an empty house, with its sign-in links. Stops what it started."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(os.environ.get("ADAL_PROGRAM", ROOT / "build" / "release" / "adal"))
START_SECONDS = 180


class Server:
    """kind: "city" (adal demo) or "house" (adal init, adal serve). limits: the text of ADAL_HTTP_LIMITS."""

    def __init__(self, kind, limits="", options=()):
        self.folder = tempfile.mkdtemp(prefix="adal-http-")
        self.data = os.path.join(self.folder, "data")
        self.links = {}
        self.address = ""
        self.environment = {**os.environ, "ADAL_HTTP_LIMITS": limits, "TZ": "Asia/Almaty"}
        if kind == "house":
            self.initialise()
            command = ["serve", "--data", self.data, "--listen", "127.0.0.1:0", "--quiet", *options]
        else:
            command = ["demo", "--data", self.data, "--listen", "127.0.0.1:0", "--lang", "en", *options]
        with open(self.log_path(), "wb") as log:
            self.process = subprocess.Popen([PROGRAM, *command], stdout=subprocess.PIPE, stderr=log, text=True,
                                            env=self.environment, cwd=ROOT)
        self.wait_until_ready()

    def log_path(self):
        return os.path.join(self.folder, "log")

    def log(self):
        with open(self.log_path(), encoding="utf-8", errors="replace") as file:
            return file.read()

    def initialise(self):
        done = subprocess.run([PROGRAM, "init", "--data", self.data, "--origin", "log.test/adal", "--lang", "en"],
                              capture_output=True, text=True, env=self.environment, cwd=ROOT, check=True)
        code = re.search(r"^invitation (\S+)$", done.stdout, re.M)
        if not code:
            raise RuntimeError("adal init printed no invitation:\n" + done.stdout)
        self.links["administrator"] = "/en/invitation/" + code[1]

    def wait_until_ready(self):
        alarm = threading.Timer(START_SECONDS, self.process.kill)
        alarm.start()
        for line in self.process.stdout:
            if link := re.match(r"\s+(\S+)\s+http://[^/\s]+(/\S+)", line):
                self.links[link[1]] = link[2]
            if ready := re.match(r"listening on http://(\S+):(\d+)", line):
                self.address, self.port = ready[1], int(ready[2])
                break
        alarm.cancel()
        if not self.address:
            self.process.wait()
            raise RuntimeError(f"the program did not start (exit code {self.process.returncode}):\n{self.log()[-2000:]}")
        # The pipe is read on, so that the program never waits for us.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024

    def is_running(self):
        return self.process.poll() is None

    def stop(self):
        """What was wrong at the end: a bad exit code, or a record that does not hold (adal check)."""
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return ["the program did not stop in 30 s after SIGTERM"]
        problems = []
        if self.process.returncode != 0:
            problems.append(f"the program ended with {self.process.returncode}:\n{self.log()[-1500:]}")
        checked = subprocess.run([PROGRAM, "check", "--data", self.data, "--lang", "en"], capture_output=True, text=True,
                                 env=self.environment, cwd=ROOT)
        if checked.returncode != 0:
            problems.append(f"adal check ended with {checked.returncode}:\n{checked.stdout[-1500:]}{checked.stderr[-500:]}")
        return problems

    def remove(self):
        if self.is_running():
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
