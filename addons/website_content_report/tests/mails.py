"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    def make_report(self):
        commune = self.env["territory.commune"].search([], limit=1)
        for template in self._get_templates("content.report"):
            report = self.env["content.report"]._file(commune, "other", "Le pont est ouvert.")
            report.word = "C'est noté."
            report._send(template, "lectrice@exemple.fr")
