import socket
from unittest.mock import MagicMock, patch

import urllib3

from ..tools import visitor

RESOLVE = f"{visitor.__name__}.socket.getaddrinfo"
PUBLIC = "93.184.215.14"


class Net:
    """The sites outside: what they answer, and what they were asked."""

    def __init__(self, **answers):
        self.answers = {"/robots.txt": (404,), **answers}
        self.names, self.asked, self.calls = {}, [], []

    def resolve(self, host, port, **_options):
        found = self.names.get(host, PUBLIC)
        if isinstance(found, Exception):
            raise found
        found = [found] if isinstance(found, str) else found
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in found]

    def urlopen(self, pool, method, target, **options):
        host = options["headers"]["Host"]
        self.calls.append((pool, options))
        self.asked.append((method, host + target))
        answer = self.answers.get(host + target, self.answers.get(target, (200,)))
        if isinstance(answer, dict):
            answer = answer[method]
        if isinstance(answer, Exception):
            raise answer
        status, location, content = (*answer, "", b"")[:3] if len(answer) < 3 else answer
        response = MagicMock(status=status, headers={"Location": location} if location else {})
        response.read.side_effect = [content[:4096], content[4096:], b""]
        self.response = response
        return response

    def get_targets(self):
        return [target for _method, target in self.asked if not target.endswith("/robots.txt")]

    def __enter__(self):
        net = self

        def urlopen(pool, method, target, **options):
            return net.urlopen(pool, method, target, **options)

        self.patches = [
            patch(RESOLVE, self.resolve),
            patch.object(urllib3.HTTPConnectionPool, "urlopen", urlopen),
        ]
        for each in self.patches:
            each.start()
        return self

    def __exit__(self, *_error):
        for each in self.patches:
            each.stop()
