#!/usr/bin/env bash
# Lets dmarc-dns write to any DNS service: one JSON request on standard input, one JSON answer on standard output.
#
# This one keeps its zones in the JSON file named by DNS_FILE: {"example.com": [{"name", "type", "ttl", "values"}]}.
# Replace the lines that read and write it with calls of your service's API. Needs jq.
set -euo pipefail

request=$(cat)

case $(jq -r .method <<<"$request") in
  describe)
    echo '{"label": "Zones in a file"}'
    ;;
  zones)
    jq '{zones: (keys | map({id: ., name: .}))}' "$DNS_FILE"
    ;;
  read)
    jq --argjson request "$request" \
      '{recordSets: (.[$request.zone.name] | map(select(.name as $name | $request.names | index($name))))}' "$DNS_FILE"
    ;;
  change)
    jq --argjson request "$request" \
      'reduce $request.changes[] as $change (.;
         .[$request.zone.name] |= (map(select(.name != $change.name)) + $change.after))' "$DNS_FILE" >"$DNS_FILE.new"
    mv "$DNS_FILE.new" "$DNS_FILE"
    echo '{}'
    ;;
  *)
    echo '{"error": {"kind": "refused", "message": "unknown method"}}'
    ;;
esac
