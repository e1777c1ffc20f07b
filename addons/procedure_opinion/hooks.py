from odoo.modules.migration import load_script
from odoo.tools.misc import file_path

ADDON = "procedure_opinion"
KEPT = "kept_"


def _pre_init(env):
    """Opinions were part of `procedure`: a database made before has them already.

    Their names follow, if the update of `procedure` did not see to it. Loading data for the first
    time writes on what it finds, `noupdate` or not: mails and the job step aside meanwhile.
    """
    path = file_path("procedure/migrations/19.0.1.21.0/pre-migration.py")
    load_script(path, "procedure_opinions_moved").migrate(env.cr, None)
    env.cr.execute(
        "UPDATE ir_model_data SET name = %s || name WHERE module = %s AND noupdate",
        (KEPT, ADDON),
    )
    env["ir.model.data"].invalidate_model()
    env.registry.clear_cache()


def _post_init(env):
    """They take their names back: words that the staff changed, the next run of the job."""
    kept = env["ir.model.data"].search([("module", "=", ADDON), ("name", "=like", f"{KEPT}%")])
    # A job before its action, which it needs.
    for data in kept.sorted(lambda data: data.model != "ir.cron"):
        name = data.name.removeprefix(KEPT)
        new = env.ref(f"{ADDON}.{name}", raise_if_not_found=False)
        if new:
            new.unlink()
        data.name = name
