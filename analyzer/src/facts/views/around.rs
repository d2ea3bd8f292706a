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

/// Whether somebody has asked the request for its user.
pub(super) fn user_is_known(request: &Value) -> bool {
    matches!(request, Value::Instance(request) if request.attrs.get("user").is_some())
}

/// Runs one middleware: a class with hooks, or a function that makes one. Its view has answered.
pub(super) fn run(ev: &mut Evaluator, made: &Value, request: &Value, at: Span) {
    let get_response = ev.resolve("django.http.get_response");
    let Ok(middleware) = ev.call(made, Args::of([get_response.clone()], at), at) else { return };
    let args = Args::of([request.clone()], at);
    let Value::Instance(instance) = &middleware else {
        drop(ev.call(&middleware, args, at));
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
        drop(ev.call(&method, given, at));
    }
}
