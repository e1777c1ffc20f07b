"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {
        "models/person_claim.py:_give": "codes",
        "models/person_claim.py:_tell_file": "codes",
        "models/person_claim.py:_tell_organisation": "codes",
    }

    def make_codes(self):
        """Of a person, used in an account that has another address than the file; of a club."""
        sheet = self.env["res.partner"].create(
            {
                "kind": "person",
                "firstname": "Zoé",
                "lastname": "Petit",
                "birthdate": "1980-01-02",
                "email": "zoe@exemple.fr",
            }
        )
        Claim = self.env["person.claim"]
        Claim._give(sheet, "email", "Rappelée")
        _claim, code = Claim._give(sheet, "hand", "Carte vue")
        owner = self._resident(f"zoe{sheet.id}", "Zoé", "Petit")
        owner.partner_id.birthdate = sheet.birthdate
        Claim.with_user(owner)._use(code)
        club = self.env["res.partner"].create(
            {
                "name": "Amis du lavoir",
                "kind": "association",
                "rna": f"W55{sheet.id:07}",
                "email": "lavoir@exemple.fr",
            }
        )
        names = f"{owner.partner_id.firstname} {owner.partner_id.lastname}"
        _claim, code = Claim._give(club, "hand", "Appelée", person_name=names, role="Trésorière")
        Claim.with_user(owner)._use(code, club.rna)
