"""postfix-mta-sts-resolver's daemon, unchanged but for the DNS server it asks: `mta_sts_daemon.py PORT CONFIG`."""

import functools
import sys

import aiodns
from postfix_mta_sts_resolver import daemon

port, config = sys.argv[1:]
aiodns.DNSResolver = functools.partial(
    aiodns.DNSResolver, nameservers=["127.0.0.1"], udp_port=int(port), tcp_port=int(port)
)
sys.argv = ["mta-sts-daemon", "--config", config]
sys.exit(daemon.main())
