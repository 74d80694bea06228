"""Reads records with checkdmarc: a JSON list of {"kind", "text"} on standard input, a list of what it makes of each on output.

Destinations of reports are looked up at a port where nobody listens, so nothing leaves this machine.
"""

import json
import sys

import dns.resolver
from checkdmarc.dmarc import DMARCError, parse_dmarc_record
from checkdmarc.mta_sts import MTASTSError, parse_mta_sts_policy, parse_mta_sts_record
from checkdmarc.smtp_tls_reporting import SMTPTLSReportingError, parse_smtp_tls_reporting_record

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = ["127.0.0.1"]
resolver.port = 1
resolver.lifetime = 0.05


def parse(kind, text):
    if kind == "dmarc":
        tags = parse_dmarc_record(text, "example.com", resolver=resolver, timeout=0.05)["tags"]
        return {name: tag["value"] for name, tag in tags.items() if tag.get("explicit")}
    if kind == "policy":
        return parse_mta_sts_policy(text)["policy"]
    if kind == "mta-sts":
        return parse_mta_sts_record(text)["tags"]
    return {name: tag["value"] for name, tag in parse_smtp_tls_reporting_record(text)["tags"].items()}


results = []
for each in json.load(sys.stdin):
    try:
        results.append({"ok": True, "tags": parse(each["kind"], each["text"])})
    except (DMARCError, MTASTSError, SMTPTLSReportingError) as error:
        results.append({"ok": False, "message": str(error)})
json.dump(results, sys.stdout, default=str)
