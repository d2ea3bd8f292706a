//! What runs around every view: the project's middleware.

use crate::facts::settings;
use crate::python::{Args, Evaluator, Span, Text, Value};

/// The entries of `MIDDLEWARE`, without Django's own.
pub(super) fn middleware(ev: &mut Evaluator) -> Vec<(Value, Span)> {
    let list = settings::setting(ev, "MIDDLEWARE");
    let mut found = Vec::new();
    for entry in ev.elements(&list).unwrap_or_default() {
        if let Value::Str(path) = &entry.value
            && !path.starts_with("django.")
        {
            found.push((ev.resolve(path), entry.at));
        }
    }
    found
}

/// What a view has found out about its request: whether somebody asked for its user, and whether
/// its session was changed.
pub(super) type Known = (bool, bool);

/// What is known of a request.
pub(super) fn known(request: &Value) -> Known {
    let Value::Instance(request) = request else { return (false, false) };
    let modified = match request.attrs.get("session") {
        Some(Value::Instance(session)) => session.attrs.get("modified").is_some(),
        _ => false,
    };
    (request.attrs.get("user").is_some(), modified)
}

/// Runs one middleware: a class with hooks, or a function that makes one. Its view has answered.
pub(super) fn run(ev: &mut Evaluator, made: &Value, request: &Value, at: Span) {
    let get_response = ev.resolve("django.http.get_response");
    let Ok(middleware) = ev.call(made, Args::of([get_response.clone()], at), at) else { return };
    let args = Args::of([request.clone()], at);
    let Value::Instance(instance) = &middleware else {
        ev.follow(&middleware, args, at);
        return;
    };
    for hook in ["process_request", "__call__", "process_view", "process_response"] {
        if instance.class.lookup(hook).is_none() {
            continue;
        }
        let name: Text = ev.intern(hook);
        let Ok(method) = ev.attribute(&middleware, &name, at) else { continue };
        let mut given = args.clone();
        if hook == "process_response" {
            let response = ev.call(&get_response, args.clone(), at).unwrap_or(Value::None);
            given = Args::of([request.clone(), response], at);
        }
        given.open = true;
        ev.follow(&method, given, at);
    }
}
