from . import public_guard_limit
from . import public_guard
from . import public_guard_code
from . import public_guard_hit
from . import public_guard_token
from . import res_users
