from . import privacy_processing
from . import privacy_processing_report
from . import privacy_processing_notice
