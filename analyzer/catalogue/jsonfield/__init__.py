# Facts about jsonfield, written by generate.py.

from jsonfield.fields import JSONCharField
from jsonfield.fields import JSONField
