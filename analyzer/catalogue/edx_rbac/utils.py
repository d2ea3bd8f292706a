# Facts about edx_rbac.utils, written by generate.py.


ALL_ACCESS_CONTEXT = '*'
IGNORE_INVALID_JWT_COOKIE_SETTING = 'RBAC_IGNORE_INVALID_JWT_COOKIE'


def request_user_has_implicit_access_via_jwt(*args, **kwargs): ...


def contexts_accessible_from_request(*args, **kwargs): ...


def contexts_accessible_from_jwt(*args, **kwargs): ...


def feature_roles_from_jwt(*args, **kwargs): ...


def user_has_access_via_database(*args, **kwargs): ...


def contexts_accessible_from_database(*args, **kwargs): ...


def create_role_auth_claim_for_user(*args, **kwargs): ...


def is_iterable(*args, **kwargs): ...


def set_from_collection_or_single_item(*args, **kwargs): ...


def get_decoded_jwt(*args, **kwargs): ...


def has_access_to_all(*args, **kwargs): ...
