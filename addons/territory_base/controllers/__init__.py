from . import discuss, html_editor, webclient, websocket
