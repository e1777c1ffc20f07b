from . import authentication, incoming, reply_text
