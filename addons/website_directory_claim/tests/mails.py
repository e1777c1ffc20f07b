"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/directory_claim.py:_send": "claim"}

    def make_claim(self):
        category = self.env["directory.category"].search([], limit=1)
        for template in self._get_templates("directory.claim"):
            organisation = self.env["res.partner"].create(
                {"name": "Les Amis du Lavoir", "company_type": "company", "kind": "association"}
            )
            sheet = self.env["directory.entry"]._create_as(
                "test", {"name": "Le Lavoir", "category_id": category.id}
            )
            claim = self.env["directory.claim"].create(
                {
                    "entry_id": sheet.id,
                    "organisation_id": organisation.id,
                    "organisation_name": organisation.name,
                    "user_id": self.agent.id,
                    "answer": "Appelez-nous.",
                }
            )
            claim._send(template, self.agent)
