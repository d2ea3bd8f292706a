//! Questions that the catalogue's handwritten stubs ask about values, as the module `outgrow`.

use crate::python::evaluator::Eval;
use crate::python::object::Args;
use crate::python::value::Value;

/// Answers a question.
pub(super) fn call(path: &str, args: &Args) -> Option<Eval> {
    match path {
        // `isinstance` cannot decide what a call without source gave; a stub may want a guess.
        "outgrow.surely_list" => {
            let list = matches!(args.get(0, "value"), Some(Value::List(_) | Value::Tuple(_)));
            Some(Ok(Value::Bool(list)))
        }
        "outgrow.surely_instance" => {
            let class = args.get(1, "of")?.as_class()?.path();
            let instance = matches!(
                args.get(0, "value"),
                Some(Value::Instance(instance)) if instance.class.descends_from(&class)
            );
            Some(Ok(Value::Bool(instance)))
        }
        _ => None,
    }
}
