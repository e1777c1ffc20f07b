"""Two people at the same moment, each in a real transaction of her own."""

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrencyCommon):
    def test_an_opinion_is_given_once_by_the_link_and_the_back_office(self):
        with self._cursor() as cr:
            opinion = self._request(cr, SUPERUSER_ID).opinion_ids
            token = opinion._issue_link().rpartition("/")[2]
        with self._cursor() as one, self._cursor() as two:
            visitor = api.Environment(one, self.env.ref("base.public_user").id, {})
            agent = api.Environment(two, self.c, {})
            visitor["procedure.opinion"]._give_by_link(token, "favourable", "", "Maire")
            visitor.flush_all()
            mine = agent["procedure.opinion"].browse(opinion.id)
            with self.assertRaisesRegex(UserError, "at this very moment"):
                mine.action_give_unfavourable("Non")
            two.rollback()
            one.commit()
            agent.invalidate_all()
            with self.assertRaisesRegex(UserError, "already given"):
                mine.action_give_unfavourable("Non")
        with self._cursor() as cr:
            opinion = self._request(cr, SUPERUSER_ID).opinion_ids
            self.assertEqual((opinion.state, opinion.author_name), ("favourable", "Maire"))
