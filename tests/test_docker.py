"""What can be checked of docker/ without an engine: none runs where the project is developed."""

import re
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.sweep("services")

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "docker/Dockerfile").read_text()


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker/compose.yaml").read_text())["services"]


def test_image_is_the_official_one():
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.M) == ["odoo:19.0"]


def test_what_is_copied_exists():
    copied = [
        source
        for line in re.findall(r"^COPY (.+)", DOCKERFILE, re.M)
        for source in line.split()[:-1]
    ]
    assert "requirements.txt" in copied, "the same packages as bin/run"
    assert [source for source in copied if not (ROOT / source).exists()] == []


def test_container_starts_what_was_copied():
    command = re.search(r'^CMD \["/opt/e-territoire/(.+)"\]', DOCKERFILE, re.M)[1]
    assert f"COPY {command} " in DOCKERFILE
    assert (ROOT / command).stat().st_mode & 0o111


def test_packages_of_debian_are_those_of_bin_run():
    wanted = re.search(r"RUN_PACKAGES=\((.+)\)", (ROOT / "bin/lib/system.sh").read_text())[
        1
    ].split()
    named = re.search(r"--no-install-recommends (.+) \\", DOCKERFILE)[1].split()
    # The image of Odoo brings the others.
    assert set(named) <= set(wanted)


def test_files_that_compose_mounts_exist(services):
    for name, service in services.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / "docker" / source).exists(), f"{name}: {source}"


def test_every_variable_of_nginx_is_given(services):
    template = (ROOT / "config/nginx.conf").read_text()
    assert set(re.findall(r"\$\{(\w+)\}", template)) == set(services["nginx"]["environment"])


def test_nginx_has_room_for_connections(services):
    script = ROOT / "docker/connections.sh"
    assert script.stat().st_mode & 0o111, "nginx's image runs what is executable"
    (wanted,) = re.findall(r"worker_connections (\d+);/' /etc", script.read_text())
    assert f"worker_connections {wanted};" in (ROOT / "docs/deploy.md").read_text()
    # Each websocket is two of them, from the visitor and to Odoo.
    assert services["nginx"]["ulimits"]["nofile"] > 2 * int(wanted)


def test_only_this_machine_is_listened_to(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_password_is_written(services):
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert re.fullmatch(r"\$\{\w+:[?-].*\}", value), name
