from . import procedure_price_correction
