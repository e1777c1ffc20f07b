from odoo.http import request


def tell_papers(parent, children):
    """What is missing for this parent, in one sentence; empty where no paper is asked."""
    env = request.env
    if not children or not env["family.document.kind"]._list_asked():
        return ""
    lacks = env["family.document"]._find_lacks(children, parent)
    count = sum(len(told) for told in lacks.values())
    if not count:
        return env._("Nothing is missing.")
    return (
        env._("One paper is missing, or ends soon.")
        if count == 1
        else env._("%(count)s papers are missing, or end soon.", count=count)
    )
