import os
import sys

import psycopg2

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

from odoo.addons.core_doors.exceptions import FileNotKept
from odoo.addons.procedure_mailgateway.tools.limits import TooHeavy, set_limits

MEGABYTE = 1024 * 1024


class Mail_Receive(Command):
    """Hand one e-mail, read on the standard input, to the platform: a pipe for the mail server

    Ends with the codes that mail servers know: 65, this message is not read; 67, nobody at this
    address; 75, try again later.
    """

    name = "mail_receive"

    def run(self, args):
        self.parser.add_argument("-c", "--config", help="configuration file")
        self.parser.add_argument("-d", "--database", help="name of the database")
        options = self.parser.parse_args(args)
        config_args = ["--no-http"]
        if options.config:
            config_args += ["-c", options.config]
        if options.database:
            config_args += ["-d", options.database]
        config.parse_config(config_args, setup_logging=True)
        if len(config["db_name"]) != 1:
            self.parser.error("name one database: -d DATABASE")
        set_limits()
        try:
            with Registry(config["db_name"][0]).cursor() as cr:
                self._receive(Environment(cr, SUPERUSER_ID, {}))
        except ValueError as error:
            if "No possible route" in str(error):
                sys.exit(os.EX_NOUSER)
            raise
        except (MemoryError, TooHeavy):
            sys.exit(os.EX_DATAERR)
        # The database is away, two deliveries at once, the disk is full.
        except (psycopg2.OperationalError, FileNotKept):
            sys.exit(os.EX_TEMPFAIL)

    def _receive(self, env):
        """Of a message that is too big, no more is read than what shows it."""
        maximum = env["procedure.mail.gateway"]._get_max_megabytes() * MEGABYTE
        env["mail.thread"].message_process(None, sys.stdin.buffer.read(maximum + 1))
