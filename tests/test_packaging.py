"""Another territory takes one addon by pip, without the rest of the repository."""

import os
import re
import subprocess
import sys
import venv
import zipfile

import pytest
from architecture import ROOT, depends, manifests

pytestmark = pytest.mark.sweep("services")

ADDON = "partner_household"
# What no wheel of ours brings: Odoo itself, packages of Debian or of requirements.txt.
SHOW = "import odoo.modules, sys; print(odoo.modules.get_module_path(sys.argv[1]))"


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Of the addon and of all of ours that it needs, built without network."""
    folder = tmp_path_factory.mktemp("wheels")
    known = manifests(ROOT)
    for name in sorted({ADDON, *depends(ADDON, known)} & set(known)):
        run(
            *(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-index", "-q"),
            *("--no-build-isolation", "-w", folder, ROOT / "addons" / name),
        )
    return folder


def test_an_addon_is_installed_by_pip_beside_odoo(wheels, tmp_path):
    venv.create(tmp_path, system_site_packages=True, with_pip=False)
    python = tmp_path / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    run(
        *(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "-q"),
        *("--target", site, *wheels.glob("*.whl")),
    )
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = run(python, "-c", SHOW, ADDON, cwd=tmp_path, env=env).strip()
    assert found.startswith(site)


def test_a_wheel_names_what_it_needs(wheels):
    known = manifests(ROOT)
    (wheel,) = wheels.glob(f"odoo_addon_{ADDON}-*.whl")
    with zipfile.ZipFile(wheel) as files:
        (path,) = (name for name in files.namelist() if name.endswith("/METADATA"))
        listed = files.read(path).decode()
    needed = set(re.findall(r"Requires-Dist: odoo-addon-(\w+)", listed))
    ours = set(known[ADDON]["depends"]) & set(known)
    assert ours <= needed
    assert re.search(r"^License: AGPL-3", listed, re.MULTILINE)
