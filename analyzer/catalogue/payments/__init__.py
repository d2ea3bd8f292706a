# Facts about payments, written by generate.py.


TYPE_CHECKING = False


class PurchasedItem:
    pass


class PaymentStatus:
    WAITING = 'waiting'
    PREAUTH = 'preauth'
    CONFIRMED = 'confirmed'
    REJECTED = 'rejected'
    REFUNDED = 'refunded'
    ERROR = 'error'
    INPUT = 'input'
    CANCELLED = 'cancelled'


class FraudStatus:
    UNKNOWN = 'unknown'
    ACCEPT = 'accept'
    REJECT = 'reject'
    REVIEW = 'review'


class RedirectNeeded:
    pass


class PaymentError:
    pass


class ExternalPostNeeded:
    pass


def get_payment_model(*args, **kwargs): ...
