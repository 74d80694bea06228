"""Tells tlsrpt-collectd of TLS sessions, as a mail server does with libtlsrpt: a JSON datagram each, one a line of standard
input. Ends once all of them are in the database of the collector."""
import pathlib
import socket
import sqlite3
import sys
import time

address, database = sys.argv[1:]
deadline = time.monotonic() + 60


def wait(what, condition):
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"tlsrpt-collectd: {what}")
        time.sleep(0.05)


def stored():
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return connection.execute("SELECT coalesce(sum(cntrtotal), 0) FROM finalresults").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


wait("no socket", lambda: pathlib.Path(address).exists())
wait("no database", lambda: pathlib.Path(database).exists())
lines = [line.strip() for line in sys.stdin if line.strip()]
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as collector:
    collector.connect(address)
    for line in lines:
        collector.send(line.encode())
wait("not everything is stored", lambda: stored() == len(lines))
