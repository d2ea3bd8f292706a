# Facts about mailer.models, written by generate.py.

from django.db import models


PRIORITY_HIGH = 1
PRIORITY_MEDIUM = 2
PRIORITY_LOW = 3
PRIORITY_DEFERRED = 4
PRIORITIES = [(1, 'high'), (2, 'medium'), (3, 'low'), (4, 'deferred')]
PRIORITY_MAPPING = {'high': 1, 'medium': 2, 'low': 3, 'deferred': 4}
RESULT_SUCCESS = '1'
RESULT_DONT_SEND = '2'
RESULT_FAILURE = '3'


class BigAutoModel(models.Model):

    class Meta:
        abstract = True


def get_message_id(*args, **kwargs): ...


class MessageManager(models.Manager):

    def high_priority(self, *args, **kwargs): ...

    def medium_priority(self, *args, **kwargs): ...

    def low_priority(self, *args, **kwargs): ...

    def non_deferred(self, *args, **kwargs): ...

    def deferred(self, *args, **kwargs): ...

    def retry_deferred(self, *args, **kwargs): ...


def email_to_db(*args, **kwargs): ...


def db_to_email(*args, **kwargs): ...


class Message(BigAutoModel):
    message_data = models.TextField()
    when_added = models.DateTimeField()
    priority = models.PositiveSmallIntegerField()
    retry_count = models.IntegerField()
    objects = MessageManager()


def filter_recipient_list(*args, **kwargs): ...


def make_message(*args, **kwargs): ...


class DontSendEntryManager(models.Manager):

    def has_address(self, *args, **kwargs): ...


class DontSendEntry(BigAutoModel):
    to_address = models.EmailField()
    when_added = models.DateTimeField()
    objects = DontSendEntryManager()


class MessageLogManager(models.Manager):

    def log(self, *args, **kwargs): ...

    def purge_old_entries(self, *args, **kwargs): ...


class MessageLog(BigAutoModel):
    message_data = models.TextField(null=True)
    message_id = models.TextField(null=True)
    when_added = models.DateTimeField()
    priority = models.PositiveSmallIntegerField()
    when_attempted = models.DateTimeField()
    result = models.CharField()
    log_message = models.TextField()
    objects = MessageLogManager()
