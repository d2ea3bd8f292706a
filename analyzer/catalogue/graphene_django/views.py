# Facts about graphene_django.views, written by generate.py.

from django.views.generic.base import View


MUTATION_ERRORS_FLAG = 'graphene_mutation_has_errors'


class HttpError:
    pass


def get_accepted_content_types(*args, **kwargs): ...


def instantiate_middleware(*args, **kwargs): ...


class GraphQLView(View):
    graphiql_template = 'graphene/graphiql.html'
    whatwg_fetch_version = '3.6.2'
    react_version = '17.0.2'
    graphiql_version = '2.4.7'
    subscriptions_transport_ws_version = '5.13.1'
    graphiql_plugin_explorer_version = '0.1.15'
    schema = None
    graphiql = False
    middleware = None
    root_value = None
    pretty = False
    batch = False
    subscription_path = None
    execution_context_class = None
    validation_rules = None

    def get_root_value(self, *args, **kwargs): ...

    def get_middleware(self, *args, **kwargs): ...

    def get_context(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def get_response(self, *args, **kwargs): ...

    def render_graphiql(self, *args, **kwargs): ...

    def json_encode(self, *args, **kwargs): ...

    def parse_body(self, *args, **kwargs): ...

    def execute_graphql_request(self, *args, **kwargs): ...

    @classmethod
    def can_display_graphiql(*args, **kwargs): ...

    @classmethod
    def request_wants_html(*args, **kwargs): ...

    @staticmethod
    def get_graphql_params(*args, **kwargs): ...

    @staticmethod
    def format_error(*args, **kwargs): ...

    @staticmethod
    def get_content_type(*args, **kwargs): ...
