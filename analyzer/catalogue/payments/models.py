# Facts about payments.models, written by generate.py.

from django.db import models
from payments import FraudStatus
from payments import PaymentStatus
from payments import PurchasedItem


TYPE_CHECKING = False


class PaymentAttributeProxy:
    pass


class BasePayment(models.Model):
    variant = models.CharField()
    status = models.CharField()
    fraud_status = models.CharField()
    fraud_message = models.TextField()
    created = models.DateTimeField()
    modified = models.DateTimeField()
    transaction_id = models.CharField()
    currency = models.CharField()
    total = models.DecimalField()
    delivery = models.DecimalField()
    tax = models.DecimalField()
    description = models.TextField()
    billing_first_name = models.CharField()
    billing_last_name = models.CharField()
    billing_address_1 = models.CharField()
    billing_address_2 = models.CharField()
    billing_city = models.CharField()
    billing_postcode = models.CharField()
    billing_country_code = models.CharField()
    billing_country_area = models.CharField()
    billing_email = models.EmailField()
    billing_phone = models.CharField()
    customer_ip_address = models.GenericIPAddressField(null=True)
    extra_data = models.TextField()
    message = models.TextField()
    token = models.CharField()
    captured_amount = models.DecimalField()

    class Meta:
        abstract = True
