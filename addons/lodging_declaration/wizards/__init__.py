from . import lodging_contacts, lodging_import, lodging_import_line
