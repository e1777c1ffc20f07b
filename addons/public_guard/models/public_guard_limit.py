import ipaddress
import math
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields, models, modules
from odoo.http import request
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ..exceptions import TooManyRequests


class PublicGuardLimit(models.AbstractModel):
    """How often something may be done. A town hall or a mobile operator shows one address for
    many people: a limit by address is wide and counts what succeeds or what is distinct, a limit
    by person, request or login is narrow."""

    _name = "public.guard.limit"
    _description = "Limits of what is open to anybody"

    def _hit(self, scope, key, limit, seconds, by=1):
        """Count one try of `key` (an address, an e-mail…), or `by` of what is limited (megabytes…);
        refuse above `limit` in `seconds`.

        The window starts at the first try. The count is kept in PostgreSQL, so all workers
        share it, and committed apart, so it stays when the request that made it fails. Counted
        before the work, so that many at once are not more than one after the other: what must
        not count after all is given back (`_give_back`). A request that Odoo plays again, because
        two met, counts once.
        """
        now = fields.Datetime.now()
        digest = self._digest_hit(scope, key)
        query = SQL(
            """
            INSERT INTO public_guard_hit AS hit (scope, digest, hits, date_end)
            VALUES (%(scope)s, %(digest)s, %(step)s, %(end)s)
            ON CONFLICT (digest) DO UPDATE SET
                hits = %(step)s + CASE WHEN hit.date_end <= %(now)s THEN 0 ELSE hit.hits END,
                date_end = CASE
                    WHEN hit.date_end <= %(now)s THEN EXCLUDED.date_end ELSE hit.date_end
                END
            RETURNING hits, date_end
            """,
            scope=scope,
            digest=digest,
            step=max(0, self._get_step(digest, by)),
            now=now,
            end=now + timedelta(seconds=seconds),
        )
        with self._own_cursor() as cr:
            cr.execute(query)
            hits, date_end = cr.fetchone()
        if hits > limit:
            raise TooManyRequests(self._get_limit_sentence((date_end - now).total_seconds()))
        return True

    def _find_refusal(self, scope, key, limit):
        """The sentence by which `_hit` would refuse one more try; empty below the limit. Counts
        nothing: it is said before somebody fills in what would be refused."""
        now = fields.Datetime.now()
        query = SQL(
            "SELECT date_end FROM public_guard_hit"
            " WHERE digest = %s AND date_end > %s AND hits >= %s",
            self._digest_hit(scope, key),
            now,
            limit,
        )
        with self._own_cursor() as cr:
            cr.execute(query)
            found = cr.fetchone()
        return self._get_limit_sentence((found[0] - now).total_seconds()) if found else ""

    def _hit_distinct(self, scope, key, value, limit, seconds):
        """Count how many different values `key` gave: the same one again costs nothing."""
        pair = f"{self._get_network(key)} {value}"
        try:
            self._hit(f"{scope}.value", pair, 1, seconds)
        except TooManyRequests:
            return True
        try:
            return self._hit(scope, key, limit, seconds)
        except TooManyRequests:
            self._give_back(f"{scope}.value", pair)
            raise

    def _give_back(self, scope, key):
        """What `_hit` counted ended well, or was an honest mistake: it does not count."""
        digest = self._digest_hit(scope, key)
        query = SQL(
            "UPDATE public_guard_hit SET hits = GREATEST(hits + %s, 0) WHERE digest = %s",
            min(0, self._get_step(digest, -1)),
            digest,
        )
        with self._own_cursor() as cr:
            cr.execute(query)

    def _get_step(self, digest, step):
        """What is left to count of this step: a former try of the same request may have counted
        it, and its rollback took nothing back."""
        may_be_again = request and request.env and request.env.cr is self.env.cr
        if modules.module.current_test or not may_be_again:
            return step
        counted, wanted = request.__dict__.setdefault("guard_counts", (Counter(), Counter()))
        if not wanted:
            self.env.cr.postrollback.add(wanted.clear)
        wanted[digest] += step
        left = wanted[digest] - counted[digest]
        if left * step > 0:
            counted[digest] += left
        return left

    def _get_limit_sentence(self, seconds):
        """When it will be possible again, and whom to call meanwhile."""
        minutes = max(1, math.ceil(seconds / 60))
        phone = self.env.company.sudo().phone
        if phone and minutes > 90:
            return self.env._(
                "Too many tries. Please try again in %(hours)s h, or call %(phone)s: "
                "we do it with you.",
                hours=math.ceil(minutes / 60),
                phone=phone,
            )
        if phone:
            return self.env._(
                "Too many tries. Please try again in %(minutes)s min., or call %(phone)s: "
                "we do it with you.",
                minutes=minutes,
                phone=phone,
            )
        if minutes > 90:
            return self.env._(
                "Too many tries. Please try again in %(hours)s h.", hours=math.ceil(minutes / 60)
            )
        return self.env._("Too many tries. Please try again in %(minutes)s min.", minutes=minutes)

    def _take_turn(self, scope, key):
        """Who takes the same turn waits until this transaction ends.

        Then her snapshot is older than what she waited for: she reads through `_own_cursor`.
        """
        turn = f"{scope} {key}"
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", turn))

    @contextmanager
    def _own_cursor(self):
        """A short transaction beside that of the request, on no table that the request locks.

        READ COMMITTED, because with Odoo's REPEATABLE READ two hits at once would make one
        fail. In tests there is one transaction for all, and it leaves nothing behind.
        """
        if modules.module.current_test:
            yield self.env.cr
            return
        with self.env.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            yield cr

    def _digest_hit(self, scope, key):
        return hmac(self.sudo().env, "public_guard.hit", (scope, self._get_network(key)))

    def _get_network(self, key):
        """An IPv6 subscriber has 2^64 addresses: the network is what is counted."""
        try:
            address = ipaddress.ip_address(key)
        except ValueError:
            return key
        if address.version == 4:
            return key
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
