# Written by hand. What a migration says of itself.


class Migration:
    operations = []
    dependencies = []
    run_before = []
    replaces = []
    initial = None
    atomic = True


def swappable_dependency(value):
    return (value.split(".", 1)[0], "__first__")
