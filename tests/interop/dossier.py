"""Parts of a dossier judged with Python's library, the openssl command and jsonschema alone.

usage: dossier.py signature BAG VKEY | openings BAG | schema BAG | zip FILE BAG
Exit 0 when all holds; docs/formats/dossier.md is all one needs to know to write it.
"""
import base64
import hashlib
import hmac
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile


def holds(key, text, signature):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        (work / "key").write_bytes(bytes.fromhex("302a300506032b6570032100") + key)
        (work / "text").write_bytes(text)
        (work / "signature").write_bytes(signature)
        command = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile signature"
        return subprocess.run(command.split(), cwd=work, capture_output=True).returncode == 0


def signed(note, vkey):
    name, _, key = vkey.strip().split("+", 2)
    key = base64.b64decode(key)
    hint = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    text, _, lines = note.rpartition(b"\n\n")
    raw = [base64.b64decode(line.split()[2]) for line in lines.decode().splitlines() if line.split()[1] == name]
    return any(r[:4] == hint and holds(key[1:], text + b"\n", r[4:]) for r in raw)


def entries(bag):
    return {int(path.stem): json.loads(path.read_text()) for path in (bag / "data/proofs").glob("*.leaf")}


def check_signature(bag, vkey):
    assert signed((bag / "data/checkpoint").read_bytes(), vkey), "checkpoint"
    announced = [e["pub"]["dossier"] for e in entries(bag).values() if e["type"] == "policy.set"]
    note = (bag / "signature.note").read_bytes()
    assert any(signed(note, key) for key in announced), "signature.note"
    identifier = [line for line in (bag / "bag-info.txt").read_text().splitlines() if line.startswith("External-Identifier: ")]
    tags = base64.b64encode(hashlib.sha256((bag / "tagmanifest-sha256.txt").read_bytes()).digest()).decode()
    assert note.decode().splitlines()[2:4] == [identifier[0].split(": ")[1], tags], "it signs something else"
    print("good: log and dossier are signed")


def check_openings(bag):
    known, counts = entries(bag), {}
    for opening in json.loads((bag / "data/openings.json").read_text())["openings"]:
        entry, label, state = known[opening["leaf"]], opening["label"], opening["state"]
        counts[state] = counts.get(state, 0) + 1
        if state == "opened":
            value = (bag / opening["file"]).read_bytes()
            message = (b"adal/commit/v1\0" + bytes.fromhex(entry["eid"]) + bytes([len(label)]) + label.encode()
                       + struct.pack(">Q", len(value)) + hashlib.sha256(value).digest())
            salt = base64.b64decode(opening["r"])
            assert base64.b64encode(hmac.new(salt, message, hashlib.sha256).digest()).decode() == entry["com"][label], opening["file"]
        elif state == "erased":
            redaction = known[opening["redaction"]]
            assert redaction["type"] == "redaction" and redaction["pub"]["target"] == opening["leaf"] and label in redaction["pub"]["labels"]
        else:
            assert state == "withheld", state
    assert sum(counts.values()) == sum(len(e.get("com", {})) for e in known.values()), "a commitment is not explained"
    print("good:", counts)


def check_schema(bag):
    import jsonschema
    for name in ("case", "openings"):
        schema = json.loads((bag / f"data/schema/{name}.schema.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        value = json.loads((bag / f"data/{name}.json").read_text())
        jsonschema.Draft7Validator(schema).validate(value)
        for key in list(value):  # a schema that lets everything through is none
            broken = {k: v for k, v in value.items() if k != key}
            assert not jsonschema.Draft7Validator(schema).is_valid(broken), f"{name} without {key}"
    print("good: both files follow their schemas")


def check_zip(file, bag):
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        inside = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    outside = {str(path.relative_to(bag)): path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    assert inside == outside, "the ZIP holds something else than the folder"
    print(f"good: {len(inside)} files")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    checks = {"signature": lambda b, v: check_signature(pathlib.Path(b), v), "openings": lambda b: check_openings(pathlib.Path(b)),
              "schema": lambda b: check_schema(pathlib.Path(b)), "zip": lambda f, b: check_zip(f, pathlib.Path(b))}
    checks[what](*rest)
