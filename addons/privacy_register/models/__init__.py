from . import privacy_processing, res_company
