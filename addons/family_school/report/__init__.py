from . import school_certificate
