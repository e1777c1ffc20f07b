"""The addresses of contents, guessed or not: pages of those who write and read, pictures."""

from unittest.mock import patch

from . import matrix

HEADING = "Addresses of contents"


class ContentAddresses:
    """For an `HttpCase` with the population of `ContentsCommon`."""

    def _get_addresses(self):
        """{column of the page: addresses that answer alike}"""
        draft, sent = f"/my/contributions/{self.sheet_draft.id}", self.sheet_proposal.id
        hall = f"/my/contributions/{self.hall_draft.id}"
        other_hall = f"/my/contributions/{self.other_hall_draft.id}"
        page = "/my/contributions/page"
        return {
            "draft": [draft],
            "its preview": [f"{draft}/apercu", f"/contributions/{self.sheet_draft.id}/photo"],
            "giving it up": [f"{draft}/retirer"],
            "draft of a town hall": [hall],
            "its text": [f"{hall}/page"],
            "publishing at once": [f"{other_hall}/urgent"],
            "first hour": [f"{other_hall}/premiere-heure"],
            "what waits": ["/my/a-relire"],
            "reading": [f"/my/a-relire/{sent}"],
            "picture of a proposal": [f"/contributions/{sent}/photo"],
            "reading of a town hall": [f"/my/a-relire/{self.hall_proposal.id}"],
            "versions of a sheet": [f"{page}/directory.entry/{self.sheet.id}"],
            "taking it off": [f"{page}/directory.entry/{self.sheet.id}/retirer"],
            "versions of a commune": [f"{page}/territory.commune/{self.commune.id}"],
            "report": [f"/my/contributions/signalements/{self.report.id}"],
            **self._get_read_addresses(),
            **self._get_file_addresses(),
        }

    def _get_read_addresses(self):
        return {
            "sheet": [self.sheet._get_content_url()],
            "local page": [self.page._get_content_url()],
            "off the site": [
                self.gone_sheet._get_content_url(),
                self.gone_page._get_content_url(),
                self.closed_page._get_content_url(),
                f"/contenu/directory.entry/{self.gone_sheet.id}/photo",
                f"/contenu/directory.photo/{self.gone_sheet.photo_ids.id}/image",
                f"/contenu/territory.commune/{self.other_commune.id}/photo",
                f"/contenu/commune.room/{self.other_commune.room_ids.id}/photo",
            ],
            "picture": [
                f"/contenu/directory.entry/{self.sheet.id}/photo",
                f"/contenu/territory.commune/{self.commune.id}/photo",
                f"/web/image/commune.room/{self.commune.room_ids.id}/photo",
                f"/web/image/{self.media.id}",
            ],
        }

    def _get_file_addresses(self):
        """Core's addresses: of a record, of a file."""

        def number(record, field="photo"):
            return self._find_files(record, field).id

        return {
            "file of a draft": [
                f"/web/content/{self.draft_file.id}",
                f"/web/image/ir.attachment/{self.draft_file.id}/raw",
            ],
            "file of a proposal": [
                f"/web/image/{self.proposal_file.id}",
                f"/web/content/ir.attachment/{self.proposal_file.id}/datas",
            ],
            "file of a sheet off the site": [
                f"/web/image/directory.entry/{self.gone_sheet.id}/photo",
                f"/web/content/{number(self.gone_sheet)}",
                f"/web/image/{number(self.gone_sheet.photo_ids, 'image')}",
            ],
            "file of a page off the site": [
                f"/web/image/{self.gone_media.id}",
                f"/web/content/{self.closed_media.id}",
            ],
            "file of a closed page": [
                f"/web/image/territory.commune/{self.other_commune.id}/photo",
                f"/web/content/{number(self.other_commune)}",
                f"/web/image/commune.room/{self.other_commune.room_ids.id}/photo",
                f"/web/image/{number(self.other_commune.room_ids)}",
            ],
        }

    def _find_files(self, record, field):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "in", record.ids),
                ("res_field", "=", field),
            ]
        )

    def _check_addresses(self):
        expected, addresses = matrix.load(HEADING), self._get_addresses()
        self.assertEqual(set(expected), set(self.users), "personas of docs/rights.md")
        self.assertEqual(set().union(*expected.values()), set(addresses), "columns")
        pictures = set(
            self._find_files(self.sheet | self.gone_sheet, "photo").mapped("raw")
            + self._find_files(self.commune | self.other_commune, "photo").mapped("raw")
            + [self.media.raw, self.proposal_file.raw]
        )
        with self._without_error_page():
            self.assertFalse(self._list_wrong(expected, addresses, pictures))

    def _without_error_page(self):
        """Drawing that nothing was found costs more than the rest."""
        owner = self.env.registry["ir.http"]
        draw = classmethod(lambda cls, env, code, values: (int(str(code)[-3:]), ""))
        return patch.object(owner, "_get_error_html", draw)

    def _list_wrong(self, expected, addresses, pictures):
        wrong = []
        for persona, user in self.users.items():
            login = None if persona == "visitor" else user.login
            self.authenticate(login, login)
            for name, urls in addresses.items():
                for url in urls:
                    answer = self.url_open(url, allow_redirects=False)
                    # A redirection leads to the log in, or to her own page of it.
                    is_served = answer.status_code == 200
                    if url.startswith(("/web/", "/contenu/", "/contributions/")):
                        # Instead of a picture that one may not see, core gives a grey one.
                        is_served = is_served and answer.content in pictures
                    refused = answer.status_code in (200, 302, 303, 404, 410)
                    if is_served != bool(expected[persona].get(name)) or not refused:
                        wrong.append(f"{persona} × {name}: {answer.status_code} {url}")
        return wrong
