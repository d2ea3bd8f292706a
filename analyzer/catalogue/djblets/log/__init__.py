# Facts about djblets.log, written by generate.py.


TYPE_CHECKING = False
DEFAULT_LOG_LEVEL = 'DEBUG'


class TimedLogInfo:

    def done(self, *args, **kwargs): ...


class RequestLogFormatter:

    def format(self, *args, **kwargs): ...

    def format_request(self, *args, **kwargs): ...


class BlacklistFilter:

    def filter(self, *args, **kwargs): ...


def init_logging(*args, **kwargs): ...


def init_profile_logger(*args, **kwargs): ...


def restart_logging(*args, **kwargs): ...


def log_timed(*args, **kwargs): ...
