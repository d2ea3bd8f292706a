# Facts about captcha.views, written by generate.py.

from captcha.models import CaptchaStore


DISTANCE_FROM_TOP = 4


def getsize(*args, **kwargs): ...


def makeimg(*args, **kwargs): ...


def add_noise(*args, **kwargs): ...


def captcha_image(*args, **kwargs): ...


def captcha_audio(*args, **kwargs): ...


def captcha_refresh(*args, **kwargs): ...
