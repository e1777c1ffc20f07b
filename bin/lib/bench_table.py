"""The table of all that bin/bench measured, as Markdown."""

import datetime
import json
import os
import re
import statistics
import sys
from pathlib import Path

HOME_LIMIT_KB = 250
SEARCH_LIMIT_MS = 50


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def ms(values):
    """Median and 95th percentile of seconds, in two cells of milliseconds."""
    return f"{statistics.median(values) * 1000:.1f} | {percentile(values, 0.95) * 1000:.1f}"


def tell_pages(measured):
    pages = measured["pages"]
    base = {path: statistics.median(values) for path, values in pages["stock"].items()}
    yield from (
        "## Pages, one visitor without account, warm server",
        "",
        "| Page | median ms | p95 ms | × stock /event | × stock /contactus |",
        "|---|---|---|---|---|",
    )
    for owner in ("ours", "stock"):
        for path, values in pages[owner].items():
            median = statistics.median(values)
            name = path if owner == "ours" else f"stock Odoo {path}"
            yield (
                f"| `{name}` | {ms(values)} "
                f"| {median / base['/event']:.2f} | {median / base['/contactus']:.2f} |"
            )


def tell_contents(measured):
    few, many = measured["contents-few"], measured["contents-many"]
    first, then = (
        f"{each['count']['sheets']:,} sheets and {each['count']['pages']:,} local pages"
        for each in (few, many)
    )
    yield from (
        f"## Contents: {first}, then {then}",
        "",
        "Kept: as visitors get it (limit 1.2 × `/contactus`; ten times the data, 1.15 ×). "
        "Drawn: the first time after a publication.",
        "",
        "| Page | kept ms | × stock /contactus | × stock /event | ten times: × /contactus "
        "| ten times: × before | drawn ms | ten times: drawn ms | kB sent (limit 150) |",
        "|---|---|---|---|---|---|---|---|---|",
    )
    for name in many["kept"]:
        kept = [statistics.median(each["kept"][name]) for each in (few, many)]
        drawn = [statistics.median(each["drawn"][name]) for each in (few, many)]
        stock = [
            {path: statistics.median(values) for path, values in each["stock"].items()}
            for each in (few, many)
        ]
        ratios = [mine / base["/contactus"] for mine, base in zip(kept, stock, strict=True)]
        yield (
            f"| {name} | {kept[0] * 1000:.1f} | {ratios[0]:.2f} "
            f"| {kept[0] / stock[0]['/event']:.2f} "
            f"| {ratios[1]:.2f} | {ratios[1] / ratios[0]:.2f} | {drawn[0] * 1000:.1f} "
            f"| {drawn[1] * 1000:.1f} | {many['bytes'][name] / 1000:.0f} |"
        )


def tell_lighthouse(measured):
    yield from (
        "## Lighthouse, phone profile, behind the shipped nginx: median of the runs",
        "",
        "| Page | performance | accessibility | good practices | SEO | kB |",
        "|---|---|---|---|---|---|",
    )
    for path, marks in measured["lighthouse"].items():
        names = ("performance", "accessibility", "best-practices", "seo")
        cells = " | ".join(f"{marks[name]:.0f}" for name in names)
        yield f"| `{path}` | {cells} | {marks['bytes'] / 1000:.0f} |"


def tell_publication(measured):
    seconds = measured["publication"]
    yield from (
        "## A page that was kept, changed on another server",
        "",
        "| What | median ms | p95 ms |",
        "|---|---|---|",
        f"| from the answer to the writer until a visitor reads it (limit 1 s) | {ms(seconds)} |",
    )


def tell_filing(measured):
    filing = measured["filing"]
    filed, bare = filing["filed"], filing["bare"]
    appointment, loan = filing["appointment"], filing["loan"]
    yield from (
        f"## Filing {filing['count']} requests with a photo of {filing['bytes'] / 1e6:.1f} MB",
        "",
        "| What | per second | p95 ms |",
        "|---|---|---|",
        f"| filed, checked, numbered, acknowledged | {filed['per_second']:.1f} "
        f"| {filed['p95'] * 1000:.0f} |",
        f"| an appointment, its slot taken | {appointment['per_second']:.1f} "
        f"| {appointment['p95'] * 1000:.0f} |",
        f"| a loan, with its price and a second signature asked | {loan['per_second']:.1f} "
        f"| {loan['p95'] * 1000:.0f} |",
        f"| the same bytes as bare attachments | {bare['per_second']:.1f} "
        f"| {bare['p95'] * 1000:.0f} |",
        f"| ratio (p95, filed / bare) | | {filed['p95'] / bare['p95']:.1f} |",
    )


def tell_volumes(measured):
    few, many = measured["few"], measured["many"]
    event = statistics.median(measured["pages"]["stock"]["/event"])
    yield from (
        f"## Volumes: {few['count']} then {many['count']:,} requests",
        "",
        "| What | median ms | p95 ms | × with few requests | × stock /event | kB of HTML |",
        "|---|---|---|---|---|---|",
    )
    for name, values in many["times"].items():
        median = statistics.median(values)
        before = few["times"].get(name)
        ratio = f"{median / statistics.median(before):.2f}" if before else ""
        weight = many["weights"].get(name)
        kilobytes = f"{weight / 1000:.1f}" if weight else ""
        yield f"| {name} | {ms(values)} | {ratio} | {median / event:.2f} | {kilobytes} |"


def tell_search(measured):
    search = measured["search"]
    yield from (
        f"## Search of {search['count']:,} documents (limit {SEARCH_LIMIT_MS} ms on the server)",
        "",
        "| Words | found | median ms | at best | queries "
        "| as one types, median ms | at best | queries |",
        "|---|---|---|---|---|---|---|---|",
    )
    for words, found, *times in search["rows"]:
        cells = " | ".join(f"{value:.0f}" for value in times)
        yield f"| {words} | {found:,} | {cells} |"


def tell_waste(measured):
    waste = measured["waste"]
    yield from (
        f"## Collection: {waste['communes']} communes, {waste['dwellings']:,} dwellings, "
        f"{waste['streets']:,} streets of rounds",
        "",
        "On the server, without the frame of the page.",
        "",
        "| What | median ms | at best | queries |",
        "|---|---|---|---|",
    )
    for name, *times in waste["rows"]:
        cells = " | ".join(f"{value:.0f}" for value in times)
        yield f"| {name} | {cells} |"


def tell_export(measured):
    export = measured["export"]
    yield from (
        f"## Export of {export['count']:,} requests, {export['cells']:,} cells",
        "",
        "| What | |",
        "|---|---|",
        f"| read, written and zipped | {export['seconds']:.1f} s |",
        f"| xlsxwriter alone, the same cells | {export['xlsxwriter']:.1f} s |",
        f"| ratio (limit 2) | {export['seconds'] / export['xlsxwriter']:.2f} |",
        f"| memory of the whole process at its highest (limit 400 MB) "
        f"| {export['memory']:.0f} MB |",
        f"| size of the file | {export['size'] / 1e6:.1f} MB |",
    )


def tell_letters(measured):
    letters = measured["letters"]
    yield from (
        f"## Letters: {letters['count']} PDF of one or two pages",
        "",
        "| What | |",
        "|---|---|",
        f"| the first one of a process | {letters['first']:.2f} s |",
        f"| each of the next ones | {letters['seconds'] / letters['count']:.2f} s |",
        f"| memory of the whole process at its highest | {letters['memory']:.0f} MB |",
        f"| size of one | {letters['size'] / 1000:.0f} kB |",
    )


def tell_home(measured):
    home, stock = (sum(measured["pages"][name].values()) / 1000 for name in ("home", "stock_home"))
    yield from (
        f"## Home page, as the shipped nginx sends it: {home:.0f} kB "
        f"(limit {HOME_LIMIT_KB}; stock home {stock:.0f} kB)",
        "",
        "| Resource | kB |",
        "|---|---|",
    )
    for name, size in sorted(measured["pages"]["home"].items(), key=lambda item: -item[1]):
        yield f"| `{re.sub(r'/[0-9a-f]{7,}/', '/…/', name)}` | {size / 1000:.1f} |"


# In this order. Another measure: a file of its name in the folder, and a function here.
SECTIONS = (
    tell_pages,
    tell_contents,
    tell_lighthouse,
    tell_publication,
    tell_filing,
    tell_volumes,
    tell_search,
    tell_waste,
    tell_export,
    tell_letters,
    tell_home,
)


def main():
    folder = Path(sys.argv[1])
    measured = {file.stem: json.loads(file.read_text()) for file in folder.glob("*.json")}
    lines = [
        "# Performance",
        "",
        f"Written by `bin/bench --write` on {datetime.datetime.now():%Y-%m-%d}, "
        f"{os.cpu_count()} cores. Only the ratios travel to another machine.",
    ]
    for tell in SECTIONS:
        lines += ["", *tell(measured)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
