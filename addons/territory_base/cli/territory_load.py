import sys

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.exceptions import UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.tools import config


class Territory_Load(Command):
    """Load the territory (communes, topics, services, opening hours, intercommunality)"""

    name = "territory_load"

    def run(self, args):
        self.parser.add_argument("-c", "--config", help="configuration file")
        self.parser.add_argument("-d", "--database", help="name of the database")
        self.parser.add_argument(
            "--check", action="store_true", help="tell what is wrong and what would be done"
        )
        self.parser.add_argument("folder", help="folder of communes.csv, services.csv…")
        options = self.parser.parse_args(args)
        config_args = ["--no-http"]
        if options.config:
            config_args += ["-c", options.config]
        if options.database:
            config_args += ["-d", options.database]
        config.parse_config(config_args, setup_logging=True)
        if len(config["db_name"]) != 1:
            self.parser.error("name one database: -d DATABASE")
        with Registry(config["db_name"][0]).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {"lang": "fr_FR"})
            loader = env["territory.loader"]
            try:
                report = loader._load_folder(options.folder, check=options.check)
            except (UserError, ValidationError) as error:
                cr.rollback()
                sys.exit(str(error))
            sys.stdout.write(loader._format_report(report))
            if options.check:
                sys.stdout.write(env._("Nothing was written.") + "\n")
