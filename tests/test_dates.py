"""The script of the forms reads a day as the server does: else it shows what is not asked."""

import importlib.util
import json
import random
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "addons/website_parts/static/src/js/day_input.js"
TODAY = date(2026, 11, 26)
WAYS = (
    "{0:%d/%m/%Y}",
    "{0:%d.%m.%y}",
    "{0:%d%m%Y}",
    "{0:%d%m%y}",
    "{0:%Y-%m-%d}",
    "{0:%Y%m%d}",
    "{0.day} {1} {0.year}",
    "Le {0.day}er {1} {0:%y}",
    "vendredi {0.day}-{1}-{0.year}",
    "{0.month}/{0.day}/{0.year}",
)
RUN = """
require(process.argv[1]);
const {today, cases} = JSON.parse(require("fs").readFileSync(0));
const days = cases.map(([text, limit]) => readDay(text, limit, new Date(today)));
console.log(JSON.stringify(days.map((day) => day && day.getTime())));
"""


def load_reader():
    spec = importlib.util.spec_from_file_location("dates", ROOT / "addons/territory_base/dates.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_cases(months):
    chance = random.Random(6)
    for _each in range(300):
        day = date(1900, 1, 1) + timedelta(chance.randrange(366 * 290))
        word = months[day.month - 1]
        word = chance.choice((word, word[:3], f"{word[:4]}.", word.title(), "févr.", "août"))
        for way in WAYS:
            text = way.format(day, word)
            place = chance.randrange(len(text))
            spoilt = text[:place] + chance.choice("0129 /-.xé") + text[place + 1 :]
            for written in (text, spoilt):
                yield written, chance.choice(("past", "future", "any"))


def test_script_and_server_read_the_same_day():
    dates = load_reader()
    cases = list(make_cases(dates.MONTHS))
    expected = []
    for text, limit in cases:
        try:
            expected.append(dates.read_day(text, limit, TODAY).isoformat())
        except ValueError:
            expected.append(None)
    answer = subprocess.run(
        ["node", "-e", RUN, str(SCRIPT)],
        input=json.dumps({"today": TODAY.isoformat(), "cases": cases}),
        capture_output=True,
        check=True,
        text=True,
    )
    read = [
        None if stamp is None else datetime.fromtimestamp(stamp / 1000, UTC).date().isoformat()
        for stamp in json.loads(answer.stdout)
    ]
    assert len(set(expected)) > 1000, "days that can be read, of many years"
    wrong = {
        case: (ours, theirs)
        for case, ours, theirs in zip(cases, expected, read, strict=True)
        if ours != theirs
    }
    assert not wrong, dict(list(wrong.items())[:10])
