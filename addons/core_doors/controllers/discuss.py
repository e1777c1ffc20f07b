from odoo import http
from odoo.http import request

from odoo.addons.mail.controllers.discuss.gif import DiscussGifController
from odoo.addons.mail.controllers.google_translate import GoogleTranslateController


class GifSearch(DiscussGifController):
    def _request_gifs(self, endpoint):
        """What is typed would go to a foreign company, from any resident's browser."""
        raise request.not_found()


class MessageTranslation(GoogleTranslateController):
    @http.route()
    def translate(self, message_id):
        """The text of a request would leave for a foreign company."""
        raise request.not_found()
