from . import ir_http
from . import territory_commune
from . import website
from . import website_message_mixin
from . import website_slug
from . import website_slug_mixin
