//! Managers and querysets: which model they belong to is known, and so is what each of their
//! methods asks of the database. A lookup `a__b__c` reads every table on its way.

use std::rc::Rc;

use super::rows::{self, THROUGH};
use super::{MANAGER, QUERYSET, model_of, related};
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call, Class, Instance};
use crate::python::schema::{Link, Shape};
use crate::python::trace::Touch;
use crate::python::value::{Item, Span, Text, Value};

/// Expressions inside each other in one query (`Q(...) & (Q(...) | ...)`).
const EXPRESSION_DEPTH_MAX: usize = 40;

/// Querysets that were derived from each other.
const CHAIN_MAX: usize = 200;

/// Attribute of a queryset: the one it was derived from.
const DERIVED_FROM: &str = "_derived_from";

/// Attribute of a queryset whose condition joins other tables.
const JOINED: &str = "_joined";

/// Attribute of a queryset that gives values and no rows.
const VALUES: &str = "_values";

/// A queryset of a manager, as its `get_queryset` makes it.
pub(crate) fn of_manager(ev: &mut Evaluator, manager: &Value, at: Span) -> Option<Value> {
    let name = ev.intern("_queryset_class");
    let Value::Class(class) = ev.attribute(manager, &name, at).ok()? else { return None };
    let queryset = ev.bare_instance(&class, Args::default(), at);
    let name = ev.intern("model");
    let model = ev.attribute(manager, &name, at).ok()?;
    if !matches!(model, Value::Class(_)) {
        return Some(Value::unknown("rows of a model that is not known", at));
    }
    ev.set_attribute(&queryset, &name, model, at);
    hand_on(ev, manager, &queryset, at);
    would_read(ev, &queryset, at);
    Some(queryset)
}

fn hand_on(ev: &mut Evaluator, from: &Value, to: &Value, at: Span) {
    if let Value::Instance(from) = from
        && let Some(through) = from.attrs.get(THROUGH)
    {
        let name = ev.intern(THROUGH);
        ev.set_attribute(to, &name, through, at);
    }
}

fn would_read(ev: &mut Evaluator, queryset: &Value, at: Span) {
    let (Value::Instance(query), Some(class)) = (queryset, model_of(queryset)) else { return };
    if let Some(shape) = ev.registry.schema.of(&class) {
        for table in &shape.tables {
            ev.would_read(query.serial, table, at);
        }
    }
}

/// A method of a queryset that the catalogue does not tell.
pub(crate) fn call(ev: &mut Evaluator, method: &str, args: &Args, at: Span) -> Option<Eval> {
    let (receiver, given) = args.positional.split_first()?;
    let receiver = receiver.value.clone();
    let Value::Instance(query) = &receiver else { return None };
    let given = Args { positional: given.to_vec(), ..args.clone() };
    if !ev.is_tracing() {
        return written_down(ev, method, query, given, at);
    }
    let Some(class) = model_of(&receiver).filter(|class| ev.registry.schema.of(class).is_some())
    else {
        ev.unseen(&format!("{method}() of a model that is not known"), at);
        return Some(Ok(Value::unknown("rows of a model that is not known", at)));
    };
    let method = method.strip_prefix('a').filter(|name| is_terminal(name)).unwrap_or(method);
    let at = ev.site.unwrap_or(at);
    Some(match method {
        "none" => Ok(derived(ev, query, false, at)),
        "get" | "earliest" | "latest" | "first" | "last" => {
            read(ev, query, &class, &given, at);
            let row = rows::row(ev, &class, at);
            let sure = matches!(method, "get" | "earliest" | "latest");
            Ok(if sure { row } else { Value::either(row, Value::None) })
        }
        "count" | "exists" | "aggregate" | "contains" | "in_bulk" | "explain" => {
            read(ev, query, &class, &given, at);
            Ok(Value::unknown("an answer of the database", at))
        }
        "create" | "get_or_create" | "update_or_create" => {
            create(ev, method, &receiver, &class, &given, at)
        }
        "bulk_create" | "bulk_update" | "update" => {
            consume(ev, query);
            selected(ev, query, &class, at);
            lookups(ev, &class, &given, at);
            rows::touch(ev, Touch::Write, &class, at);
            Ok(Value::unknown("rows that were changed", at))
        }
        "delete" => {
            delete_all(ev, query, &class, at);
            Ok(Value::unknown("how many rows were deleted", at))
        }
        "iterator" => {
            read(ev, query, &class, &given, at);
            Ok(receiver.clone())
        }
        "values" | "values_list" | "dates" | "datetimes" => {
            let made = chained(ev, query, &class, &given, at);
            mark(ev, &made, VALUES, at);
            Ok(made)
        }
        "select_related" if given.positional.is_empty() && !given.open => {
            joined(ev, &class, JOINED_MAX, at);
            Ok(chained(ev, query, &class, &Args::default(), at))
        }
        "select_related" | "prefetch_related" => {
            related(ev, &class, &given, at);
            Ok(chained(ev, query, &class, &Args::default(), at))
        }
        "select_for_update" => {
            rows::touch(ev, Touch::Lock, &class, at);
            Ok(chained(ev, query, &class, &given, at))
        }
        "filter" | "exclude" => Ok(filtered(ev, query, &class, &given, at)),
        _ => Ok(chained(ev, query, &class, &given, at)),
    })
}

/// Whether objects of a class are managers or querysets.
pub(crate) fn gives_rows(class: &Class) -> bool {
    class.descends_from(MANAGER) || class.descends_from(QUERYSET)
}

/// What a library's manager or queryset gives by a method of its own that the catalogue does not
/// tell: some of its rows, most likely.
pub(crate) fn rows_of(ev: &mut Evaluator, method: &str, args: &Args, at: Span) -> Option<Eval> {
    let (receiver, given) = args.positional.split_first()?;
    let Value::Instance(object) = &receiver.value else { return None };
    if !ev.is_tracing() || method.starts_with('_') || !gives_rows(&object.class) {
        return None;
    }
    let mut rows = receiver.value.clone();
    if object.class.descends_from(MANAGER) {
        let name = ev.intern("get_queryset");
        let make = ev.attribute(&rows, &name, at).ok()?;
        rows = ev.call(&make, Args::default(), at).ok()?;
    }
    let Value::Instance(query) = &rows else { return None };
    let class = model_of(&rows).filter(|class| ev.registry.schema.of(class).is_some())?;
    ev.unseen(&format!("what {method}() of a library does with rows"), at);
    let given = Args { positional: given.to_vec(), ..args.clone() };
    Some(Ok(chained(ev, query, &class, &given, at)))
}

fn filtered(
    ev: &mut Evaluator,
    query: &Rc<Instance>,
    class: &Rc<Class>,
    given: &Args,
    at: Span,
) -> Value {
    let made = chained(ev, query, class, given, at);
    if joins(ev, class, given, 0) {
        mark(ev, &made, JOINED, at);
    }
    made
}

fn mark(ev: &mut Evaluator, query: &Value, name: &str, at: Span) {
    let name = ev.intern(name);
    ev.set_attribute(query, &name, Value::Bool(true), at);
}

fn delete_all(ev: &mut Evaluator, query: &Rc<Instance>, class: &Rc<Class>, at: Span) {
    consume(ev, query);
    selected(ev, query, class, at);
    if !rows::is_deleted_unread(ev, class) {
        rows::touch(ev, Touch::Read, class, at);
    }
    let row = rows::row(ev, class, at);
    rows::signal(ev, "pre_delete", class, &row, at);
    rows::delete(ev, class, at);
    rows::signal(ev, "post_delete", class, &row, at);
}

/// Whether a condition needs more than the table itself and the keys in it.
fn joins(ev: &Evaluator, class: &Rc<Class>, args: &Args, depth: usize) -> bool {
    let Some(shape) = ev.registry.schema.of(class) else { return false };
    let crosses = |name: &str| {
        let (first, rest) = name.split_once("__").unwrap_or((name, ""));
        let own =
            matches!(rest, "" | "id" | "pk" | "exact" | "in" | "isnull" | "pk__in" | "id__in");
        shape.lookups.get(first).is_some_and(|link| link.many || !own)
    };
    let inside = |item: &Item| match &item.value {
        Value::Instance(q) => joins(ev, class, &q.args, depth + 1),
        Value::Call(call) if is_expression(call) => joins(ev, class, &call.args, depth + 1),
        _ => false,
    };
    depth < EXPRESSION_DEPTH_MAX
        && (args.named.iter().any(|(name, _)| crosses(name)) || args.positional.iter().any(inside))
}

/// What is changed is selected by a query of its own where its condition joins other tables.
fn selected(ev: &mut Evaluator, query: &Instance, class: &Rc<Class>, at: Span) {
    if query.attrs.get(JOINED).is_some() {
        rows::touch(ev, Touch::Read, class, at);
    }
}

/// A chain in the body of a class or a module: kept with its arguments, and asked when it is used.
fn written_down(
    ev: &mut Evaluator,
    method: &str,
    query: &Rc<Instance>,
    given: Args,
    at: Span,
) -> Option<Eval> {
    if is_terminal(method) || method.strip_prefix('a').is_some_and(is_terminal) {
        return None;
    }
    let made = derived(ev, query, true, at);
    if let Value::Instance(made) = &made {
        let method = ev.intern(method);
        let mut calls = query.calls.borrow().clone();
        calls.truncate(CHAIN_MAX);
        calls.push(ev.recorded(&method, given, at));
        made.calls.replace(calls);
    }
    Some(Ok(made))
}

fn is_terminal(name: &str) -> bool {
    matches!(
        name,
        "get"
            | "earliest"
            | "latest"
            | "first"
            | "last"
            | "count"
            | "exists"
            | "aggregate"
            | "contains"
            | "in_bulk"
            | "explain"
            | "create"
            | "get_or_create"
            | "update_or_create"
            | "bulk_create"
            | "bulk_update"
            | "update"
            | "delete"
            | "iterator"
    )
}

fn read(ev: &mut Evaluator, query: &Rc<Instance>, class: &Rc<Class>, given: &Args, at: Span) {
    replay(ev, query, class);
    lookups(ev, class, given, at);
    rows::touch(ev, Touch::Read, class, at);
}

/// The queryset that a method like `filter` gives.
fn chained(
    ev: &mut Evaluator,
    query: &Rc<Instance>,
    class: &Rc<Class>,
    given: &Args,
    at: Span,
) -> Value {
    replay(ev, query, class);
    lookups(ev, class, given, at);
    let made = derived(ev, query, true, at);
    would_read(ev, &made, at);
    made
}

/// A queryset from the body of a class is asked.
pub(crate) fn replayed(ev: &mut Evaluator, queryset: &Value) {
    if let (Value::Instance(query), Some(class)) = (queryset, model_of(queryset)) {
        replay(ev, query, &class);
    }
}

/// Asks what was written down in front of the first use of a chain.
fn replay(ev: &mut Evaluator, query: &Rc<Instance>, class: &Rc<Class>) {
    for call in query.calls.take() {
        if call.method.as_ref() == "select_related" && call.args.positional.is_empty() {
            joined(ev, class, JOINED_MAX, call.at);
        } else if matches!(&*call.method, "select_related" | "prefetch_related") {
            related(ev, class, &call.args, call.at);
        } else {
            lookups(ev, class, &call.args, call.at);
        }
        query.calls.borrow_mut().push(call);
    }
}

fn derived(ev: &mut Evaluator, query: &Rc<Instance>, reads: bool, at: Span) -> Value {
    let made = ev.bare_instance(&query.class, query.args.clone(), at);
    if let Value::Instance(instance) = &made {
        for (name, binding) in query.attrs.names.borrow().iter() {
            instance.attrs.set(name.clone(), binding.clone());
        }
    }
    if reads {
        let name = ev.intern(DERIVED_FROM);
        ev.set_attribute(&made, &name, Value::Instance(query.clone()), at);
    } else {
        consume(ev, query);
    }
    made
}

/// A queryset that is only handed on: whoever reads it says so.
pub(crate) fn lay_aside(ev: &mut Evaluator, value: &Value) {
    for alternative in value.alternatives() {
        if let Value::Instance(query) = &alternative.value
            && query.class.descends_from(QUERYSET)
        {
            consume(ev, query);
        }
    }
}

/// The database changes what the query selects, it hands nothing out.
fn consume(ev: &mut Evaluator, query: &Rc<Instance>) {
    let mut query = Some(query.clone());
    for _ in 0..CHAIN_MAX {
        let Some(current) = query else { return };
        ev.consume(current.serial);
        query = match current.attrs.get(DERIVED_FROM) {
            Some(Value::Instance(before)) => Some(before),
            _ => None,
        };
    }
}

fn create(
    ev: &mut Evaluator,
    method: &str,
    receiver: &Value,
    class: &Rc<Class>,
    given: &Args,
    at: Span,
) -> Eval {
    if let Value::Instance(query) = receiver {
        if let Some(Value::Str(through)) = query.attrs.get(THROUGH) {
            ev.touch(Touch::Write, &through, at);
            related::tell(ev, query, "add", at);
        }
        consume(ev, query);
    }
    if method != "create"
        && let Value::Instance(query) = receiver
    {
        read(ev, query, class, given, at);
    }
    let mut given = given.clone();
    given.named.retain(|(name, _)| &**name != "defaults" && !name.contains("__"));
    given.open = false;
    let row = ev.bare_instance(class, given, at);
    let save = ev.intern("save");
    let save = ev.attribute(&row, &save, at)?;
    let test = (method == "get_or_create").then_some(at);
    ev.perhaps(test, |ev| ev.follow(&save, Args::default(), at));
    if method == "create" {
        return Ok(row);
    }
    let created = Value::unknown("whether there was one already", at);
    Ok(Value::tuple(vec![Item::new(row, at), Item::new(created, at)]))
}

/// The elements of a queryset: any number of rows, or of values.
pub(crate) fn elements(ev: &mut Evaluator, value: &Value) -> Option<Vec<Item>> {
    let Value::Instance(query) = value else { return None };
    let class = model_of(value).filter(|_| query.class.descends_from(QUERYSET))?;
    let at = query.at;
    rows::touch(ev, Touch::Read, &class, at);
    let element = match query.attrs.get(VALUES) {
        Some(_) => Value::unknown("values of a row", at),
        None => rows::row(ev, &class, at),
    };
    Some(vec![Item { rest: true, ..Item::new(element, at) }])
}

/// `queryset[0]`, `queryset[:5]`.
pub(crate) fn subscript(ev: &mut Evaluator, value: &Value, index: Option<&Value>) -> Option<Eval> {
    match index {
        Some(_) => elements(ev, value)?.pop().map(|item| Ok(item.value)),
        None => elements(ev, value).map(|_| Ok(value.clone())),
    }
}

/// Follows every lookup among the arguments; each hop is a table that is read.
fn lookups(ev: &mut Evaluator, class: &Rc<Class>, args: &Args, at: Span) {
    expression(ev, class, args, at, 0);
}

fn expression(ev: &mut Evaluator, class: &Rc<Class>, args: &Args, at: Span, depth: usize) {
    if depth > EXPRESSION_DEPTH_MAX {
        return;
    }
    for (name, item) in &args.named {
        if name.contains("__") || depth == 0 || is_link(ev, class, name) {
            path(ev, class, name, at);
        }
        operand(ev, class, &item.value, item.at, depth);
    }
    for item in &args.positional {
        operand(ev, class, &item.value, item.at, depth);
    }
}

fn is_link(ev: &Evaluator, class: &Rc<Class>, name: &str) -> bool {
    ev.registry.schema.of(class).is_some_and(|shape| shape.lookups.contains_key(name))
}

fn operand(ev: &mut Evaluator, class: &Rc<Class>, value: &Value, at: Span, depth: usize) {
    match value {
        Value::Str(text) => path(ev, class, text, at),
        Value::Call(call) if is_expression(call) => {
            expression(ev, class, &call.args, at, depth + 1);
        }
        Value::Instance(instance) if instance.class.descends_from("django.db.models.Q") => {
            expression(ev, class, &instance.args, at, depth + 1);
        }
        Value::List(list) | Value::Tuple(list) if depth < EXPRESSION_DEPTH_MAX => {
            for item in list.items.borrow().clone() {
                operand(ev, class, &item.value, item.at, depth + 1);
            }
        }
        Value::Choice(alternatives) => {
            for alternative in alternatives.iter() {
                operand(ev, class, &alternative.value, at, depth + 1);
            }
        }
        _ => {}
    }
}

/// Whether a call makes a part of a query: `Q(...)`, `F(...)`, `Count(...)`, `Prefetch(...)`.
pub(crate) fn is_expression(call: &Call) -> bool {
    call.path().is_some_and(|path| path.starts_with("django.db.models."))
}

/// Reads the tables on the way of one lookup; `-created`, `a__b__icontains`, `a__b`.
fn path(ev: &mut Evaluator, class: &Rc<Class>, text: &Text, at: Span) {
    let mut class = class.clone();
    for (position, name) in text.trim_start_matches(['-', '+']).split("__").enumerate() {
        let Some(shape) = ev.registry.schema.of(&class) else { return };
        let Some(link) = shape.lookups.get(name).cloned() else { return };
        // `filter(customer=c)` compares the column and joins nothing; a many-to-many joins.
        let last = position == text.matches("__").count();
        rows::content_types(ev, &link, at);
        if let Some(through) = &link.through {
            ev.touch(Touch::Read, through, at);
        }
        let Some(to) = &link.to else { return };
        if !last || link.many || link.through.is_some() {
            rows::touch(ev, Touch::Read, to, at);
            hop(ev, &shape, &link, text, at);
        }
        class = to.clone();
    }
}

/// Notes that a lookup leads to another table, or through one between them.
fn hop(ev: &mut Evaluator, from: &Shape, link: &Link, lookup: &Text, at: Span) {
    let there = link.to.as_ref().and_then(|to| ev.registry.schema.of(to));
    let (Some(from), Some(to)) =
        (from.tables.first(), there.as_ref().and_then(|t| t.tables.first()))
    else {
        return;
    };
    let middle = link.through.as_ref();
    ev.hop(from, middle.unwrap_or(to), lookup, at);
    if let Some(middle) = middle {
        ev.hop(middle, to, lookup, at);
    }
}

/// Foreign keys in a row that `select_related()` without names follows
/// (`SQLCompiler.get_related_selections`).
const JOINED_MAX: u32 = 5;

/// What `select_related()` without names joins: the rows behind every foreign key that is never
/// empty, and behind theirs.
fn joined(ev: &mut Evaluator, class: &Rc<Class>, depth: u32, at: Span) {
    let Some(shape) = ev.registry.schema.of(class).filter(|_| depth > 0) else { return };
    for name in &shape.own_links {
        let Some(link) = shape.attributes.get(name).cloned() else { continue };
        if link.many || link.generic || link.null {
            continue;
        }
        let Some(to) = &link.to else { continue };
        rows::touch(ev, Touch::Read, to, at);
        hop(ev, &shape, &link, name, at);
        joined(ev, to, depth - 1, at);
    }
}

/// Rows that are joined or fetched along with others: `select_related`, `prefetch_related`.
fn related(ev: &mut Evaluator, class: &Rc<Class>, args: &Args, at: Span) {
    for item in &args.positional {
        let name = match &item.value {
            Value::Str(text) => text.clone(),
            Value::Call(call) => match call.args.get(0, "lookup") {
                Some(Value::Str(text)) => text.clone(),
                _ => continue,
            },
            _ => continue,
        };
        let mut class = class.clone();
        let lookup = name;
        for name in lookup.split("__") {
            let Some(shape) = ev.registry.schema.of(&class) else { break };
            let Some(link) = shape.attributes.get(name).cloned() else { break };
            rows::content_types(ev, &link, at);
            if let Some(through) = &link.through {
                ev.touch(Touch::Read, through, at);
            }
            let Some(to) = &link.to else { break };
            rows::touch(ev, Touch::Read, to, at);
            hop(ev, &shape, &link, &lookup, at);
            class = to.clone();
        }
    }
}
