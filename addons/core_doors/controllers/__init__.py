from . import binary, discuss, html_editor, webclient, websocket
