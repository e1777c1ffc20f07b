"""What a test run proves: its counts, and what would make a green run worthless.

    report.py tests [--addon NAME]… REPORT.xml…    no skip, no empty run, no addon without tests
    report.py log --allow FILE LOG…                no error, no unknown warning
    report.py private --people FILE LOG…           no key of a link, no code, nothing of a person
    report.py terms POT ADDONS                     every term of the addons is in their i18n/fr.po
    report.py slowest REPORT.xml…                  the ten slowest tests, classes and files
    report.py total [--failed N] REPORT.xml…       "N passed, N failed, N skipped"
    report.py failed REPORT.xml                    what to give to pytest to play them once more
    report.py again REPORT.xml SECOND.xml          takes the second try in, and names what it was

Each prints what is wrong and ends with 1 when something is.
"""

import argparse
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) (?P<rest>.*)")
# Entries of others between a refusal of PostgreSQL and the word that it is tried again.
TRIED_WITHIN = 20
# What takes longer, in seconds, is to be made faster or to go to the sweep.
LONG = 3


def cases(reports):
    """A test that was tried twice is in the report twice: the last time counts."""
    for report in reports:
        if report.exists():
            found = ElementTree.parse(report).iter("testcase")
            yield from {(case.get("classname"), case.get("name")): case for case in found}.values()


def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def counts(reports, failed=0):
    """One more failure for each stage that is not a test and went wrong."""
    found = {"passed": 0, "failed": failed, "skipped": 0}
    for case in cases(reports):
        found[outcome(case)] += 1
    return found


def failures(report):
    """(name by which pytest plays it again, what went wrong) of each."""
    for case in cases([report]):
        if outcome(case) == "failed":
            module = (case.get("file") or "").removesuffix(".py").replace("/", ".")
            group = case.get("classname").removeprefix(module).removeprefix(".")
            name = "::".join(filter(None, (case.get("file"), group, case.get("name"))))
            yield name, "".join(found.text or "" for found in case if found.tag != "system-out")


def take_second_try(report, second):
    """Writes the second tries into the report, where the last one counts; yields the first ones."""
    yield from (f"second try: {name}\n{wrong}" for name, wrong in failures(report))
    tree = ElementTree.parse(report)
    tree.find("testsuite").extend(ElementTree.parse(second).iter("testcase"))
    tree.write(report)


def total(reports, failed=0):
    return ", ".join(f"{number} {name}" for name, number in counts(reports, failed).items())


def slowest(reports, most=10):
    """Lines "seconds name" of the tests that took longest, then of the classes or files."""
    tests, groups = {}, {}
    for case in cases(reports):
        seconds = float(case.get("time") or 0)
        group = case.get("classname") or ""
        tests[f"{group}.{case.get('name')}"] = seconds
        groups[group] = groups.get(group, 0) + seconds
    for title, times in (("tests", tests), ("classes and files", groups)):
        yield f"The slowest {title}:"
        for name in sorted(times, key=times.get, reverse=True)[:most]:
            yield f"{times[name]:8.1f} s  {name}"
    if over := [name for name, seconds in tests.items() if seconds > LONG]:
        yield f"{len(over)} tests over {LONG} s:"
        yield from (f"{tests[name]:8.1f} s  {name}" for name in sorted(over))


def check_tests(reports, addons=()):
    ran = set()
    for report in reports:
        if not report.exists():
            yield f"no report {report.name}: the run stopped before its end"
    for case in cases(reports):
        name = f"{case.get('classname')}.{case.get('name')}"
        if outcome(case) == "skipped":
            yield f"skipped: {name}: {case.find('skipped').get('message')}"
        elif match := re.search(r"(?:^|\.)addons\.(\w+)\.", case.get("classname") or ""):
            ran.add(match[1])
    found = counts(reports)
    if not found["passed"] + found["failed"]:
        yield "no test ran"
    for addon in addons:
        if addon not in ran:
            yield f"no test of {addon} ran"


def allowed(path):
    """Patterns of the warnings that we know, each with its reason after ` ## `."""
    patterns = []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pattern, _mark, reason = line.partition(" ## ")
        if not reason.strip():
            raise ValueError(f"{path.name}: no reason for {pattern}")
        patterns.append(re.compile(pattern.strip()))
    return patterns


def entries(log):
    """Each line of the log that begins an entry, with the lines that follow it."""
    found = []
    for line in log.read_text(errors="replace").splitlines():
        if match := LINE.match(line):
            found.append((match, []))
        elif found:
            found[-1][1].append(line)
    return found


# Core says once that a tab which closes is away, and no more: its presence ends by itself.
TAB_CLOSED = "odoo.addons.bus.websocket: could not serialize access"


def was_tried_again(following, after):
    """Two people wrote the same row: the ORM undid the second one and played it once more; or two
    tabs of one person were closed."""
    met = any(line.startswith("ERROR: could not serialize access") for line in following)
    wanted = ("tries left, try again in", TAB_CLOSED)
    return met and any(words in match["rest"] for words in wanted for match, _lines in after)


def check_log(log, patterns):
    found = entries(log)
    if not found:
        yield f"{log.name}: not one line, so nothing was looked at"
    for rank, (match, following) in enumerate(found, 1):
        level, rest = match["level"], match["rest"]
        if level in ("ERROR", "CRITICAL"):
            after = found[rank : rank + TRIED_WITHIN]
            if TAB_CLOSED not in rest and not was_tried_again(following, after):
                yield "\n  ".join([f"{log.name}: {match[0]}", *following[:1], *following[1:][-1:]])
        elif level == "WARNING" and not any(pattern.search(rest) for pattern in patterns):
            yield f"{log.name}: {match[0]}"


# `odoo.tools.hash_sign`; a key named by its parameter; the code that follows a request; an address.
KEYS = {
    "a signed token": re.compile(r"\bA[Q-Za-f][\w-]{50,}"),
    "a key": re.compile(r"\b(?:token|password)(?:=|%3D)(?!\*\*\*)[^\s&\"']+"),
    "a follow-up code": re.compile(r"\b(?=[A-Z]*[2-9])(?=[2-9]*[A-Z])[2-9A-HJKMNP-Z]{10}\b"),
    "an e-mail address": re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
}
# One follows a mail by its number, which has the form of an address.
MESSAGE_ID = re.compile(r"message[-_ ]id\W{0,4}<[^>\s]*>", re.IGNORECASE)


def people_of(path):
    """Names and birth dates of the invented people, as a log could have them."""
    found = {}
    source = path.read_text()
    for first, last, birth in re.findall(
        r'"([^"]+)", "([^"]+)", "((?:19|20)\d\d-\d\d-\d\d)"', source
    ):
        found[f"{first} {last}"] = "the name of a person"
        found[birth] = "a birth date"
        found["/".join(reversed(birth.split("-")))] = "a birth date"
    return found


def check_private(log, people):
    text = log.read_text(errors="replace")
    if not text.strip():
        yield f"{log.name}: not one line, so nothing was looked at"
    for number, line in enumerate(text.splitlines(), 1):
        told = MESSAGE_ID.sub("", line)
        found = [kind for kind, pattern in KEYS.items() if pattern.search(told)]
        found += [kind for word, kind in people.items() if word in told]
        for kind in found:
            yield f"{log.name}:{number}: {kind}: {line[:300]}"


def check_terms(exported, addons):
    import polib

    known = {}
    for entry in polib.pofile(str(exported)):
        # A long list of modules goes on in the next lines.
        names = re.match(r"modules?: ((?:\w+,\s)*\w+)", entry.comment)[1]
        for addon in re.findall(r"\w+", names):
            if addon not in known:
                path = addons / addon / "i18n" / "fr.po"
                known[addon] = (
                    {term.msgid for term in polib.pofile(str(path)) if term.translated()}
                    if path.exists()
                    else set()
                )
            if entry.msgid not in known[addon]:
                yield f"{addon}: not in i18n/fr.po: {entry.msgid!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("tests")
    command.add_argument("--addon", action="append", default=[])
    command.add_argument("reports", nargs="+", type=Path)
    command = commands.add_parser("log")
    command.add_argument("--allow", type=Path, required=True)
    command.add_argument("logs", nargs="+", type=Path)
    command = commands.add_parser("private")
    command.add_argument("--people", type=Path, required=True)
    command.add_argument("logs", nargs="+", type=Path)
    command = commands.add_parser("terms")
    command.add_argument("exported", type=Path)
    command.add_argument("addons", type=Path)
    command = commands.add_parser("slowest")
    command.add_argument("reports", nargs="*", type=Path)
    command = commands.add_parser("failed")
    command.add_argument("report", type=Path)
    command = commands.add_parser("again")
    command.add_argument("report", type=Path)
    command.add_argument("second", type=Path)
    command = commands.add_parser("total")
    command.add_argument("--failed", type=int, default=0)
    command.add_argument("reports", nargs="*", type=Path)
    options = parser.parse_args()

    if options.command == "total":
        print(total(options.reports, options.failed))
        return 0
    if options.command == "failed":
        for name, _wrong in failures(options.report):
            print(name)
        return 0
    if options.command == "again":
        for line in take_second_try(options.report, options.second):
            print(line)
        return 0
    if options.command == "slowest":
        print(*slowest(options.reports), sep="\n")
        return 0
    if options.command == "tests":
        findings = list(check_tests(options.reports, options.addon))
    elif options.command == "log":
        patterns = allowed(options.allow)
        findings = [finding for log in options.logs for finding in check_log(log, patterns)]
    elif options.command == "private":
        people = people_of(options.people)
        if not people:
            print(f"{options.people}: nobody found there")
            return 1
        findings = [finding for log in options.logs for finding in check_private(log, people)]
    else:
        findings = list(check_terms(options.exported, options.addons))
    print(*findings, sep="\n", end="\n" if findings else "")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
