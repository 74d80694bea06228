#!/usr/bin/env bash
# Runs one command in a desktop session of its own: a display, a session bus, and an unlocked throw-away keyring.
# The display is outermost, so that services the bus starts have it too.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec xvfb-run -a -s "-screen 0 1280x900x24" dbus-run-session -- "$here/with-keyring.sh" "$@"
