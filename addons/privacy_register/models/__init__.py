from . import privacy_processing
