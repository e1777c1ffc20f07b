"""What the receiving server found out about the sender (RFC 8601, RFC 7489 for the alignment)."""

import authres

from .incoming import get_sender, get_values

# A header is some lines; the parser reads nested comments by recursion.
MAX_LENGTH = 8000


def get_problem(headers, server):
    """`forged`; `unproved` when nothing shows that the domain of the sender sent it; `unchecked`
    when that server says nothing; or empty.

    :param server: the name under which it writes. Only the first header counts: the server puts
        its own on top, and what is below may be the sender's.
    """
    values = get_values(headers, "Authentication-Results")[:1]
    parsed = _parse(values[0]) if values else None
    if not parsed or (parsed.authserv_id or "").lower() != server.lower():
        return "unchecked"
    domain = get_sender(headers).rpartition("@")[2]
    found = {}
    for result in parsed.results:
        key = (result.method.lower(), (result.result or "").lower())
        found.setdefault(key, []).append(result)
    if ("dmarc", "fail") in found:
        return "forged"
    if results := found.get(("dmarc", "pass")):
        # Of another sender than the one whom we read: one of both was fooled.
        names = {_get_domain(result, "header", "from") for result in results}
        return "" if names == {domain} else "forged"
    if _is_aligned(found.get(("dkim", "pass"), []), domain, ("header", "d"), ("header", "i")):
        return ""
    if _is_aligned(found.get(("spf", "pass"), []), domain, ("smtp", "mailfrom")):
        return ""
    return "forged" if found.keys() & {("spf", "fail"), ("spf", "softfail")} else "unproved"


def _parse(value):
    if len(value) > MAX_LENGTH:
        return None
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except Exception:  # anybody writes it: any error is one, RecursionError too
        return None


def _is_aligned(results, domain, *properties):
    """Proved by the domain of the sender, or one above it that is not a top-level one."""
    for result in results:
        names = [_get_domain(result, *property) for property in properties]
        prover = next(filter(None, names), "")
        if "." in prover and (domain == prover or domain.endswith(f".{prover}")):
            return True
    return False


def _get_domain(result, kind, name):
    for each in result.properties:
        if (each.type, each.name) == (kind, name):
            return str(each.value or "").lower().rpartition("@")[2].rstrip(".")
    return ""
