"""The player of a video, of the hosts that we know: nothing is asked of them before a click."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

CODE = re.compile(r"[\w-]{1,64}", re.A)
YOUTUBE = ("youtube.com", "m.youtube.com", "youtube-nocookie.com")
YOUTUBE_PATHS = ("embed", "shorts", "live")
PEERTUBE_PATHS = (["w"], ["videos", "watch"], ["videos", "embed"])


class Player(NamedTuple):
    # As people read it: "youtube.com".
    host: str
    src: str


def get_player(url, peertube_hosts=()):
    """:param peertube_hosts: PeerTube sites that the territory trusts: "tube.test", or an address
    :return: `Player`, or None: the address stays a link
    """
    full_host = _read_host(url or "")
    if not full_host:
        return None
    host = _strip_www(full_host)
    parts = urlsplit(url)
    path = [each for each in parts.path.split("/") if each]
    src = (
        _get_youtube(host, path, parts.query)
        or _get_dailymotion(host, path)
        or _get_vimeo(host, path)
        or _get_peertube(full_host, path, peertube_hosts)
    )
    return Player(host, src) if src else None


def _read_host(url):
    """In small letters; empty: there is none, or browsers may go to another one."""
    try:
        parts = urlsplit(url)
        # They read a backslash as "/".
        is_plain = not set("\\@") & set(parts.netloc)
        return (is_plain and parts.hostname) or ""
    except ValueError:
        return ""


def _strip_www(host):
    return host.removeprefix("www.")


def _is_code(value):
    return bool(CODE.fullmatch(value))


def _get_youtube(host, path, query):
    code = ""
    if host == "youtu.be" and len(path) == 1:
        code = path[0]
    elif host in YOUTUBE and path == ["watch"]:
        code = parse_qs(query).get("v", [""])[0]
    elif host in YOUTUBE and len(path) == 2 and path[0] in YOUTUBE_PATHS:
        code = path[1]
    # Without cookie, as far as the host can be believed.
    return _is_code(code) and f"https://www.youtube-nocookie.com/embed/{code}?autoplay=1&rel=0"


def _get_dailymotion(host, path):
    code = ""
    if host == "dai.ly" and len(path) == 1:
        code = path[0]
    elif host == "dailymotion.com" and len(path) == 2 and path[0] == "video":
        code = path[1].split("_")[0]
    return _is_code(code) and f"https://geo.dailymotion.com/player.html?video={code}"


def _get_vimeo(host, path):
    if host != "vimeo.com" or not path or not path[0].isdecimal() or not all(map(_is_code, path)):
        return ""
    # The second part opens a video that is not listed.
    secret = f"&h={path[1]}" if len(path) == 2 else ""
    return f"https://player.vimeo.com/video/{path[0]}?dnt=1&autoplay=1{secret}"


def _get_peertube(full_host, path, hosts):
    typed = (each.strip() for each in hosts)
    trusted = {_strip_www(_read_host(each if "//" in each else f"//{each}")) for each in typed}
    if _strip_www(full_host) not in trusted:
        return ""
    if path[:-1] not in PEERTUBE_PATHS or not _is_code(path[-1]):
        return ""
    return f"https://{full_host}/videos/embed/{path[-1]}?autoplay=1&p2p=0"
