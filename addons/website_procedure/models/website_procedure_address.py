import json
import logging
from time import monotonic

import requests

from odoo import api, models, tools

_logger = logging.getLogger(__name__)

# https://geoservices.ign.fr/documentation/services/services-geoplateforme/geocodage
SERVICE = "https://data.geopf.fr/geocodage/search"
SECONDS = 2
PROPOSED = 6
# Asked for more than is shown: those of the territory come first.
ASKED = 15
LIMIT_BYTES = 200_000
# No answer, or one of another form.
FAILURES = (requests.RequestException, ValueError, TypeError, KeyError, AttributeError)
PARTS = ("label", "name", "postcode", "city", "citycode")


class WebsiteProcedureAddress(models.AbstractModel):
    """The State's address service completes what is typed. Never needed: any failure is silence.

    Off until somebody sets `website_procedure.address_service` to "1", or to the address of
    another service that answers in the same form.
    """

    _name = "website.procedure.address"
    _description = "Address service"

    @api.model
    def _get_service(self):
        value = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("website_procedure.address_service", "")
        )
        if value in ("", "0", "False"):
            return None
        return value if value.startswith("https://") else SERVICE

    @api.model
    def _is_on(self):
        return bool(self._get_service())

    @api.model
    def _search_addresses(self, words):
        """List of dict(label, street, zip, commune, insee), those of the territory first."""
        service = self._get_service()
        if not service:
            return []
        try:
            found = self._ask(service, " ".join(words.lower().split()))
        except FAILURES as error:
            _logger.info("The address service does not answer: %s", type(error).__name__)
            return []
        codes = [address["insee"] for address in found]
        communes_sudo = self.env["territory.commune"].sudo()
        ours = set(communes_sudo.search([("insee_code", "in", codes)]).mapped("insee_code"))
        return sorted(found, key=lambda address: address["insee"] not in ours)[:PROPOSED]

    @api.model
    @tools.ormcache("service", "words")
    def _ask(self, service, words):
        """A failure raises, so that it is not kept. No name of a person goes there: the words of
        one input, from our server."""
        with requests.get(
            service,
            params={"q": words, "limit": ASKED, "autocomplete": 1, "index": "address"},
            # What is compressed has no size until it is read.
            headers={"Accept-Encoding": "identity"},
            timeout=SECONDS,
            allow_redirects=False,
            stream=True,
        ) as response:
            response.raise_for_status()
            answer = json.loads(self._read(response))
        addresses = []
        for feature in answer["features"]:
            known = feature["properties"]
            texts = [known.get(name) or "" for name in PARTS]
            if not all(isinstance(text, str) for text in texts) or not texts[1] or not texts[3]:
                continue
            label, street, postcode, city, insee = (text[:200] for text in texts)
            addresses.append(
                {
                    "label": label,
                    "street": street,
                    "zip": postcode,
                    "commune": city,
                    "insee": insee,
                }
            )
        return addresses

    @api.model
    def _read(self, response):
        """No more than we want, nor for longer: a service may send without end, drop by drop."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise ValueError("compressed")
        content, end = b"", monotonic() + 2 * SECONDS
        for chunk in response.iter_content(16 * 1024):
            content += chunk
            if len(content) > LIMIT_BYTES or monotonic() > end:
                raise ValueError("too long")
        return content
