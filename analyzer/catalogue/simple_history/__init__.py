# Written by hand.
# Facts about simple_history: a model may be given its history from outside.


def register(
    model, app=None, manager_name="history", records_class=None, table_name=None, **config
):
    from simple_history import models

    records = (records_class or models.HistoricalRecords)(**config)
    records.manager_name = manager_name
    records.table_name = table_name
    records.module = app + ".models" if app else model.__module__
    records.cls = model
    records.finalize(model)
