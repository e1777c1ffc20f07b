from odoo.addons.procedure.tests.common import ProcedureCommon

TODAY = "2026-03-23 08:00:00"


class ListCommon(ProcedureCommon):
    """Streets of two communes; activities by kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.streets = cls._list(
            "Rues",
            "streets",
            [
                ("haute-v", "Rue Haute", cls.vaubecourt),
                ("moulin", "Rue du Moulin", cls.vaubecourt),
                ("haute-r", "Rue Haute", cls.revigny),
                ("gare", "Rue de la Gare", cls.revigny),
            ],
            parent_kind="commune",
        )

    @classmethod
    def _list(cls, name, code, rows, **vals):
        parent = "parent_id" if vals.get("parent_kind") == "list" else "commune_id"
        made = cls.env["procedure.list"].create({"name": name, "code": code, **vals})
        cls.env["procedure.list.row"].create(
            [
                {
                    "list_id": made.id,
                    "value": value,
                    "label": label,
                    "sequence": sequence,
                    parent: record.id if record else False,
                }
                for sequence, (value, label, record) in enumerate(rows)
            ]
        )
        return made

    @classmethod
    def _row(cls, value):
        return cls.env["procedure.list.row"].search([("value", "=", value)])

    @classmethod
    def _street_form(cls, **vals):
        return [
            {"key": "place", "type": "commune", "label": "Commune", "required": True},
            {
                "key": "street",
                "type": "list",
                "label": "Rue",
                "required": True,
                "list_id": cls.streets.id,
                **vals,
            },
        ]
