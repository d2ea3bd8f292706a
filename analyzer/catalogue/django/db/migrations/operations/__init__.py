# Written by hand. The operations under the names that migration files use.

from django.db.migrations.operations.fields import AddField
from django.db.migrations.operations.fields import AlterField
from django.db.migrations.operations.fields import RemoveField
from django.db.migrations.operations.fields import RenameField
from django.db.migrations.operations.models import AddConstraint
from django.db.migrations.operations.models import AddIndex
from django.db.migrations.operations.models import AlterConstraint
from django.db.migrations.operations.models import AlterIndexTogether
from django.db.migrations.operations.models import AlterModelManagers
from django.db.migrations.operations.models import AlterModelOptions
from django.db.migrations.operations.models import AlterModelTable
from django.db.migrations.operations.models import AlterModelTableComment
from django.db.migrations.operations.models import AlterOrderWithRespectTo
from django.db.migrations.operations.models import AlterUniqueTogether
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.operations.models import DeleteModel
from django.db.migrations.operations.models import RemoveConstraint
from django.db.migrations.operations.models import RemoveIndex
from django.db.migrations.operations.models import RenameIndex
from django.db.migrations.operations.models import RenameModel
from django.db.migrations.operations.special import RunPython
from django.db.migrations.operations.special import RunSQL
from django.db.migrations.operations.special import SeparateDatabaseAndState
