# Facts about oauth2_provider.validators, written by generate.py.


class URIValidator:
    scheme_re = '^(?:[a-z][a-z0-9\\.\\-\\+]*)://'


class AllowedURIValidator(URIValidator):
    pass
