#!/usr/bin/env bash
# A throw-away unlocked keyring for one command. One newline is the empty password; with no input at all the daemon
# would ask with a dialog.
set -euo pipefail
XDG_DATA_HOME="$(mktemp -d)"
XDG_CONFIG_HOME="$(mktemp -d)"
export XDG_DATA_HOME XDG_CONFIG_HOME
printf '\n' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
keyring=$!
trap 'kill "$keyring" 2>/dev/null || true; wait "$keyring" 2>/dev/null || true; rm -rf "$XDG_DATA_HOME" "$XDG_CONFIG_HOME"' EXIT
gdbus wait --session --timeout 10 org.freedesktop.secrets
"$@"
