# Facts about post_office.models, written by generate.py.

from django.db import models
from post_office.fields import CommaSeparatedEmailField


class RecipientDeliveryStatus(models.IntegerChoices):
    ACCEPTED = RecipientDeliveryStatus.ACCEPTED
    DELIVERED = RecipientDeliveryStatus.DELIVERED
    OPENED = RecipientDeliveryStatus.OPENED
    CLICKED = RecipientDeliveryStatus.CLICKED
    DEFERRED = RecipientDeliveryStatus.DEFERRED
    SOFT_BOUNCED = RecipientDeliveryStatus.SOFT_BOUNCED
    UNDETERMINED_BOUNCED = RecipientDeliveryStatus.UNDETERMINED_BOUNCED
    HARD_BOUNCED = RecipientDeliveryStatus.HARD_BOUNCED
    SPAM_COMPLAINT = RecipientDeliveryStatus.SPAM_COMPLAINT
    UNSUBSCRIBED = RecipientDeliveryStatus.UNSUBSCRIBED


class Email(models.Model):
    from_email = models.CharField()
    to = CommaSeparatedEmailField()
    cc = CommaSeparatedEmailField()
    bcc = CommaSeparatedEmailField()
    subject = models.CharField()
    message = models.TextField()
    html_message = models.TextField()
    status = models.PositiveSmallIntegerField(null=True)
    recipient_delivery_status = models.PositiveSmallIntegerField(null=True)
    priority = models.PositiveSmallIntegerField(null=True)
    created = models.DateTimeField()
    last_updated = models.DateTimeField()
    scheduled_time = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    message_id = models.CharField(null=True)
    number_of_retries = models.PositiveIntegerField(null=True)
    headers = models.JSONField(null=True)
    template = models.ForeignKey("post_office.EmailTemplate", on_delete=models.CASCADE, null=True)
    context = models.JSONField(null=True)
    backend_alias = models.CharField()
    objects = models.Manager()

    class Meta:
        app_label = "post_office"


class Log(models.Model):
    email = models.ForeignKey("post_office.Email", on_delete=models.CASCADE, related_name="logs")
    date = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    exception_type = models.CharField()
    message = models.TextField()
    objects = models.Manager()

    class Meta:
        app_label = "post_office"


class EmailTemplateManager(models.Manager):

    def get_by_natural_key(self, *args, **kwargs): ...


class EmailTemplate(models.Model):
    name = models.CharField()
    description = models.TextField()
    created = models.DateTimeField()
    last_updated = models.DateTimeField()
    subject = models.CharField()
    content = models.TextField()
    html_content = models.TextField()
    language = models.CharField()
    default_template = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        related_name="translated_templates",
    )
    objects = EmailTemplateManager()

    class Meta:
        app_label = "post_office"


def get_upload_path(*args, **kwargs): ...


class Attachment(models.Model):
    file = models.FileField()
    name = models.CharField()
    emails = models.ManyToManyField("post_office.Email", related_name="attachments")
    mimetype = models.CharField()
    headers = models.JSONField(null=True)
    objects = models.Manager()

    class Meta:
        app_label = "post_office"
