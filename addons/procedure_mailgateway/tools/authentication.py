"""What the receiving server found out about the sender (RFC 8601)."""

import authres

from .incoming import get_sender, get_values


def get_problem(headers, server):
    """`forged`, `unchecked` when that server says nothing, or empty.

    :param server: the name under which it writes; it takes out what others wrote under its name
    """
    results = [
        result
        for parsed in map(_parse, get_values(headers, "Authentication-Results"))
        if parsed and (parsed.authserv_id or "").lower() == server.lower()
        for result in parsed.results
    ]
    if not results:
        return "unchecked"
    found = {(result.method.lower(), result.result.lower()) for result in results}
    if ("dmarc", "fail") in found:
        return "forged"
    if ("dmarc", "pass") in found or _is_signed(results, get_sender(headers)):
        return ""
    return "forged" if found & {("spf", "fail"), ("spf", "softfail")} else ""


def _parse(value):
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except authres.AuthResError:
        return None


def _is_signed(results, sender):
    """Signed by the domain of the sender, or one above it."""
    domain = sender.rpartition("@")[2]
    signers = {
        str(each.value).lower()
        for result in results
        if (result.method.lower(), result.result.lower()) == ("dkim", "pass")
        for each in result.properties
        if each.name == "d"
    }
    return any(domain == signer or domain.endswith(f".{signer}") for signer in signers)
