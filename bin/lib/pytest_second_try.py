"""A journey that fails is played a second time; it is named, with what failed. More than two in one
run are red.

A browser on a machine with two busy cores misses a moment now and then, and no change should be
thrown away for that. Many at once are something else: a defect that comes and goes.
"""

MOST = 2


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        # The process that started the others counts for all.
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    tried = reporter.stats.get("rerun", [])
    reporter.write_line("")
    for report in tried:
        reporter.write_line(f"second try: {report.nodeid}")
        reporter.write_line(report.longreprtext)
    if len(tried) > MOST:
        reporter.write_line(f"more than {MOST} second tries: red")
        session.exitstatus = 1
