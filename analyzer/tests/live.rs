//! A database beside models and migrations: each way to disagree, and who of the three says what.

use std::fs;

use analyzer::live::{self, Database, ForeignKey, Kind, Relation};
use analyzer::{Options, analyze};

const MODELS: &str = "
from django.db import models


class Account(models.Model):
    pass


class Order(models.Model):
    account = models.ForeignKey(Account, models.CASCADE)
    note = models.TextField()
    word = models.TextField()
";

const MIGRATION: &str = "
from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel('Account', [('id', models.AutoField(primary_key=True))]),
        migrations.CreateModel(
            'Order',
            [
                ('id', models.AutoField(primary_key=True)),
                ('account', models.ForeignKey('shop.account', models.CASCADE)),
                ('note', models.TextField()),
                ('word', models.TextField()),
            ],
        ),
        migrations.RunSQL('CREATE TABLE shop_archive (id int)'),
    ]
";

fn relation(name: &str, columns: &[(&str, bool)]) -> Relation {
    Relation {
        name: name.to_owned(),
        kind: Kind::Table,
        columns: columns.iter().map(|(name, null)| ((*name).to_owned(), *null)).collect(),
        reads: Vec::new(),
        rows: None,
        bytes: 0,
        scans: 0,
        changes: 0,
    }
}

fn found(database: Database) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = "INSTALLED_APPS = ['shop']\nROOT_URLCONF = 'none'\n";
    let files = [
        ("settings.py", settings),
        ("shop/__init__.py", ""),
        ("shop/models.py", MODELS),
        ("shop/migrations/__init__.py", ""),
        ("shop/migrations/0001_initial.py", MIGRATION),
    ];
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let options = Options { settings: Some("settings".to_owned()), ..Options::default() };
    let mut map = analyze(folder.path(), &options).expect("it can be analyzed");
    live::join(&mut map, database);
    let live = map.drift.iter().filter(|drift| drift.code.starts_with("AN03"));
    live.map(|d| format!("{} {}:{} {}", d.code, d.at.file, d.at.line, d.message)).collect()
}

fn database(order: &[(&str, bool)], keyed: bool) -> Database {
    let key = ForeignKey {
        from: "shop_order".to_owned(),
        columns: vec!["account_id".to_owned()],
        to: "shop_account".to_owned(),
    };
    Database {
        relations: vec![relation("shop_account", &[("id", false)]), relation("shop_order", order)],
        foreign_keys: if keyed { vec![key] } else { Vec::new() },
        ..Database::default()
    }
}

const ORDER: [(&str, bool); 4] =
    [("id", false), ("account_id", false), ("note", false), ("word", false)];

#[test]
fn three_that_agree_are_silent() {
    assert_eq!(found(database(&ORDER, true)), [""; 0]);
}

#[test]
fn what_no_model_owns_is_an030() {
    let mut database = database(&ORDER, true);
    database.relations.push(relation("shop_archive", &[("id", true)]));
    database.relations.push(relation("somebody", &[("id", true)]));
    database.relations.push(relation("django_migrations", &[("id", true)]));
    let expected = [
        "AN030 <database>:1 the database has the table shop_archive; a migration makes it, no \
         model owns it",
        "AN030 <database>:1 the database has the table somebody; no migration makes it, no model \
         owns it",
    ];
    assert_eq!(found(database), expected);
}

#[test]
fn what_the_database_lacks_is_an031() {
    let found = found(database(&ORDER[..3], true));
    let lacks = "the database lacks the column shop_order.word; a migration makes it";
    assert_eq!(found, [format!("AN031 shop/models.py:12 {lacks}")]);
}

#[test]
fn what_both_know_otherwise_is_an032() {
    let mut order = ORDER;
    order[2].1 = true;
    let enforced = "shop_order.account_id refers to shop.Account, and the database does not \
                    enforce it";
    let null = "shop_order.note: may not be NULL, in the database may be NULL";
    let expected =
        [format!("AN032 shop/models.py:10 {enforced}"), format!("AN032 shop/models.py:11 {null}")];
    assert_eq!(found(database(&order, false)), expected);
}
