from . import ir_http, website, website_assets, website_visitor
