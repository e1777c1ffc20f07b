from . import contribution
from . import contribution_list
from . import content_page
from . import image
from . import my_space
from . import offline
from . import page_editor
from . import reading
