from . import privacy_consent_text
from . import privacy_consent_version
from . import privacy_consent
from . import res_partner
