from . import auth, portal, website
