from . import test_mail_race
from . import test_mail_retry
