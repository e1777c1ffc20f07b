"""Marks of Lighthouse (phone profile, as shipped) for some pages: the median of several runs."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def measure(command, url):
    """{category: mark out of 100} of one run, and the weight of the page in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        done = subprocess.run(
            [
                "node",
                command,
                url,
                "--quiet",
                "--output=json",
                f"--output-path={out}",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={FLAGS} --user-data-dir={folder}/profile",
            ],
            env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"},
            capture_output=True,
            text=True,
            check=False,
        )
        if not out.exists():
            sys.exit(f"Stopped: Lighthouse has no report of {url}: {done.stderr[-500:]}")
        report = json.loads(out.read_text())
    marks = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    return {**marks, "bytes": report["audits"]["total-byte-weight"]["numericValue"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lighthouse", required=True, help="its command, a file of node")
    parser.add_argument("--front", required=True, help="the shipped nginx")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    result = {}
    for path in options.paths:
        runs = [
            measure(options.lighthouse, options.front + path) for _round in range(options.rounds)
        ]
        result[path] = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    options.out.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
