"""Views that go from one addon to another: run before the new addon loads its own."""

import re


def move_views(cr, source, target, names, is_same=False):
    """Give the views of `source` their names in `target`, so that loading it updates their rows.

    The calls (`t-call`, `inherit`) written in other views are renamed too: those of the addons
    are loaded again, those that somebody wrote in the website editor are not.

    :param names: dict name in the source -> name in the target
    :param is_same: the target has its own already; the row of the source is left to its addon
    """
    for old, new in names.items():
        if not is_same:
            cr.execute(
                """
                UPDATE ir_model_data SET module = %s, name = %s
                 WHERE module = %s AND name = %s AND model = 'ir.ui.view'
                """,
                (target, new, source, old),
            )
            cr.execute(
                "UPDATE ir_ui_view SET key = %s WHERE key = %s",
                (f"{target}.{new}", f"{source}.{old}"),
            )
        cr.execute(
            r"""
            UPDATE ir_ui_view
               SET arch_db = regexp_replace(arch_db::text, %s, %s, 'g')::jsonb
             WHERE type = 'qweb' AND arch_db::text ~ %s
            """,
            (
                rf'(t-call=\\"){re.escape(source)}\.{re.escape(old)}(\\")',
                rf"\1{target}.{new}\2",
                rf't-call=\\"{re.escape(source)}\.{re.escape(old)}\\"',
            ),
        )
