"""Verifies a report with Python's standard library and openssl alone; prints its digest, or exits with 1."""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

SPKI = bytes.fromhex("302a300506032b6570032100")


def pae(kind: bytes, payload: bytes) -> bytes:
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def verified(key: bytes, message: bytes, signature: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        names = {name: os.path.join(folder, name) for name in ("key", "message", "signature")}
        for name, content in (("key", SPKI + key), ("message", message), ("signature", signature)):
            with open(names[name], "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"]
        files = ["-inkey", names["key"], "-in", names["message"], "-sigfile", names["signature"]]
        return subprocess.run(command + files, capture_output=True).returncode == 0


with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file, parse_float=lambda text: type("Float", (float,), {"__repr__": lambda _: text})(text))
payload = (json.dumps(document["report"], indent=2, ensure_ascii=False) + "\n").encode()
message = pae(document["payloadType"].encode(), payload)
signatures = document["signatures"]
if not signatures or not all(
    verified(base64.b64decode(one["keyid"]), message, base64.b64decode(one["sig"])) for one in signatures
):
    sys.exit(1)
print(hashlib.sha256(payload).hexdigest())
