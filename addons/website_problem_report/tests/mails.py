"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    def make_problem(self):
        for template in self._get_templates("platform.problem"):
            problem = self.env["platform.problem"]._file("Le bouton ne fait rien.")
            problem.word = "C'est réparé."
            problem._send(template, "lectrice@exemple.fr")
