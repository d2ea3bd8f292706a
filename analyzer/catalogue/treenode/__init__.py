# Facts about treenode, written by generate.py.


class classproperty:
    pass
