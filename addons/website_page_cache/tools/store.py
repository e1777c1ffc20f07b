"""Pages kept in the memory of one worker."""

from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from werkzeug.datastructures import ImmutableMultiDict

MAX_BYTES = 32 * 1024 * 1024
# Of all that is kept, what the lists of one address may take: whoever writes endless parameters
# does not empty the other pages.
SHARE = 4


@dataclass
class Drawing:
    """What a page says of itself while it is drawn."""

    begin: datetime
    end: datetime
    is_private: bool = False


class Page(NamedTuple):
    body: bytes
    etag: str
    headers: tuple
    begin: datetime
    end: datetime


NOTHING = None, None


class Store:
    """Pages of one version of the site; those asked least recently go first."""

    def __init__(self, max_bytes=MAX_BYTES):
        self.max_bytes = max_bytes
        self.lock = Lock()
        self.empty(None)

    def empty(self, version):
        self.version = version
        self.size = 0
        self.sizes = Counter()
        self.pages = OrderedDict()

    def find(self, version, key, moment):
        with self.lock:
            page, _place = self.pages.get(key, NOTHING) if version == self.version else NOTHING
            if not page or not page.begin <= moment < page.end:
                return None
            self.pages.move_to_end(key)
            return page

    def keep(self, version, key, page, place=None):
        """:param place: what the key is one of many variants of"""
        with self.lock:
            if version != self.version:
                self.empty(version)
            self._drop(key)
            self.pages[key] = page, place
            self.size += len(page.body)
            self.sizes[place] += len(page.body)
            while place and self.sizes[place] > self.max_bytes // SHARE:
                self._drop(next(key for key, kept in self.pages.items() if kept[1] == place))
            while self.size > self.max_bytes:
                self._drop(next(iter(self.pages)))

    def _drop(self, key):
        page, place = self.pages.pop(key, (None, None))
        if page:
            self.size -= len(page.body)
            self.sizes[place] -= len(page.body)


class Cookies(ImmutableMultiDict):
    """Cookies of a visitor; remembers whether one was read that is the reader's own."""

    # The page of each language is another one, the session is asked apart.
    neutral = frozenset(("frontend_lang", "session_id"))
    are_read = False

    def _note(self, name=None):
        self.are_read = self.are_read or name not in self.neutral

    def __getitem__(self, name):
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self._note(name)
        return super().__contains__(name)

    def get(self, name, *args, **kwargs):
        self._note(name)
        return super().get(name, *args, **kwargs)

    def getlist(self, name, *args, **kwargs):
        self._note(name)
        return super().getlist(name, *args, **kwargs)

    def __iter__(self):
        self._note()
        return super().__iter__()

    def items(self, *args, **kwargs):
        self._note()
        return super().items(*args, **kwargs)

    def values(self):
        self._note()
        return super().values()
