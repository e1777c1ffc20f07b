"""The parts of bin/drill: each breaks something while people file, then counts what is left."""

import argparse
import email
import email.policy
import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import drill_places
import requests
from drill_people import Crowd
from drill_site import DATABASE, FILES, ROOT, VAR, MailServer, Odoo, Postgres, query, say, wait

# The first retry of a mail is a minute after the failure; the jobs have their own rhythm.
MAIL_SECONDS = 240
# Rows that go by themselves, and those of the software.
PASSING = ("bus_", "ir_", "mail_mail", "mail_notification", "public_guard_", "base_", "res_groups")
# As they are asked for, and what they are.
PARTS = {
    "kill": "kill",
    "postgres": "databases",
    "servers": "servers",
    "mail": "mails",
    "disk": "disk",
    "backup": "backup",
}


class Drill:
    def __init__(self, options):
        self.front, self.rounds = options.front, options.rounds
        self.moments = random.Random(2026)
        self.odoo, self.postgres = Odoo(), Postgres()
        self.mail = MailServer(options.smtp)
        self.faults, self.rows, self.visited = [], [], []

    # What breaks

    def kill(self):
        """kill -9 of all processes of Odoo."""
        with self.crowd():
            for _ in range(self.rounds):
                self.linger()
                self.odoo.kill()
                self.odoo.start()

    def databases(self):
        """All connections cut, then kill -9 of PostgreSQL; Odoo is started again if it ended."""
        with self.crowd():
            for _ in range(self.rounds):
                self.linger()
                self.postgres.cut()
            for _ in range(max(1, self.rounds // 2)):
                self.linger()
                self.postgres.kill()
                self.linger()
                self.postgres.start()
                time.sleep(6)
                if not self.odoo.is_alive():
                    # What systemd does, after 5 seconds (config/e-territoire.service).
                    self.odoo.start()

    def servers(self):
        """Two servers on one database; the second one is killed."""
        port = self.odoo.port
        second = Odoo("second", http_port=port + 20, gevent_port=port + 21)
        try:
            second.start()
            with self.crowd(), self.crowd(second.url, ("dominique", None)):
                for _ in range(self.rounds):
                    self.linger()
                    second.kill()
                    second.start()
        finally:
            second.kill()

    def mails(self):
        """The mail server is away for half a minute."""
        self.mail.stop()
        try:
            with self.crowd(logins=("dominique", "camille")):
                time.sleep(30)
        finally:
            self.mail.start()

    def disk(self):
        """The files are on a disk that is full, then has space again."""
        full, kept = VAR / "full", FILES.with_name("filestore-kept")
        full.mkdir(exist_ok=True)
        size = sum(path.stat().st_size for path in FILES.rglob("*") if path.is_file())
        size = f"size={(size >> 20) + 40}m"
        command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", full]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return "not run: a file system in memory cannot be mounted here"
        self.odoo.stop()
        shutil.copytree(FILES, full / "filestore")
        FILES.rename(kept)
        FILES.symlink_to(full / "filestore")
        try:
            self.odoo.start()
            with self.crowd():
                for _ in range(max(1, self.rounds // 2)):
                    with suppress(OSError), (full / "ballast").open("wb") as ballast:
                        while True:
                            ballast.write(bytes(1 << 16))
                    time.sleep(12)
                    (full / "ballast").unlink()
                    time.sleep(6)
        finally:
            self.odoo.stop()
            FILES.unlink()
            shutil.copytree(full / "filestore", FILES)
            shutil.rmtree(kept)
            subprocess.run(["umount", full], check=True)
            self.odoo.start()
        return ""

    def backup(self):
        """Saved under load as docs/deploy.md says, then restored beside."""
        copy, archive = f"{DATABASE}_copy", VAR / "files.tar.gz"
        with self.crowd():
            self.linger()
            dump = VAR / "copy.dump"
            subprocess.run(["pg_dump", "-Fc", "-f", dump, DATABASE], check=True)
            self.linger()
            # A file that goes or comes meanwhile is no error: the rows are older.
            subprocess.run(["tar", "-C", FILES, "-czf", archive, DATABASE], check=False)
            self.linger()
        subprocess.run(["dropdb", "--if-exists", "--force", copy], check=True)
        extensions = (
            "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent;"
            "ALTER FUNCTION unaccent(text) IMMUTABLE"
        )
        subprocess.run(["createdb", "-T", "template0", copy], check=True)
        subprocess.run(["psql", "-q", "-d", copy, "-c", extensions], check=True)
        restore = ["pg_restore", "-d", copy, "--no-owner", "--no-comments", dump]
        subprocess.run(restore, check=True, capture_output=True)
        shutil.rmtree(VAR / "copy", ignore_errors=True)
        (VAR / "copy").mkdir()
        subprocess.run(["tar", "-C", VAR / "copy", "-xzf", archive], check=True)
        (VAR / "copy" / DATABASE).rename(VAR / "copy" / copy)
        kept = self.check_store(copy, VAR / "copy" / copy)
        for table in ("pg_indexes", "pg_constraint"):
            sql = f"SELECT count(*) FROM {table}"
            if table == "pg_indexes":
                sql += " WHERE schemaname = 'public'"
            self.expect(query(sql) == query(sql, database=copy), f"backup: {table} differ")
        places = self.check_places(copy)
        neutralize = [ROOT / ".venv/bin/python", "/usr/bin/odoo", "neutralize"]
        neutralize += ["-c", VAR / "odoo.conf", "-d", copy]
        subprocess.run(neutralize, check=True, capture_output=True)
        (servers,) = query("SELECT count(*) FROM ir_mail_server WHERE active", database=copy)[0]
        self.expect(servers == 1, "backup: a neutralized copy could write to people")
        subprocess.run(["dropdb", "--force", copy], check=True)
        shutil.rmtree(VAR / "copy")
        return f"restored with {kept} files, {places}"

    # Who is there meanwhile

    def crowd(self, url="", logins=("dominique", "camille", "sacha", None, None)):
        return Visit(self, Crowd(url or self.front, self.mail.url, logins))

    def linger(self):
        time.sleep(self.moments.uniform(3, 9))

    # What is left

    def expect(self, is_right, words):
        if not is_right:
            self.faults.append(words)

    def check(self, part, filings):
        """Each acknowledged request is there once, with its file and its mail."""
        lost = doubled = wrong = 0
        for filing in filings:
            found = query(
                "SELECT DISTINCT r.id, r.number FROM procedure_request r"
                " JOIN procedure_answer a ON a.request_id = r.id WHERE a.value_text = %s",
                filing.street,
            )
            doubled += len(found) > 1
            if filing.number:
                lost += filing.number not in [number for _id, number in found]
            for request_id, _number in found:
                wrong += not self.is_file_right(request_id)
        (VAR / f"{part}.json").write_text(json.dumps([asdict(one) for one in filings], indent=1))
        numbers = [filing.number for filing in filings if filing.number]
        mails = self.wait_for_mails(numbers)
        silent = sum(not mails[number] for number in numbers)
        repeated = sum(len(set(mails[number])) > 1 for number in numbers)
        # A kill between the mail server's yes and the row that keeps it: sent again, the same one,
        # which mail programs show once. No fault: the other way round, one would be lost.
        again = sum(len(mails[number]) - len(set(mails[number])) for number in numbers)
        for count, words in (
            (lost, "acknowledged, not there"),
            (doubled, "there twice"),
            (wrong, "whose file is not the one that is recorded"),
            (silent, "whose mail did not leave"),
            (repeated, "whose mail left more than once"),
            (not numbers, "part without any filing"),
        ):
            self.expect(not count, f"{part}: {int(count)} {words}")
        sends = sum(filing.sends for filing in filings)
        return [len(filings), sends, len(numbers), lost, doubled, wrong, silent, repeated, again]

    def is_file_right(self, request_id):
        rows = query(
            "SELECT d.sha256, f.store_fname FROM procedure_document_line l"
            " JOIN procedure_document d ON d.id = l.document_id"
            " JOIN ir_attachment f ON f.res_model = 'procedure.document'"
            " AND f.res_field = 'file' AND f.res_id = d.id WHERE l.request_id = %s",
            request_id,
        )
        return bool(rows) and all(
            (FILES / DATABASE / name).exists()
            and hashlib.sha256((FILES / DATABASE / name).read_bytes()).hexdigest() == digest
            for digest, name in rows
        )

    def wait_for_mails(self, numbers):
        """The acknowledgments that left for each number, by their Message-ID."""
        end = time.monotonic() + MAIL_SECONDS
        while True:
            mails = read_mails(self.mail.box)
            found = {
                number: [
                    message_id
                    for subject, message_id in mails
                    if subject.startswith(number) and "nous avons reçu" in subject
                ]
                for number in numbers
            }
            if all(found.values()) or time.monotonic() > end:
                return found
            time.sleep(3)

    def check_store(self, database=DATABASE, folder=FILES / DATABASE):
        rows = query(
            "SELECT store_fname, checksum FROM ir_attachment WHERE store_fname IS NOT NULL",
            database=database,
        )
        broken = [
            name
            for name, checksum in rows
            if not (folder / name).exists()
            or hashlib.sha1((folder / name).read_bytes()).hexdigest() != checksum
        ]
        self.expect(not broken, f"{database}: {len(broken)} files missing or damaged {broken[:3]}")
        return len(rows)

    def check_places(self, copy):
        """What is kept for people is there, once, and what was signed is what is asked."""
        places, saved = self.read_places(copy), self.read_places(DATABASE)
        for count, words in drill_places.find_faults(places, saved):
            self.expect(not count, f"{copy}: {count} {words}")
        return ", ".join(f"{len(places[kind])} {kind}" for kind in drill_places.KINDS)

    def read_places(self, database):
        out = VAR / f"{database}_places.json"
        out.unlink(missing_ok=True)
        sentences = ["import sys", f"sys.path.insert(0, {str(ROOT / 'bin/lib')!r})"]
        sentences += ["import drill_places", f"drill_places.write(env, {str(out)!r})"]
        shell = [ROOT / ".venv/bin/python", "/usr/bin/odoo", "shell", "-c", VAR / "odoo.conf"]
        shell += ["-d", database, "--no-http", "--workers=0", "--log-level=error"]
        words = "\n".join([*sentences, ""])
        subprocess.run(shell, input=words, text=True, check=True, capture_output=True)
        return json.loads(out.read_text())

    def check_jobs(self):
        stopped = query("SELECT cron_name FROM ir_cron WHERE active AND failure_count > 4")
        self.expect(not stopped, f"jobs that fail: {stopped}")
        # Those of the demo, made while there was no mail server, have an hour to leave.
        sql = "SELECT count(*) FROM mail_mail WHERE state IN ('outgoing', 'exception') AND id > %s"
        left = query(sql, self.last_mail)
        self.expect(left[0][0] == 0, f"{left[0][0]} mails wait or failed")

    def run(self, part):
        say(f"== {part}")
        start = time.monotonic()
        self.visited = []
        note = getattr(self, PARTS[part])() or ""
        numbers = self.check(part, self.visited) if self.visited else ["-"] * 9
        self.rows.append([part, *numbers, round(time.monotonic() - start), note])

    def run_all(self, parts):
        # Another site may have given the same numbers.
        shutil.rmtree(self.mail.box, ignore_errors=True)
        self.mail.start()
        self.odoo.start()
        try:
            wait(lambda: requests.get(self.front, timeout=60).ok, 60, "the site answers")
            (self.last_mail,) = query("SELECT coalesce(max(id), 0) FROM mail_mail")[0]
            for part in parts:
                self.run(part)
            self.check_jobs()
            say(f"files of the database, compared with their sha1: {self.check_store()}")
        finally:
            self.odoo.stop()
            self.mail.stop()


class Visit:
    """People are there for the time of the block; what they were told goes to the drill."""

    def __init__(self, drill, people):
        self.drill, self.people = drill, people

    def __enter__(self):
        return self.people

    def __exit__(self, *error):
        self.drill.visited += self.people.leave()


def read_mails(box):
    """Subject and Message-ID of each."""
    mails = []
    parser = email.parser.BytesHeaderParser(policy=email.policy.default)
    for path in (box / "new").iterdir():
        with path.open("rb") as file:
            message = parser.parse(file)
        mails.append((str(message["Subject"]), str(message["Message-Id"])))
    return mails


def count_rows():
    tables = [
        name for (name,) in query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    return {name: query(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}


def check_update(drill, before):
    """No table of ours has lost rows, and every file is there."""
    now = count_rows()
    for name, count in json.loads(before.read_text()).items():
        if not name.startswith(PASSING) and now.get(name, 0) < count:
            drill.faults.append(f"update: {name} had {count} rows, has {now.get(name, 0)}")
    say(f"updated: {len(now)} tables compared, {drill.check_store()} files")


def print_table(rows):
    titles = ["part", "forms", "sends", "acknowledged", "lost", "doubled", "file wrong"]
    titles += ["no mail", "two mails", "sent again", "seconds", ""]
    say(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}")
    for row in rows:
        say(f"| {' | '.join(map(str, row))} |")


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("count").add_argument("--out", type=Path, required=True)
    breaking = commands.add_parser("break")
    breaking.add_argument("--rounds", type=int, required=True)
    breaking.add_argument("--front", required=True)
    breaking.add_argument("--smtp", type=int, required=True)
    breaking.add_argument("--before", type=Path)
    breaking.add_argument("parts", nargs="*", choices=[*PARTS, []])
    options = parser.parse_args()
    if options.command == "count":
        options.out.write_text(json.dumps(count_rows()))
        return
    drill = Drill(options)
    if options.before:
        check_update(drill, options.before)
    drill.run_all(options.parts or PARTS)
    print_table(drill.rows)
    for fault in drill.faults:
        say(f"FAULT: {fault}")
    say(f"{len(drill.faults)} faults")
    sys.exit(bool(drill.faults))


if __name__ == "__main__":
    main()
