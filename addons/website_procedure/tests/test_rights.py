from odoo.tests import new_test_user

from .common import WebsiteProcedureCommon


class TestRights(WebsiteProcedureCommon):
    """Addresses typed by hand, and remote calls, by those whom they do not concern."""

    def test_household_forms_of_others_are_not_found(self):
        authority = (
            self.camille.partner_id.sudo()
            ._declare_child(
                {
                    "firstname": "Louis",
                    "lastname": "Durand",
                    "birthdate": "2018-02-01",
                    "birthplace": "Verdun",
                }
            )
            .authority_ids
        )
        child = authority.child_id
        paths = [
            f"/my/foyer/personne/{self.camille.partner_id.id}",
            f"/my/foyer/personne/{child.id}",
            f"/my/foyer/autorite/{authority.id}",
        ]
        self.sign_in(self.camille)
        for path in paths:
            self.assertEqual(self.url_open(path).status_code, 200, path)
        for user in (self.dominique, self.agent, self.manager):
            self.sign_in(user)
            for path in paths:
                self.assertEqual(self.url_open(path).status_code, 404, path)
                self.assertEqual(self.post(path, {"choice": "end"}).status_code, 404, path)
        self.assertEqual(authority.state, "declared")

    def test_kept_forms_are_nobody_s_by_remote_call(self):
        users = [
            self.camille,
            self.agent,
            self.manager,
            new_test_user(self.env, "chef", "base.group_system"),
        ]
        for user in users:
            for model in ("website.procedure.pending", "website.procedure.pending.file"):
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(
                        self.env[model].with_user(user).has_access(operation), (user.login, model)
                    )
