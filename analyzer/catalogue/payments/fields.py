# Facts about payments.fields, written by generate.py.

from payments.core import get_credit_card_issuer


class CreditCardNumberField:

    def to_python(self, *args, **kwargs): ...

    def validate(self, *args, **kwargs): ...

    @staticmethod
    def cart_number_checksum_validation(*args, **kwargs): ...


class CreditCardExpiryField:

    def clean(self, *args, **kwargs): ...

    def compress(self, *args, **kwargs): ...


class CreditCardVerificationField:

    def validate(self, *args, **kwargs): ...


class CreditCardNameField:
    pass
