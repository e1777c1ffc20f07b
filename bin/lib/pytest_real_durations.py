"""Durations are real ones, also where a test stops the clock."""

import freezegun

freezegun.configure(extend_ignore_list=["_pytest.timing"])
