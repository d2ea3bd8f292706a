//! A small language for maps in tests: models with references, and endpoints with what they use.
//! `maps/trading.map` shows and explains it.

use std::sync::Arc;

use analyzer::map::{
    Access, App, At, Certainty, Coverage, Endpoint, Field, Map, Model, Opaque, Project, Relation,
    RelationKind, SCHEMA, Segment, SegmentKind, Table,
};

/// The trading platform.
pub(crate) fn trading() -> Map {
    read(include_str!("maps/trading.map"))
}

/// Reads a map; a line that is not understood is a mistake in the test.
pub(crate) fn read(text: &str) -> Map {
    let mut world = World::default();
    for (number, line) in text.lines().enumerate() {
        let line_number = u32::try_from(number + 1).expect("a short file");
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "" | "#" => {}
            "app" => world.app(rest, true),
            "library" => world.app(rest, false),
            "model" => world.model(rest, line_number),
            "use" => world.endpoint(rest, line_number),
            "opaque" => world.opaque(rest, line_number),
            _ => panic!("line {line_number} starts with {word:?}"),
        }
    }
    SCHEMA.clone_into(&mut world.map.schema);
    world.map.project = Project {
        name: "platform".to_owned(),
        settings: "config.settings".to_owned(),
        root_urlconf: "config.urls".to_owned(),
    };
    world.map.coverage = Coverage { files: 96, parsed: 96, ..Coverage::default() };
    world.map.sort();
    world.map
}

/// A map with planted contexts: in each, tables hang together in a tree; a third of the tables
/// refer to a table of another context, and all refer to one user.
pub(crate) fn planted(contexts: usize, tables: usize) -> Map {
    let names = ["identity", "billing", "catalogue", "ordering", "shipping", "support", "search"];
    let app = |c: usize| match names.get(c) {
        Some(name) => (*name).to_owned(),
        None => format!("domain{c}"),
    };
    let words = ["account", "invoice_line", "price", "shipment_event", "ticket", "rate"];
    let model = |t: usize| format!("{}{t}", words[t % words.len()].replace('_', ""));
    let mut text = String::new();
    for c in 0..contexts {
        text.extend(["app ", &app(c), "\n"]);
        for t in 0..tables {
            let mut fields = Vec::new();
            if t > 0 {
                fields.push(format!("up -> {}.{} CASCADE", app(c), model((t - 1) / 2)));
            }
            if t % 3 == 2 {
                let (far, there) = ((c + 1 + t * t) % contexts, t * 7 % 5);
                fields.push(format!("far -> {}.{} PROTECT", app(far), model(there)));
            }
            if t % 4 == 1 && c > 0 {
                fields.push(format!("owner -> {}.{} SET_NULL", app(0), model(0)));
            }
            text.extend(["model ", &model(t), ": ", &fields.join(", "), "\n"]);
        }
    }
    read(&text)
}

#[derive(Default)]
struct World {
    map: Map,
    app: String,
    own: bool,
}

impl World {
    fn app(&mut self, label: &str, own: bool) {
        label.clone_into(&mut self.app);
        self.own = own;
        self.map.apps.push(App {
            label: label.to_owned(),
            name: if own { label.to_owned() } else { format!("django.contrib.{label}") },
            path: if own { label.to_owned() } else { String::new() },
            own,
            certainty: Certainty::Certain,
        });
    }

    fn at(&self, line: u32) -> At {
        At { file: format!("{}/models.py", self.app).into(), line }
    }

    fn model(&mut self, rest: &str, line: u32) {
        let (name, fields) = rest.split_once(':').expect("a colon after the name");
        let label = format!("{}.{name}", self.app);
        let mut model = Model {
            table: table(&label),
            proxy: false,
            managed: true,
            bases: vec!["django.db.models.Model".to_owned()],
            fields: Vec::new(),
            own: self.own,
            at: self.at(line),
            certainty: Certainty::Certain,
            label,
        };
        model.fields.push(self.field(&model.label, "id", "BigAutoField", line));
        for field in fields.split(',').map(str::trim).filter(|field| !field.is_empty()) {
            self.reference(&mut model, field, line);
        }
        self.map.tables.push(Table {
            name: model.table.clone(),
            owner: model.label.clone(),
            auto_m2m_of: None,
            columns: model.fields.iter().filter_map(|f| f.column.clone()).collect(),
        });
        self.map.models.push(model);
    }

    fn field(&self, label: &str, name: &str, kind: &str, line: u32) -> Field {
        let column = match kind {
            "ManyToManyField" => None,
            "BigAutoField" => Some(name.to_owned()),
            _ => Some(format!("{name}_id")),
        };
        Field {
            name: name.to_owned(),
            column,
            kind: kind.to_owned(),
            null: false,
            unique: kind != "ForeignKey",
            primary_key: kind == "BigAutoField",
            declared_in: label.to_owned(),
            at: self.at(line),
        }
    }

    fn reference(&mut self, model: &mut Model, text: &str, line: u32) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [name, "->", to, rule] = words[..] else { panic!("line {line}: {text:?}") };
        let (kind, class) = match rule {
            "m2m" => (RelationKind::M2m, "ManyToManyField"),
            "o2o" | "key" => (RelationKind::OneToOne, "OneToOneField"),
            "parent" => (RelationKind::Parent, "OneToOneField"),
            "generic" => (RelationKind::Generic, "GenericForeignKey"),
            _ => (RelationKind::Fk, "ForeignKey"),
        };
        let mut field = self.field(&model.label, name, class, line);
        if rule == "key" || rule == "parent" {
            model.fields.retain(|f| f.name != "id");
            field.primary_key = true;
        }
        model.fields.push(field);
        let base = format!("core.models.Owned{name}");
        let through = (rule == "m2m").then(|| format!("{}_{name}", model.label));
        if through.is_some() {
            self.map.tables.push(Table {
                name: format!("{}_{name}", model.table),
                owner: model.label.clone(),
                auto_m2m_of: Some(format!("{}.{name}", model.label)),
                columns: vec!["id".to_owned()],
            });
        }
        self.map.relations.push(Relation {
            from: model.label.clone(),
            field: name.to_owned(),
            to: to.to_owned(),
            kind,
            through,
            on_delete: match rule {
                "m2m" | "generic" => None,
                "CASCADE" | "PROTECT" | "SET_NULL" => Some(rule.to_owned()),
                _ => Some("CASCADE".to_owned()),
            },
            db_constraint: rule != "soft",
            declared_in: if rule == "base" { base } else { model.label.clone() },
            at: self.at(line),
        });
    }

    fn endpoint(&mut self, rest: &str, line: u32) {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let [app, methods, route, name, ref tables @ ..] = words[..] else {
            panic!("line {line}: {rest:?}")
        };
        let at = |file: &str| At { file: format!("{app}/{file}.py").into(), line };
        let mut endpoint = Endpoint {
            opaque: Vec::new(),
            route: route.to_owned(),
            segments: vec![Segment { kind: SegmentKind::Path, text: route.to_owned() }],
            methods: methods.split(',').map(str::to_owned).collect(),
            name: name.to_owned(),
            view: format!("{app}.views.{}", name.replace([':', '-'], "_")),
            action: Vec::new(),
            order: u32::try_from(self.map.endpoints.len()).expect("few"),
            app: app.to_owned(),
            at: at("urls"),
            view_at: Some(at("views")),
            certainty: Certainty::Certain,
            reads: Vec::new(),
            writes: Vec::new(),
        };
        let mut writes = false;
        for word in tables {
            match *word {
                "reads" => writes = false,
                "writes" => writes = true,
                table => {
                    let access = Arc::new(Access {
                        table: table.to_owned(),
                        certainty: Certainty::Certain,
                        via: vec![at("views")],
                        methods: Vec::new(),
                        path: Vec::new(),
                        deferred: false,
                        only_if: None,
                        seen: false,
                    });
                    if writes { endpoint.writes.push(access) } else { endpoint.reads.push(access) }
                }
            }
        }
        self.map.endpoints.push(endpoint);
    }

    fn opaque(&mut self, rest: &str, line: u32) {
        let (what, why) = rest.split_once(':').expect("what: why");
        let (what, why) = (what.to_owned(), why.trim().to_owned());
        self.map.opaque.push(Opaque { at: self.at(line), what, why });
    }
}

fn table(label: &str) -> String {
    let table = label.to_lowercase().replace('.', "_");
    match table.as_str() {
        "contenttypes_contenttype" => "django_content_type".to_owned(),
        "sessions_session" => "django_session".to_owned(),
        _ => table,
    }
}
