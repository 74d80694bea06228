#!/usr/bin/env python3
"""Lets dmarc-dns change the zones of NSD, which takes no dynamic updates (RFC 2136): it reads by zone transfer, and writes
the zone file and has it loaded.

NSD_ZONES    folder with the zone files, each named ZONE.zone
NSD_SERVER, NSD_PORT   where NSD answers and allows transfers (default 127.0.0.1 and 53)
NSD_SIGN     a command that signs a zone, given the zone and its file; leave it out for zones without DNSSEC
NSD_RELOAD   a command that loads a zone, given the zone (default "nsd-control reload")

The whole zone file is written again, in NSD's own form: comments and includes are lost, records are not. The file before
stays beside it, as ZONE.zone.previous. Needs dig and nsd-checkzone.
"""

import fcntl
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

ZONES = os.environ["NSD_ZONES"]
SERVER = ["@" + os.environ.get("NSD_SERVER", "127.0.0.1"), "-p", os.environ.get("NSD_PORT", "53")]
RELOAD = shlex.split(os.environ.get("NSD_RELOAD", "nsd-control reload"))
SIGN = shlex.split(os.environ.get("NSD_SIGN", ""))
# What signing makes, and what it makes at the top of a zone: the file that is signed does not hold it.
SIGNATURES = {"RRSIG", "NSEC", "NSEC3"}
KEYS = {"NSEC3PARAM", "DNSKEY", "CDS", "CDNSKEY"}
RECORD = re.compile(r"([^\t]*)\t(\d+)\tIN\t(\S+)\s(.*)")


class Refused(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise Refused("unavailable", "%s: %s" % (command[0], (done.stderr or done.stdout).strip()[-300:]))
    return done.stdout


def path(zone):
    return os.path.join(ZONES, zone + ".zone")


def parsed(zone, file):
    """The records of a zone file as NSD understands it: (name, TTL, type, data), names absolute."""
    # NSD ends each record with a line, and breaks lines within parentheses only.
    text = run(["nsd-checkzone", "-p", zone, file]).replace("(\n", "")
    origin, owner, records = "", "", []
    for line in text.split("\n"):
        fields = RECORD.fullmatch(line)
        if line.startswith("$ORIGIN "):
            origin = line.split(" ")[1]
        elif fields:
            name, ttl, kind, data = fields.groups()
            if name != "":
                owner = name if name.endswith(".") else name + "." + origin.lstrip(".")
            soa = " ".join(data.replace("(", " ").replace(")", " ").split())
            records.append((owner.lower(), int(ttl), kind, soa if kind == "SOA" else data.rstrip()))
        elif line and not line.startswith(";"):
            # A record that is not understood would be lost.
            raise Refused("refused", "nsd-checkzone prints a line of %s that cannot be read." % zone)
    return records


def own(zone, records):
    """The records that signing does not make."""
    top = KEYS if SIGN else set()
    return [r for r in records if r[2] not in SIGNATURES and not (r[2] in top and r[0] == zone + ".")]


def served(zone):
    text = run(["dig", *SERVER, zone, "AXFR", "+noall", "+answer", "+onesoa", "+noidnout"])
    if "Transfer failed" in text or " SOA" not in text.replace("\t", " "):
        raise Refused("forbidden", "NSD gives no transfer of %s; allow it with provide-xfr." % zone)
    lines = [line for line in text.split("\n") if line and not line.startswith(";")]
    signed = any(line.split()[3] == "RRSIG" for line in lines)
    with tempfile.NamedTemporaryFile("w", suffix=".zone") as file:
        file.write("\n".join(line for line in lines if line.split()[3] not in SIGNATURES) + "\n")
        file.flush()
        return own(zone, parsed(zone, file.name)), signed


def sets(records, names):
    found = {}
    for name, ttl, kind, data in records:
        if name.rstrip(".") in names and kind != "SOA":
            key = (name, kind)
            found.setdefault(key, {"name": name.rstrip("."), "type": kind, "ttl": ttl, "values": []})["values"].append(data)
    return list(found.values())


def comparable(found):
    return sorted([s["name"], s["type"], s["ttl"], sorted(s["values"])] for s in found)


def change(zone, changes):
    (live, signed), source = served(zone), parsed(zone, path(zone))
    if any(record[2] in SIGNATURES for record in source):
        raise Refused("refused", "The file of %s is signed. Keep it unsigned, and sign it with the command in NSD_SIGN." % zone)
    if signed and not SIGN:
        raise Refused("refused", "%s is served with signatures; name the command that signs it in NSD_SIGN." % zone)
    plain = lambda records: sorted(record for record in own(zone, records) if record[2] != "SOA")
    if plain(live) != plain(source):
        raise Refused("changed", "The file of %s holds changes that NSD has not loaded; load or remove them first." % zone)
    records = [record for record in source if record[2] != "SOA"]
    for wanted in changes:
        if comparable(sets(records, {wanted["name"]})) != comparable(wanted["before"]):
            raise Refused("changed", wanted["name"] + " is no longer what it was.")
        records = [record for record in records if record[0] != wanted["name"] + "."]
        for one in wanted["after"]:
            records += [(one["name"] + ".", one["ttl"], one["type"], value) for value in one["values"]]
    soa = next(record for record in source if record[2] == "SOA")
    fields = soa[3].split()
    fields[2] = str(max(int(record[3].split()[2]) for record in source + live if record[2] == "SOA") % 2**32 + 1)
    lines = ["%s %d IN %s %s" % record for record in [(soa[0], soa[1], "SOA", " ".join(fields)), *sorted(records)]]
    new = path(zone) + ".new"
    with open(new, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    run(["nsd-checkzone", zone, new])
    os.replace(path(zone), path(zone) + ".previous")
    os.replace(new, path(zone))
    if SIGN:
        run([*SIGN, zone, path(zone)])
    run([*RELOAD, zone])


def answer(request):
    method, zone = request["method"], request.get("zone", {}).get("name")
    if zone is not None and zone + ".zone" not in os.listdir(ZONES):
        raise Refused("not-found", "There is no file of %s." % zone)
    if method == "describe":
        able = {"canReplaceAtomically": True, "canApplyAllAtomically": True, "checksBeforeWriting": True}
        return {"label": "NSD", "abilities": able}
    if method == "zones":
        return {"zones": [{"name": name[:-5]} for name in os.listdir(ZONES) if name.endswith(".zone")]}
    if method == "read":
        return {"recordSets": sets(served(zone)[0], set(request["names"]))}
    if method == "change":
        change(zone, request["changes"])
        return {}
    raise Refused("refused", "unknown method " + method)


with open(os.path.join(ZONES, ".dmarc-dns.lock"), "w", encoding="utf-8") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        result = answer(json.load(sys.stdin))
    except Refused as refused:
        result = {"error": {"kind": refused.kind, "message": str(refused)}}
    json.dump(result, sys.stdout)
