# Written by hand. The root of all operations; it does nothing.


class Operation:
    reversible = True
    elidable = False

    def state_forwards(self, app_label, state): ...

    def database_forwards(self, app_label, schema_editor, from_state, to_state): ...

    def database_backwards(self, app_label, schema_editor, from_state, to_state): ...
