"""Reads report files with parsedmarc, without any look-up: `parse_reports.py FILE...` prints a JSON list."""

import json
import sys

import parsedmarc

results = []
for path in sys.argv[1:]:
    try:
        parsed = parsedmarc.parse_report_file(path, offline=True)
        results.append({"type": parsed["report_type"], "report": parsed["report"]})
    except parsedmarc.ParserError as error:
        results.append({"error": str(error)})
json.dump(results, sys.stdout, default=str)
