from odoo import fields


class OptionalInteger(fields.Integer):
    """A whole number that may be missing: empty is not 0, which `fields.Integer` reads for both.

    Empty is None in Python, `False` for those who read by RPC, NULL in the database.
    """

    falsy_value = None
    aggregator = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return self.convert_to_cache(value, record, validate)

    def convert_to_cache(self, value, record, validate=True):
        return None if value is None or value is False or value == "" else int(value)

    def convert_to_record(self, value, record):
        return value

    def convert_to_read(self, value, record, use_display_name=True):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is None else value
