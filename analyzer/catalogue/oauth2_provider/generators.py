# Facts about oauth2_provider.generators, written by generate.py.


class BaseHashGenerator:

    def hash(self, *args, **kwargs): ...


class ClientIdGenerator(BaseHashGenerator):

    def hash(self, *args, **kwargs): ...


class ClientSecretGenerator(BaseHashGenerator):

    def hash(self, *args, **kwargs): ...


def generate_client_id(*args, **kwargs): ...


def generate_client_secret(*args, **kwargs): ...
