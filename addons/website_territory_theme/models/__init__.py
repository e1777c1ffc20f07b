from . import ir_http, website, website_visitor
