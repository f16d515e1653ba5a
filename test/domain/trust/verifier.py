"""Judges Lastmile bundles without a line of Lastmile: Python's standard library and openssl 3.

    python3 verifier.py STATE.json FOLDER     prints one line a file, sorted by name: `NAME WORD`

STATE.json holds what a gateway knows: root, serial, keyFingerprint, site, accepted, trustedAt, revoked.
All signatures of all files are checked side by side by a few openssl processes at a time.
"""
import base64, concurrent.futures, hashlib, itertools, json, os, re, subprocess, sys, tempfile

PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\Z")
TYPE = "application/vnd.lastmile."
known, numbers = {}, itertools.count()


class Refused(Exception):
    pass


def verified(key, message, signature, folder):
    asked = (key, message, signature)
    if asked not in known:
        name = os.path.join(folder, str(next(numbers)))
        parts = {"key": bytes.fromhex("302a300506032b6570032100") + base64.b64decode(key), "pae": message, "sig": signature}
        for part, data in parts.items():
            with open(f"{name}.{part}", "wb") as out:
                out.write(data)
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", f"{name}.key"]
        command += ["-in", f"{name}.pae", "-sigfile", f"{name}.sig"]
        known[asked] = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    return known[asked]


def unpack(data):
    if len(data) > 64 << 20:
        raise Refused("bundle.tooLarge")
    files, at = [], 0
    while True:
        head = data[at : at + 512]
        if len(head) and not any(head):
            break
        if len(head) < 512:
            raise Refused("bundle.truncated")
        if len(files) == 256:
            raise Refused("bundle.tooLarge")
        name, digits = head[:100].split(b"\0")[0], head[124:136]
        if not re.fullmatch(rb"[0-7]{11}\0", digits) or any(byte > 0x7E for byte in name):
            raise Refused("bundle.malformed")
        if not PATH.match(name.decode()):
            raise Refused("bundle.pathUnsafe")
        size = int(digits[:11], 8)
        plain = name.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + digits + b"00000000000\0" + b" " * 8 + b"0"
        plain = (plain + b"\0" * 100 + b"ustar\x0000").ljust(512, b"\0")
        plain = plain[:148] + b"%06o\0 " % sum(plain) + plain[156:]
        if head != plain or name in [one for one, _ in files]:
            raise Refused("bundle.malformed")
        end = at + 512 + -(-size // 512) * 512
        if end > len(data):
            raise Refused("bundle.truncated")
        if any(data[at + 512 + size : end]):
            raise Refused("bundle.malformed")
        files.append((name, data[at + 512 : at + 512 + size]))
        at = end
    if len(data) < at + 1024:
        raise Refused("bundle.truncated")
    if data[at:] != b"\0" * 1024:
        raise Refused("bundle.malformed")
    return [(name.decode(), content) for name, content in files]


def printed(value):
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def envelope(data, kind):
    """Payload, what was signed, and signatures by key; None for anything that is not exactly an envelope."""
    try:
        value = json.loads(data)
        if printed(value) != data or list(value) != ["payloadType", "payload", "signatures"]:
            return None
        payload = base64.b64decode(value["payload"], validate=True)
        pairs = [(one["keyid"], base64.b64decode(one["sig"], validate=True)) for one in value["signatures"]]
        whole = [value["payload"]] + [one["sig"] for one in value["signatures"]]
        back = [base64.b64encode(one).decode() for one in [payload] + [signature for _, signature in pairs]]
    except (ValueError, KeyError, TypeError):
        return None
    if whole != back or value["payloadType"] != TYPE + kind + "+json":
        return None
    name = value["payloadType"].encode()
    return payload, b"DSSEv1 %d %s %d " % (len(name), name, len(payload)) + payload, pairs


def signers(opened, keys, folder):
    _, message, pairs = opened
    return sum(any(one == key and verified(key, message, sig, folder) for one, sig in pairs) for key in set(keys))


def judge(data, state, folder):
    files = unpack(data)
    if not files or files[0][0] != "manifest.json":
        raise Refused("bundle.malformed")
    if len(files) < 2 or files[1][0] != "manifest.dsse":
        raise Refused("bundle.unsigned")
    raw, content = files[0][1], dict(files[2:])
    opened = envelope(files[1][1], "manifest")
    if opened and not opened[2]:
        raise Refused("bundle.unsigned")
    try:
        m = json.loads(raw)
        if m["format"] == 1:
            raise Refused("bundle.formatOld")
        if not isinstance(m["seq"], int) or m["format"] != 2 or printed(m) != raw:
            raise Refused("bundle.malformed")
        if m["seq"] > 2**31 - 1:
            raise Refused("bundle.seqOutOfRange")
    except (ValueError, KeyError, TypeError):
        raise Refused("bundle.malformed")
    if not opened or opened[0] != raw or len(opened[2]) != 1 or not signers(opened, [m["issuer"]], folder):
        raise Refused("bundle.signatureInvalid")
    named = {one["path"]: one for one in m["files"]}
    if set(content) - set(named):
        raise Refused("bundle.fileExtra")
    for path, one in named.items():
        found = content.get(path)
        if found is None or len(found) != one["size"] or hashlib.sha256(found).hexdigest() != one["sha256"]:
            raise Refused("bundle.tampered")
    root = state["root"]
    while f"trust/root-{root['version'] + 1}.dsse" in content:
        new = envelope(content[f"trust/root-{root['version'] + 1}.dsse"], "root")
        after = json.loads(new[0]) if new else None
        if not new or after["version"] != root["version"] + 1 or any(
            signers(new, one["keys"], folder) < one["threshold"] for one in (root, after)
        ):
            raise Refused("trust.chainBroken")
        root = after
    links = {}
    for role in ("organisation", "technician"):
        path = f"trust/{role}.dsse"
        if path not in content:
            raise Refused("trust.chainMissing")
        opened = envelope(content[path], "delegation")
        links[role] = json.loads(opened[0]) if opened else {}
        if links[role].get("role") != role:
            raise Refused("trust.chainBroken")
        if role == "organisation" and signers(opened, root["keys"], folder) < root["threshold"]:
            raise Refused("trust.rootWrong")
        if role == "technician" and not signers(opened, [links["organisation"]["key"]], folder):
            raise Refused("trust.chainBroken")
    if links["technician"]["key"] != m["issuer"]:
        raise Refused("trust.chainBroken")
    revoked = root["revoked"] + state["revoked"]
    if "trust/revocations.dsse" in content:
        opened = envelope(content["trust/revocations.dsse"], "revocations")
        if not opened or not signers(opened, [links["organisation"]["key"]], folder):
            raise Refused("trust.chainBroken")
        revoked = revoked + json.loads(opened[0])["keys"]
    now = max(state["trustedAt"], m["issuedAt"])
    if any(one["key"] in revoked for one in links.values()):
        raise Refused("trust.revoked")
    if any(now > one["notAfter"] for one in links.values()):
        raise Refused("trust.expired")
    for one in links.values():
        if not {"*", m["site"]["id"]} & set(one["sites"]) or {f"apply:{part}" for part in m["components"]} - set(one["actions"]):
            raise Refused("trust.scopeExceeded")
    if now > m.get("notAfter", now):
        raise Refused("trust.bundleExpired")
    if [m["gateway"].get("serial"), m["gateway"].get("keyFingerprint")] != [state["serial"], state["keyFingerprint"]]:
        raise Refused("trust.otherGateway")
    if m["site"]["id"] != state["site"]["id"]:
        raise Refused("trust.otherSite")
    if m["site"]["name"] != state["site"]["name"]:
        raise Refused("trust.siteNameDiffers")
    if m["seq"] <= state["accepted"]["seq"]:
        raise Refused("trust.seqOld")
    if m["seq"] > state["accepted"]["seq"] + 1000:
        raise Refused("trust.seqJump")
    if m["prevDigest"] != state["accepted"]["digest"]:
        raise Refused("trust.prevDiffers")


def word(path, state, folder):
    with open(path, "rb") as source:
        data = source.read()
    try:
        judge(data, state, folder)
        return "good"
    except Refused as refused:
        return str(refused)


with open(sys.argv[1], encoding="utf-8") as source:
    state = json.load(source)
names = sorted(os.listdir(sys.argv[2]))
with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(4) as pool:
    words = pool.map(lambda name: word(os.path.join(sys.argv[2], name), state, folder), names)
    print("\n".join(f"{name} {one}" for name, one in zip(names, words)))
