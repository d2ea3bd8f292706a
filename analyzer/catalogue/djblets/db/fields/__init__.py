# Facts about djblets.db.fields, written by generate.py.

from djblets.db.fields.base64_field import Base64DecodedValue
from djblets.db.fields.base64_field import Base64Field
from djblets.db.fields.base64_field import Base64FieldCreator
from djblets.db.fields.comma_separated_values_field import CommaSeparatedValuesField
from djblets.db.fields.counter_field import CounterField
from djblets.db.fields.json_field import JSONField
from djblets.db.fields.json_field import JSONFormField
from djblets.db.fields.modification_timestamp_field import ModificationTimestampField
from djblets.db.fields.relation_counter_field import RelationCounterField
