#!/usr/bin/env python3
"""Lets dmarc-dns write to any DNS service: one JSON request on standard input, one JSON answer on standard output.

This one keeps its zones in the JSON file named by DNS_FILE: {"example.com": [{"name", "type", "ttl", "values"}]}.
Replace `load` and `save` with calls of your service's API.
"""

import fcntl
import json
import os
import sys

FILE = os.environ["DNS_FILE"]


def load():
    with open(FILE, encoding="utf-8") as file:
        return json.load(file)


def save(zones):
    with open(FILE + ".new", "w", encoding="utf-8") as file:
        json.dump(zones, file, indent=2)
    os.replace(FILE + ".new", FILE)


def comparable(sets):
    return sorted([s["name"], s["type"], s["ttl"], sorted(s["values"])] for s in sets)


def change(request):
    zones = load()
    records = zones[request["zone"]["name"]]
    for wanted in request["changes"]:
        here = [record for record in records if record["name"] == wanted["name"]]
        if comparable(here) != comparable(wanted["before"]):
            return {"error": {"kind": "changed", "message": wanted["name"] + " is no longer what it was."}}
        records = [record for record in records if record["name"] != wanted["name"]] + wanted["after"]
    zones[request["zone"]["name"]] = records
    save(zones)
    return {}


def answer(request):
    method = request["method"]
    if method == "describe":
        # All changes of a request are made in one step here, and compared with what stands there.
        able = {"canReplaceAtomically": True, "canApplyAllAtomically": True, "checksBeforeWriting": True}
        return {"label": "Zones in a file", "abilities": able}
    if method == "zones":
        return {"zones": [{"id": name, "name": name} for name in load()]}
    if method == "read":
        records = load()[request["zone"]["name"]]
        return {"recordSets": [record for record in records if record["name"] in request["names"]]}
    if method == "change":
        return change(request)
    return {"error": {"kind": "refused", "message": "unknown method " + method}}


with open(FILE + ".lock", "w", encoding="utf-8") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
