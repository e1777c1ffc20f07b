"""Whether a link answers: the only place from which something leaves.

The connection is made to the very address that was found public: a name that changes between two
questions changes nothing.
"""

import logging
import socket
from collections import Counter
from http import HTTPStatus
from time import monotonic
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

import urllib3

from .address import is_public, read_url

_logger = logging.getLogger(__name__)

ANSWERS, GONE, UNSURE = "answers", "gone", "unsure"
NAME = "E-TerritoireLinks"
SECONDS = 10
ROBOTS_BYTES = 64 * 1024
# Of one host, in one run: the others wait for the next.
LINKS_PER_HOST = 20
HOPS = 5
GONE_STATUSES = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
BUSY_STATUSES = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
UNKNOWN_NAMES = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
FAILURES = (urllib3.exceptions.HTTPError, OSError, ValueError)


class Left(Exception):  # noqa: N818
    """This host is left alone until the next run."""


class Unknown(Exception):  # noqa: N818
    """Nobody knows this name any more."""


class Visitor:
    """One run: what it knows of each host, asked one request after the other."""

    def __init__(self, hosts, site):
        self.hosts = set(hosts)
        self.agent = f"{NAME}/1.0 (+{site})"
        self.left, self.asked, self.robots, self.addresses = set(), Counter(), {}, {}

    def visit(self, url):
        """:return: ANSWERS, GONE, or UNSURE, which says nothing of the link"""
        for hop in range(HOPS):
            place = read_url(url)
            if not place or place.host not in self.hosts:
                # Somebody answered, and leads where we do not go.
                return ANSWERS if hop else UNSURE
            try:
                status, location = self._ask(place)
            except Unknown:
                return GONE
            except Left:
                self.left.add(place.host)
                return UNSURE
            except FAILURES as error:
                _logger.info("%s does not answer: %s", place.host, type(error).__name__)
                return UNSURE
            if status in GONE_STATUSES:
                return GONE
            if not 200 <= status < 400:
                return UNSURE
            if status < 300 or not location:
                return ANSWERS
            try:
                url = urljoin(url, location)
            except ValueError:
                return UNSURE
        return UNSURE

    def _ask(self, place):
        """:return: (status, where it leads)"""
        if place.host in self.left or self.asked[place.host] >= LINKS_PER_HOST:
            raise Left()
        self.asked[place.host] += 1
        if not self._is_welcome(place):
            return 0, ""
        status, location, _content = self._send("HEAD", place)
        if status >= 400 and status not in BUSY_STATUSES:
            # Some sites answer nothing true to HEAD.
            status, location, _content = self._send("GET", place)
        if status in BUSY_STATUSES:
            raise Left()
        return status, location

    def _is_welcome(self, place):
        """What the site asks of robots; a site that cannot say it is left alone."""
        key = (place.scheme, place.host, place.port)
        if key not in self.robots:
            rules = RobotFileParser()
            try:
                status, _location, content = self._send(
                    "GET", place._replace(target="/robots.txt"), ROBOTS_BYTES
                )
            except FAILURES as error:
                raise Left() from error
            if status in BUSY_STATUSES or status >= 500:
                raise Left()
            rules.parse(content.decode(errors="replace").splitlines() if status == 200 else [])
            self.robots[key] = rules
        return self.robots[key].can_fetch(NAME, place.target)

    def _resolve(self, place):
        """The public address of this host; all that its name gives must be public."""
        if place.host not in self.addresses:
            try:
                found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
            except socket.gaierror as error:
                if error.errno in UNKNOWN_NAMES:
                    raise Unknown() from error
                raise
            addresses = [each[4][0] for each in sorted(found, key=lambda each: each[0])]
            if not addresses or not all(is_public(each) for each in addresses):
                raise Left()
            self.addresses[place.host] = addresses[0]
        return self.addresses[place.host]

    def _send(self, method, place, size=0):
        """:return: (status, location, at most `size` bytes)"""
        address = self._resolve(place)
        timeout = urllib3.Timeout(connect=SECONDS, read=SECONDS)
        if place.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                address,
                place.port,
                timeout=timeout,
                cert_reqs="CERT_REQUIRED",
                assert_hostname=place.host,
                server_hostname=place.host,
            )
        else:
            pool = urllib3.HTTPConnectionPool(address, place.port, timeout=timeout)
        headers = {
            "Host": place.host,
            "User-Agent": self.agent,
            "Accept": "*/*",
            # What is compressed has no size until it is read.
            "Accept-Encoding": "identity",
        }
        with pool:
            response = pool.urlopen(
                method,
                place.target,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                content = self._read(response, size)
                return response.status, response.headers.get("Location", ""), content
            finally:
                response.close()

    def _read(self, response, size):
        """No more than we want, nor for longer: a site may send without end, drop by drop."""
        content, end = b"", monotonic() + SECONDS
        while len(content) < size and monotonic() < end:
            chunk = response.read(min(4096, size - len(content)))
            if not chunk:
                break
            content += chunk
        return content
