# Facts about django_otp, written by generate.py.


DEVICE_ID_SESSION_KEY = 'otp_device_id'


def login(*args, **kwargs): ...


def verify_token(*args, **kwargs): ...


def match_token(*args, **kwargs): ...


def devices_for_user(*args, **kwargs): ...


def user_has_device(*args, **kwargs): ...


def device_classes(*args, **kwargs): ...
