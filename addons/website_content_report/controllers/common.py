"""Words of a report, the same for whoever said it and whoever answers."""


def get_words(env, content_sudo=None):
    """{topic: how it is said}, all of them, or those of this page."""
    words = dict(env["content.report"]._fields["topic"]._description_selection(env))
    if content_sudo is None:
        return words
    return {code: words[code] for code in content_sudo._get_report_topics()}


def get_tag(env, report_sudo):
    labels = dict(env["content.report"]._fields["state"]._description_selection(env))
    tones = {
        "new": "cours",
        "correcting": "cours",
        "corrected": "ok",
        "right": "ok",
        "foreign": "neutre",
        "dropped": "neutre",
    }
    return {"tone": tones[report_sudo.state], "label": labels[report_sudo.state]}
