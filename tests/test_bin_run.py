"""bin/run says in one sentence what is wrong, keeps the demo out of real life, lets no mail out.

The functions of bin/lib are called one by one: nothing is installed here.
"""

import configparser
import json
import os
import shutil
import smtplib
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import pytest

pytestmark = pytest.mark.sweep("services")

ROOT = Path(__file__).parent.parent


def shell(script, tmp_path, **environment):
    """Run a script that has sourced bin/lib, in a folder of its own."""
    parts = ("common", "system", "venv", "postgres", "database", "mail", "server")
    source = "".join(f". {ROOT}/bin/lib/{part}.sh\n" for part in parts)
    environment = {
        **os.environ,
        "ETERRITOIRE_VAR": str(tmp_path),
        "HOME": str(tmp_path),
        **environment,
    }
    return subprocess.run(
        ["/bin/bash", "-c", source + script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def run(*arguments, **environment):
    return subprocess.run(
        [ROOT / "bin/run", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_stopped(result, sentence, way_out):
    """One sentence, one way out, code 1: no trace of the machinery."""
    assert result.returncode == 1, result
    lines = result.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Stopped", "Way out"], result.stderr
    assert sentence in lines[0]
    assert way_out in lines[1]


@pytest.fixture
def tool(tmp_path):
    """Put a fake command first on PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()

    def make(name, script):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
        return f"{folder}:{os.environ['PATH']}"

    return make


@pytest.fixture
def debian(tmp_path):
    file = tmp_path / "os-release"
    file.write_text("ID=debian\nVERSION_ID=13\n")
    return str(file)


# What is refused before anything is installed


def test_unknown_option():
    assert_stopped(run("--deom"), "--deom", "bin/run --help")


def test_help_says_every_option():
    result = run("--help")
    assert result.returncode == 0
    for word in (
        "--no-demo",
        "--reset",
        "--yes",
        "--install",
        "--no-start",
        "PORT",
        "DB_NAME",
        "PGHOST",
        "ODOO_DEB",
    ):
        assert word in result.stdout


def test_busy_port_proposes_another_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert_stopped(run(PORT=str(port)), f"port {port} is already used", "PORT=")


@pytest.mark.parametrize("port", ["http", "80", "70000", "-1", ""])
def test_port_that_cannot_be_used(port, tmp_path):
    result = shell(f"PORT='{port}'; check_port", tmp_path)
    assert_stopped(result, "is not a port", "between 1024 and 64000")


@pytest.mark.parametrize("name", ["../odoo", "a b", "a'; DROP TABLE x", ".", "-x", "é" * 3])
def test_database_name_that_is_a_path_or_a_query(name):
    assert_stopped(run(DB_NAME=name), "is not a name for a database", "letters")


@pytest.mark.parametrize(
    ("release", "named"),
    [
        ("ID=ubuntu\nVERSION_ID=24.04\n", "ubuntu 24.04"),
        ("ID=debian\nVERSION_ID=12\n", "debian 12"),
        ("ID=debian\n", "debian,"),
        (None, "an unknown system"),
    ],
)
def test_another_system(release, named, tmp_path):
    file = tmp_path / "os-release"
    if release:
        file.write_text(release)
    result = shell("install_system", tmp_path, OS_RELEASE=str(file))
    assert_stopped(result, named, "docker/compose.yaml")


def test_no_disk(tmp_path, tool, debian):
    path = tool("df", "printf 'Filesystem 1M Used Available\\n/dev/x 9000 8600 400 96%% /\\n'")
    assert_stopped(
        shell("install_system", tmp_path, PATH=path, OS_RELEASE=debian),
        "only 400 MB",
        "free some space",
    )


def test_no_right_on_the_folder(tmp_path, debian):
    result = shell("VAR=/proc/var; install_system", tmp_path, OS_RELEASE=debian)
    assert_stopped(result, "/proc/var cannot be written", "ETERRITOIRE_VAR")


def test_neither_root_nor_sudo(tmp_path, tool):
    folder = tool("id", "echo 1000").partition(":")[0]
    result = shell(f"PATH={folder}; as_root apt-get update", tmp_path)
    assert_stopped(result, "rights of root: apt-get", "sudo")


# PostgreSQL


def test_postgresql_server_that_does_not_answer(tmp_path):
    result = shell("start_postgres", tmp_path, PGHOST=str(tmp_path / "nowhere"))
    assert_stopped(result, "does not answer", "unset them")


@pytest.mark.parametrize(
    ("answer", "sentence", "way_out"),
    [("", "may not create a database", "CREATEDB"), ("postgres", "Odoo refuses", "createuser")],
)
def test_postgresql_user_that_odoo_cannot_use(answer, sentence, way_out, tmp_path, tool):
    path = tool("psql", f"echo '{answer}'")
    assert_stopped(shell("start_postgres", tmp_path, PATH=path, PGHOST="there"), sentence, way_out)


# Odoo's package


def source_of(tmp_path, **files):
    folder = tmp_path / "apt"
    (folder / "sources.list.d").mkdir(parents=True)
    for name, text in files.items():
        path = folder / (
            "sources.list" if name == "sources_list" else f"sources.list.d/{name.replace('_', '.')}"
        )
        path.write_text(text)
    return shell("sid_source", tmp_path, APT_DIR=str(folder)).stdout


def test_sid_comes_from_the_machine_s_own_source(tmp_path):
    text = source_of(
        tmp_path,
        debian_sources="# ours\nTypes: deb\nURIs: http://s.test/debian\nSuites: trixie-security\n"
        "Components: main\n\nTypes: deb\nURIs: http://mirror.test/debian\n"
        "Suites: trixie trixie-updates\n"
        "Components: main contrib\nSigned-By: /key.pgp\n",
    )
    assert text.strip().splitlines() == [
        "Types: deb",
        "URIs: http://mirror.test/debian",
        "Suites: sid",
        "Components: main",
        "Signed-By: /key.pgp",
    ]


def test_sid_comes_from_a_one_line_source(tmp_path):
    text = source_of(
        tmp_path,
        sources_list="deb-src http://no.test trixie main\n"
        "deb [signed-by=/k.gpg] http://m.test/debian trixie main\n",
    )
    assert "URIs: http://m.test/debian\nSuites: sid" in text
    assert "Signed-By: /k.gpg" in text


INSTALL = """
as_root() { if [ "$1" = tee ]; then "$@"; fi; }
apt_update() { :; }
quiet_install() { say "install $*"; }
apt-cache() { say "  Candidate: $CANDIDATE"; }
"""


def apt(tmp_path):
    folder = tmp_path / "apt"
    (folder / "sources.list.d").mkdir(parents=True)
    (folder / "preferences.d").mkdir()
    (folder / "sources.list").write_text("deb http://m.test/debian trixie main\n")
    return folder


def test_nothing_else_of_sid_comes_in(tmp_path):
    folder = apt(tmp_path)
    result = shell(
        INSTALL + "install_odoo", tmp_path, APT_DIR=str(folder), CANDIDATE="19.0.0+dfsg-1"
    )
    assert result.stdout == "install odoo-19\n"
    pins = (folder / "preferences.d/e-territoire-odoo").read_text().split("\n\n")
    assert [pin.strip().splitlines() for pin in pins] == [
        ["Package: *", "Pin: release n=sid", "Pin-Priority: -1"],
        ["Package: odoo-19", "Pin: release n=sid", "Pin-Priority: 500"],
    ]


@pytest.mark.parametrize("candidate", ["20.0.0+dfsg-1", "(none)"])
def test_sid_no_longer_has_odoo_19(candidate, tmp_path):
    result = shell(
        INSTALL + "install_odoo", tmp_path, APT_DIR=str(apt(tmp_path)), CANDIDATE=candidate
    )
    assert_stopped(result, f"no longer offers Odoo 19.0 (it offers: {candidate})", "ODOO_DEB=")


def test_no_source_of_debian(tmp_path):
    folder = apt(tmp_path)
    (folder / "sources.list").write_text("")
    assert_stopped(
        shell(INSTALL + "install_odoo", tmp_path, APT_DIR=str(folder)), "no apt source", "ODOO_DEB="
    )


def test_downloaded_package(tmp_path):
    assert_stopped(shell("install_odoo", tmp_path, ODOO_DEB="/no.deb"), "/no.deb", "give the path")
    (tmp_path / "odoo.deb").touch()
    result = shell(INSTALL + "install_odoo", tmp_path, ODOO_DEB=str(tmp_path / "odoo.deb"))
    assert result.stdout == f"install {tmp_path}/odoo.deb\n"


# The database: a real one, with the four tables that bin/run looks at

TABLES = """
CREATE TABLE ir_module_module (name text, state text);
CREATE TABLE ir_mail_server (id serial, active boolean);
CREATE TABLE ir_config_parameter (key text UNIQUE, value text,
    create_uid int, create_date timestamp, write_uid int, write_date timestamp);
"""
PREPARE = """
ODOO_CONF=$VAR/odoo.conf LOG=$VAR/odoo.log MAIL_DIR=$VAR/mail ADMIN_PASSWORD=""
WEB=${WEB:-1} DEMO=${DEMO:-yes} APPS=web DEMO_APPS=website
: >"$LOG"
change_modules() { shift; say "odoo $*"; }
made_of() { printf '%s\n' "odoo 19.0" "addon website 1" "addon web $WEB" "addon crm $WEB"; }
load_data() { :; }
run_odoo() { echo "Added to the demo: $1" >"$OUT"; }
"""
MADE = """
INSERT INTO ir_config_parameter (key, value)
VALUES ('e_territoire.made_of', E'odoo 19.0\\naddon web 1\\naddon website 1\\naddon crm 1')
"""


@pytest.fixture
def database():
    assert os.environ.get("PGHOST"), (
        "these tests need the PostgreSQL server that bin/test starts: PGHOST"
    )
    name = f"bin_run_{os.getpid()}"
    subprocess.run(["createdb", name], check=True)

    def sql(query):
        command = ["psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", name, "-c", query]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    sql(TABLES)
    sql.name = name
    yield sql
    subprocess.run(["dropdb", "--if-exists", name], check=True)


def prepare(database, tmp_path, **environment):
    return shell(PREPARE + "prepare_database", tmp_path, DB_NAME=database.name, **environment)


def with_modules(database, *names):
    database(MADE)
    for name in names:
        database(f"INSERT INTO ir_module_module VALUES ('{name}', 'installed')")


def test_database_of_somebody_else_is_not_touched(database, tmp_path):
    database("DROP TABLE ir_config_parameter")
    assert_stopped(prepare(database, tmp_path), "was not made by this project", "DB_NAME=")


def test_no_demo_refuses_a_database_that_has_the_demo(database, tmp_path):
    with_modules(database, "web", "website")
    assert_stopped(prepare(database, tmp_path, DEMO="no"), "contains the demo", "DB_NAME=")


def test_demo_is_not_put_into_a_real_database(database, tmp_path):
    with_modules(database, "web")
    assert_stopped(prepare(database, tmp_path), "was made without the demo", "--no-demo")
    assert prepare(database, tmp_path, DEMO="no").returncode == 0


def test_second_start_does_nothing(database, tmp_path):
    with_modules(database, "web", "website")
    result = prepare(database, tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_only_a_changed_addon_that_is_installed_is_updated(database, tmp_path):
    with_modules(database, "web", "website")
    assert prepare(database, tmp_path, WEB="2").stdout.splitlines() == [
        "Updating: web",
        "odoo -u web --i18n-overwrite",
        "Added to the demo: shell",
    ]
    assert prepare(database, tmp_path, WEB="2").stdout == ""


def test_failed_update_is_tried_again(database, tmp_path):
    with_modules(database, "web", "website")
    script = PREPARE + "change_modules() { die broken repair; }; prepare_database"
    assert_stopped(shell(script, tmp_path, DB_NAME=database.name, WEB="2"), "broken", "repair")
    assert "Updating: web" in prepare(database, tmp_path, WEB="2").stdout


def test_added_addon_is_installed(database, tmp_path):
    with_modules(database, "web", "website")
    result = shell(PREPARE + "APPS=web,contacts; prepare_database", tmp_path, DB_NAME=database.name)
    assert "odoo -i contacts" in result.stdout


def test_database_that_is_still_empty_is_filled(database, tmp_path):
    database("DROP TABLE ir_module_module, ir_mail_server, ir_config_parameter")
    assert "odoo -i web --load-language=fr_FR" in prepare(database, tmp_path).stdout


def test_missing_unaccent_is_told(database, tmp_path):
    database("DROP TABLE ir_module_module, ir_mail_server, ir_config_parameter")
    assert "Accents will matter" in prepare(database, tmp_path).stdout
    database("CREATE EXTENSION unaccent")
    database("ALTER FUNCTION unaccent(text) IMMUTABLE")
    assert "Accents will matter" not in prepare(database, tmp_path).stdout


def test_unfinished_creation_starts_again(database, tmp_path):
    (tmp_path / "stamps").mkdir()
    (tmp_path / "stamps" / f"creating-{database.name}").write_text("yes")
    script = PREPARE + "change_modules() { createdb $DB_NAME; say made; }; prepare_database"
    lines = shell(script, tmp_path, DB_NAME=database.name).stdout.splitlines()
    assert lines[:3] == [
        f"The creation of {database.name} had not finished: it starts again.",
        f"Creating the database {database.name} (some minutes)",
        "made",
    ]


def test_starting_again_forgets_the_mail_and_leaves_the_catcher_its_folders(database, tmp_path):
    message = tmp_path / "mail" / "new" / "1"
    message.parent.mkdir(parents=True)
    message.touch()
    test_unfinished_creation_starts_again(database, tmp_path)
    assert message.parent.is_dir()
    assert not message.exists()


def test_demo_comes_after_the_territory_where_its_people_live(database, tmp_path):
    database("DROP TABLE ir_module_module, ir_mail_server, ir_config_parameter")
    result = shell(
        PREPARE + "load_data() { say data; }; prepare_database", tmp_path, DB_NAME=database.name
    )
    lines = [line for line in result.stdout.splitlines() if line.startswith(("odoo", "data"))]
    assert lines == ["odoo -i web --load-language=fr_FR", "data", "odoo -i website"]


def test_an_existing_demo_gets_what_it_lacks_once_its_data_are_there(database, tmp_path):
    with_modules(database, "web", "website")
    script = PREPARE + "load_data() { say data; }; prepare_database"
    run = {"DB_NAME": database.name, "WEB": "2"}
    lines = shell(script, tmp_path, **run).stdout.splitlines()
    assert lines[2:] == ["data", "Added to the demo: shell"]
    assert shell(script, tmp_path, **run).stdout.splitlines() == ["data"], "a second start"
    database("UPDATE ir_config_parameter SET value = 'odoo 18'")
    broken = "run_odoo() { return 1; }; prepare_database"
    assert_stopped(
        shell(PREPARE + broken, tmp_path, **run), "demo could not be completed", "run the command"
    )
    # Nothing of the demo goes into a real database.
    database("DELETE FROM ir_module_module WHERE name = 'website'")
    assert "Added" not in shell(script, tmp_path, DEMO="no", **run).stdout


def test_demo_switches_off_a_mail_server_of_the_database(database, tmp_path):
    with_modules(database, "web", "website")
    database("INSERT INTO ir_mail_server (active) VALUES (true)")
    assert "1 mail server(s) of the database switched off" in prepare(database, tmp_path).stdout
    assert database("SELECT count(*) FROM ir_mail_server WHERE active") == "0"


@pytest.mark.parametrize(
    ("answer", "kept"), [("", True), ("non", True), ("oui", False), (None, False)]
)
def test_reset_asks_first(database, tmp_path, answer, kept):
    filestore = tmp_path / "data/filestore" / database.name
    neighbour = tmp_path / "data/filestore/neighbour"
    filestore.mkdir(parents=True)
    neighbour.mkdir()
    script = PREPARE + (
        "reset_database yes" if answer is None else f"reset_database ask <<<'{answer}'"
    )
    result = shell(script, tmp_path, DB_NAME=database.name)
    assert result.returncode == (1 if kept else 0)
    assert filestore.exists() is kept
    assert neighbour.exists()
    exists = subprocess.run(
        ["psql", "-d", database.name, "-c", "SELECT 1"], check=False, capture_output=True
    )
    assert (exists.returncode == 0) is kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://localhost:8069", "http://localhost:8899"),
        ("https://territoire.test", "https://territoire.test"),
    ],
)
def test_links_of_mails_lead_to_the_port_of_this_start(database, tmp_path, before, after):
    database(f"INSERT INTO ir_config_parameter (key, value) VALUES ('web.base.url', '{before}')")
    result = shell("follow_port", tmp_path, DB_NAME=database.name, PORT="8899")
    assert result.returncode == 0, result.stderr
    assert database("SELECT value FROM ir_config_parameter") == after


def test_unknown_addon(tmp_path):
    result = shell(PREPARE + "APPS=no_such_addon; wanted_addons", tmp_path)
    assert_stopped(result, "no_such_addon", "APPS=")


def test_digest_of_an_addon_leaves_out_its_tests(tmp_path):
    addon = tmp_path / "addon"
    (addon / "tests").mkdir(parents=True)
    (addon / "models.py").write_text("a = 1")
    before = shell("folder_digest $VAR/addon", tmp_path).stdout
    (addon / "tests/test_a.py").write_text("assert True")
    assert shell("folder_digest $VAR/addon", tmp_path).stdout == before
    (addon / "models.py").write_text("a = 2")
    assert shell("folder_digest $VAR/addon", tmp_path).stdout != before


# What is started is stopped


def test_what_was_started_is_stopped_and_nothing_else(tmp_path):
    script = """
    sleep 60 & other=$!
    start_process $VAR/log sleep 61; ours=$!
    stop_started
    kill -0 $ours 2>/dev/null && say left
    kill -0 $other && say "other is there"
    kill $other
    """
    assert shell(script, tmp_path).stdout == "other is there\n"


def test_process_that_dies_at_its_start_is_told(tmp_path):
    result = shell(
        "start_process $VAR/log sh -c 'echo because; exit 3'; wait_for Odoo $VAR/log 20 false",
        tmp_path,
    )
    assert result.returncode == 1
    assert result.stderr.splitlines()[:2] == ["because", "Stopped: Odoo stopped while it started."]


# Mail, and the configuration that leads it to the catcher


def configuration(path):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(path)
    return parser["options"]


def test_trial_configuration_sends_mail_to_the_catcher_only(tmp_path):
    result = shell(
        "SMTP_PORT=9069; write_odoo_conf $VAR/odoo.conf", tmp_path, PORT="8869", DB_NAME="essai"
    )
    assert result.returncode == 0, result.stderr
    options = configuration(tmp_path / "odoo.conf")
    assert (options["smtp_server"], options["smtp_port"]) == ("127.0.0.1", "9069")
    assert (options["http_interface"], options["http_port"]) == ("127.0.0.1", "8869")
    assert (options["db_name"], options["dbfilter"], options["list_db"]) == (
        "essai",
        "^essai$",
        "False",
    )
    assert (options["workers"], options["proxy_mode"], options["skip_auto_install"]) == (
        "0",
        "False",
        "True",
    )
    assert len(options["admin_passwd"]) > 24
    assert (tmp_path / "odoo.conf").stat().st_mode & 0o077 == 0


def test_every_configuration_loads_the_same_modules():
    """bin/run and docker take config/odoo.conf; bin/test writes its own."""
    written = (ROOT / "bin/lib/testing.sh").read_text()
    assert "\nserver_wide_modules = base,web\n" in written
    assert "config/odoo.conf /etc/odoo/odoo.conf" in (ROOT / "docker/Dockerfile").read_text()
    assert 'cp "$ROOT/config/odoo.conf"' in (ROOT / "bin/lib/server.sh").read_text()


def test_production_configuration_is_closed():
    options = configuration(ROOT / "config/odoo.conf")
    assert (options["list_db"], options["proxy_mode"], options["skip_auto_install"]) == (
        "False",
        "True",
        "True",
    )
    assert int(options["workers"]) > 1
    assert options["publisher_warranty_url"] == ""
    # `rpc` is loaded by default.
    assert options["server_wide_modules"] == "base,web"
    assert "admin_passwd" not in options, "a password has no place in the repository"


@pytest.fixture
def catcher(tmp_path):
    """The catcher as bin/run starts it; ends with the fixture."""
    ports = []
    (tmp_path / "mail").mkdir()
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as server:
            ports.append(server.getsockname()[1])
    process = subprocess.Popen(
        [
            sys.executable,
            ROOT / "bin/lib/mail_catcher.py",
            "--smtp-port",
            str(ports[0]),
            "--http-port",
            str(ports[1]),
        ]
        + ["--maildir", tmp_path / "mail"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline().startswith("Listening")
        yield ports
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
        shutil.rmtree(tmp_path / "mail", ignore_errors=True)


def get(port, path, method="GET", host=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
    if host:
        request.add_header("Host", host)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer, answer.read()


def send(port, to="camille@example.test"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "mairie@example.test",
        to,
        "Votre demande à compléter",
    )
    message["Date"] = "Wed, 25 Nov 2026 10:00:00 +0100"
    message.set_content("Bonjour,\nil manque une pièce.")
    message.add_alternative(
        '<p>Bonjour <script>alert(1)</script><a href="http://localhost/suivi">ici</a></p>', "html"
    )
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="reçu.pdf")
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.send_message(message, to_addrs=[to, "copie@example.test"])


def test_caught_mail_is_read_by_recipient(catcher):
    smtp, http = catcher
    assert "Aucun message" in get(http, "/")[1].decode()
    send(smtp)
    send(smtp, "sacha@example.test")
    _answer, body = get(http, "/messages.json?to=camille@example.test")
    (message,) = json.loads(body)
    assert message["subject"] == "Votre demande à compléter"
    assert message["to"] == ["camille@example.test", "copie@example.test"]
    assert "il manque une pièce" in message["text"]
    answer, body = get(http, message["attachments"][0]["url"])
    assert (message["attachments"][0]["name"], body) == ("reçu.pdf", b"%PDF-1.7")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    newest = json.loads(get(http, "/messages.json")[1])[0]
    assert newest["to"][0] == "sacha@example.test"
    assert newest["date"] == "2026-11-25T10:00:00+01:00"
    assert "sacha@example.test" in get(http, "/")[1].decode()
    get(http, "/messages", method="DELETE")
    assert json.loads(get(http, "/messages.json")[1]) == []


def test_mail_s_html_runs_no_script(catcher):
    smtp, http = catcher
    send(smtp)
    (message,) = json.loads(get(http, "/messages.json")[1])
    answer, body = get(http, f"/{message['id']}/html")
    assert b"<script>" in body, "the message is shown as it was sent: the policy is what protects"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    page = get(http, f"/{message['id']}")[1].decode()
    assert 'sandbox="allow-popups' in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [("/", "evil.test:80", 403), ("/../mail.log", None, 404), ("/x/1", None, 404)],
)
def test_catcher_answers_this_machine_only_and_its_messages_only(catcher, path, host, status):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(catcher[1], path, host=host)
    with refused.value as answer:
        assert answer.code == status
