//! Calls: parameters are bound as Python binds them, the body is evaluated within budgets.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use ruff_python_ast::{Parameters, Stmt};

use super::attributes::{DECORATORS_MAX, decorated, unwrap_decorated};
use super::dull::Watch;
use super::evaluator::{
    CALL_DEPTH_MAX, Eval, Evaluator, Frame, FrameKind, RECURSION_MAX, RECURSION_UNDECIDED_MAX,
};
use super::garbage::Made;
use super::intrinsics;
use super::object::{
    Args, Base, Binding, Body, Bound, Call, Class, Descriptor, Function, Instance, Member, Origin,
    Recorded, Scope, SuperOf,
};
use super::statements::Flow;
use super::value::{Alternative, Cond, Item, Key, Span, TOO_MANY, Text, Value};

/// Results (a count) that a function with a cache remembers: one with more is asked about objects
/// of requests, which come no second time.
const REMEMBERED_MAX: usize = 300;

impl Evaluator {
    /// Calls a value.
    ///
    /// # Errors
    /// The exception, if the call surely raises one.
    pub fn call(&mut self, callee: &Value, args: Args, at: Span) -> Eval {
        if !self.step(at) {
            return Ok(Value::unknown("evaluation budget used up", at));
        }
        match callee {
            Value::Function(function) => self.call_source(function, None, args, at),
            Value::Bound(bound) => {
                self.call_source(&bound.function, Some(bound.receiver.clone()), args, at)
            }
            Value::Class(class) => self.instantiate(class, args, at),
            Value::External(path) => {
                let path = path.clone();
                match intrinsics::call(self, &path, &args, at) {
                    Some(result) => result,
                    None => Ok(self.opaque_call(callee, args, at)),
                }
            }
            Value::Member(member) => self.call_member(member, args, at),
            Value::Choice(alternatives) => {
                let test = are_different(alternatives).then_some(at);
                self.perhaps(test, |ev| {
                    ev.map_choice(alternatives, |ev, callee| ev.call(callee, args.clone(), at))
                })
            }
            Value::Instance(instance) => match instance.class.lookup("__call__") {
                Some((_, binding)) => {
                    let method = self.bind_attribute(&binding.value, callee);
                    self.call(&method, args, at)
                }
                None => Ok(self.opaque_call(callee, args, at)),
            },
            Value::Descriptor(descriptor) => {
                let inner = descriptor.inner.clone();
                self.call(&inner, args, at)
            }
            // Calling what a decorator without source made: most likely the decorated function.
            Value::Call(call) => match intrinsics::call_result(self, call, &args, at) {
                Some(result) => result,
                None => match unwrap_decorated(callee) {
                    Some(inner) if !decorates(&args) => self.call(&inner, args, at),
                    _ => Ok(self.opaque_call(callee, args, at)),
                },
            },
            Value::Unknown(unknown) => {
                if self.is_tracing() {
                    if *unknown.why == *TOO_MANY {
                        self.unseen("a call of one of too many", at);
                    }
                    intrinsics::handed_on(self, callee, &args, at);
                }
                Ok(Value::absorbed(unknown))
            }
            _ => self.raise("TypeError", &format!("{callee:?} is not callable"), at),
        }
    }

    /// Calls a function whose source we have, from a place.
    fn call_source(
        &mut self,
        function: &Rc<Function>,
        receiver: Option<Value>,
        args: Args,
        at: Span,
    ) -> Eval {
        let site = self.enter(function, at);
        let told = function.module.origin == Origin::Catalogue;
        let result = match function.attrs.binding(ATOMIC) {
            _ if !self.is_tracing() || told => self.call_function(function, receiver, args),
            Some(atomic) => self.on_the_way(at, |ev| {
                ev.in_atomic(atomic.at, |ev| ev.call_function(function, receiver, args))
            }),
            None => self.on_the_way(at, |ev| ev.call_function(function, receiver, args)),
        };
        self.site = site;
        result
    }

    /// Notes where own code called into the catalogue: what is made in there counts as made here.
    fn enter(&mut self, function: &Function, at: Span) -> Option<Span> {
        let inner = match function.module.origin {
            Origin::Catalogue => self.site.or(Some(at)),
            Origin::Own | Origin::Library => None,
        };
        std::mem::replace(&mut self.site, inner)
    }

    /// The result of a call whose callee is not seen: kept with its arguments.
    pub(crate) fn opaque_call(&mut self, callee: &Value, args: Args, at: Span) -> Value {
        let call = Rc::new(Call {
            callee: callee.clone(),
            args,
            at: self.site.unwrap_or(at),
            cond: self.cond.clone(),
            attrs: Scope::default(),
            calls: RefCell::default(),
            serial: self.next_serial(),
        });
        self.made(|| Made::Call(Rc::downgrade(&call)));
        if let Some(trace) = &mut self.traced {
            trace.keep(&call);
            intrinsics::traced_call(self, &call);
        }
        Value::Call(call)
    }

    fn call_member(&mut self, member: &Rc<Member>, args: Args, at: Span) -> Eval {
        if let Some(result) = intrinsics::method(self, member, &args, at) {
            return result;
        }
        match &member.base {
            Value::Call(call) => self.record(call.serial, &call.calls, &member.name, &args, at),
            Value::Instance(instance) => {
                self.record(instance.serial, &instance.calls, &member.name, &args, at);
            }
            _ => {}
        }
        Ok(self.opaque_call(&Value::Member(member.clone()), args, at))
    }

    /// Keeps a call of a method of the object with this number.
    fn record(
        &self,
        serial: u32,
        calls: &RefCell<Vec<Recorded>>,
        method: &Text,
        args: &Args,
        at: Span,
    ) {
        if self.traced.as_ref().is_none_or(|trace| serial > trace.made_before) {
            calls.borrow_mut().push(self.recorded(method, args.clone(), at));
        }
    }

    fn instantiate(&mut self, class: &Rc<Class>, args: Args, at: Span) -> Eval {
        if let Some(result) = intrinsics::construct(self, class, &args, at) {
            return result;
        }
        if let Some(metaclass) = Self::metaclass_of(class)
            && let Some((owner, binding)) = metaclass.lookup("__call__")
            && owner.home.origin != Origin::Catalogue
        {
            let method = self.bind_attribute(&binding.value, &Value::Class(class.clone()));
            return self.call(&method, args, at);
        }
        self.make_instance(class, args, at)
    }

    /// Makes an object as `type.__call__` does.
    pub(crate) fn make_instance(&mut self, class: &Rc<Class>, args: Args, at: Span) -> Eval {
        let value = match self.constructed(class, &args, at)? {
            Some(value @ Value::Instance(_)) => value,
            // A constructor that gives something else has the last word.
            Some(other) if !other.is_unknown() => return Ok(other),
            _ => self.bare_instance(class, args.clone(), at),
        };
        if !matches!(&value, Value::Instance(made) if Rc::ptr_eq(&made.class, class)) {
            return Ok(value);
        }
        if let Some((_, binding)) = class.lookup("__init__") {
            let init = self.bind_attribute(&binding.value, &value);
            self.call(&init, args, at)?;
        } else if let Value::Instance(made) = &value {
            intrinsics::fill(self, made, &args, at);
        }
        Ok(value)
    }

    /// What the class's own `__new__` gives, if it has one.
    fn constructed(&mut self, class: &Rc<Class>, args: &Args, at: Span) -> Eval<Option<Value>> {
        let Some((owner, binding)) = class.lookup("__new__") else { return Ok(None) };
        if owner.home.origin == Origin::Catalogue {
            return Ok(None);
        }
        let function = match &binding.value {
            Value::Descriptor(descriptor) => descriptor.inner.clone(),
            other => other.clone(),
        };
        let mut given = args.clone();
        given.positional.insert(0, Item::new(Value::Class(class.clone()), at));
        self.call(&function, given, at).map(Some)
    }

    /// An object of the class, before `__init__`.
    pub(crate) fn bare_instance(&mut self, class: &Rc<Class>, args: Args, at: Span) -> Value {
        let made = Rc::new(Instance {
            class: class.clone(),
            args,
            at: self.site.unwrap_or(at),
            cond: self.cond.clone(),
            attrs: Scope::default(),
            calls: RefCell::default(),
            held: OnceCell::new(),
            serial: self.next_serial(),
        });
        self.made(|| Made::Instance(Rc::downgrade(&made)));
        Value::Instance(made)
    }

    /// Calls a function whose source we have.
    ///
    /// # Errors
    /// The exception, if the call surely raises one.
    pub fn call_function(
        &mut self,
        function: &Rc<Function>,
        receiver: Option<Value>,
        mut args: Args,
    ) -> Eval {
        let memo = function.memo.get();
        let memo = memo.and_then(|memo| Some((memo, memo_key(receiver.as_ref(), &args)?)));
        if let Some((memo, key)) = &memo
            && let Some((known, ..)) = memo.borrow().get(key)
        {
            return Ok(known.clone());
        }
        let memo = memo.map(|(memo, key)| (memo, key, receiver.clone(), args.clone()));
        let watched = match self.watch(function, receiver.as_ref(), &args) {
            Some(Watch::Known(known)) => return Ok(known),
            Some(Watch::Like(like)) => Some((like, receiver.clone(), args.clone())),
            None => None,
        };
        let events = self.traced.as_ref().map_or(0, |trace| trace.events);
        let on = receiver.as_ref().and_then(Value::identity);
        let calls = self.active.iter().zip(&self.receivers);
        let (mut active, mut itself) = (0, on.is_none());
        for (_, other) in calls.filter(|(f, _)| Rc::ptr_eq(f, function)) {
            active += 1;
            itself |= *other == on;
        }
        let most = if self.cond.is_always() { RECURSION_MAX } else { RECURSION_UNDECIDED_MAX };
        if self.call_depth >= CALL_DEPTH_MAX || active >= most {
            self.refused(function);
            if active == 0 {
                self.unseen("calls nested too deep to follow", function.at);
            }
            return Ok(Value::unknown("calls nested too deep to follow", function.at));
        }
        let summary = match self.summary(function, receiver.as_ref(), &args, active) {
            Ok(known) => {
                self.watched(function, watched, events, Some(known.clone()));
                return Ok(known);
            }
            Err(summary) => summary,
        };
        if let Some(receiver) = &receiver {
            args.positional.insert(0, Item::new(receiver.clone(), function.at));
        }
        let receiver = receiver.or_else(|| args.positional.first().map(|i| i.value.clone()));
        self.call_depth += 1;
        let allowed = self.lower_budget(active, itself);
        self.active.push(function.clone());
        self.receivers.push(on);
        let scope: Rc<Scope> = Rc::default();
        let result = self.perhaps(None, |ev| ev.call_body(function, &scope, receiver, args));
        scope.let_go();
        if Rc::strong_count(&scope) > 1 {
            self.made(|| Made::Scope(Rc::downgrade(&scope)));
        }
        drop(scope);
        self.summarise(function, summary, &result);
        self.receivers.pop();
        self.active.pop();
        self.steps_allowed = allowed;
        self.call_depth -= 1;
        if let (Some((memo, key, receiver, args)), Ok(value)) = (memo, &result)
            && memo.borrow().len() < REMEMBERED_MAX
        {
            memo.borrow_mut().insert(key, (value.clone(), receiver, args));
        }
        self.watched(function, watched, events, result.as_ref().ok().cloned());
        result
    }

    fn call_body(
        &mut self,
        function: &Rc<Function>,
        scope: &Rc<Scope>,
        receiver: Option<Value>,
        args: Args,
    ) -> Eval {
        let mut frame = Frame {
            kind: FrameKind::Function,
            module: function.module.clone(),
            scope: scope.clone(),
            closure: function.closure.clone(),
            qualname: function.qualname.clone(),
            local: true,
            globals: Vec::new(),
            nonlocals: Vec::new(),
            returns: Vec::new(),
            yields: None,
            function: Some(function.clone()),
            receiver,
            tries: 0,
        };
        let ast = function.module.ast.clone();
        let flow = match &function.body {
            Body::Lambda(lambda) => {
                let lambda = lambda.clone();
                if let Some(parameters) = &lambda.parameters {
                    self.bind_parameters(&frame, function, parameters, args);
                }
                self.lambda_body(&mut frame, &lambda.body)?
            }
            Body::Def(offset) => {
                let Some(def) = ast.as_deref().and_then(|ast| ast.function(*offset)) else {
                    return Ok(Value::unknown("a function without a body", function.at));
                };
                if function.module.origin == Origin::Catalogue && is_untold(&def.body) {
                    return self.call_untold(function, args);
                }
                function.module.entered.borrow_mut().insert(*offset);
                self.bind_parameters(&frame, function, &def.parameters, args);
                match self.run(&mut frame, &def.body) {
                    // An undecided `return` before it may have prevented the exception.
                    Err(_) if !frame.returns.is_empty() => {
                        return Ok(Value::choice(frame.returns));
                    }
                    flow => flow?,
                }
            }
        };
        if let Some(yields) = frame.yields {
            return Ok(Value::list(yields));
        }
        let last = match flow {
            Flow::Return(value) => value,
            _ => Value::None,
        };
        if frame.returns.is_empty() {
            return Ok(last);
        }
        // An undecided early `return` without a value says nothing about the result.
        let mut returns = frame.returns;
        returns.push(Alternative { value: last, cond: Cond::default() });
        Ok(Value::choice(returns))
    }

    /// A library's class does in a method what the class does that it extends, and something of its
    /// own of which the catalogue tells nothing: more routes of an admin class, other rows of a
    /// manager, a step more of a view.
    fn call_overridden(&mut self, function: &Rc<Function>, args: &Args, at: Span) -> Option<Eval> {
        let (receiver, rest) = args.positional.split_first()?;
        let Value::Instance(object) = &receiver.value else { return None };
        let rows = intrinsics::gives_rows(&object.class);
        if &*function.name != "get_urls" && !rows && !self.is_tracing() {
            return None;
        }
        let name = function.name.clone();
        let owner = object.class.mro().iter().find_map(|base| match base {
            Base::Class(class) => match class.scope.get(&name) {
                Some(Value::Function(own)) if Rc::ptr_eq(&own, function) => Some(class.clone()),
                _ => None,
            },
            _ => None,
        })?;
        let of = SuperOf { after: owner, receiver: receiver.value.clone() };
        let next @ Value::Bound(_) = self.super_attribute(&of, &name, at).ok()? else {
            return None;
        };
        let args = Args { positional: rest.to_vec(), ..args.clone() };
        if self.is_tracing() && !rows {
            intrinsics::handed_on(self, &Value::External(function.path()), &args, at);
        }
        Some(self.call(&next, args, at))
    }

    /// Calls a function of which the catalogue tells only that it exists.
    fn call_untold(&mut self, function: &Rc<Function>, args: Args) -> Eval {
        let at = args.positional.last().map_or(function.at, |item| item.at);
        let path = function.path();
        if let Some(result) = intrinsics::call(self, &path, &args, at) {
            return result;
        }
        if let Some(result) = self.call_overridden(function, &args, at) {
            return result;
        }
        if let Some(result) = intrinsics::rows_of(self, &function.name, &args, at) {
            return result;
        }
        let callee = match args.positional.first().map(|item| item.value.clone()) {
            Some(receiver @ Value::Instance(_)) if function.owner.get().is_some() => {
                let Value::Instance(instance) = &receiver else { return Ok(receiver) };
                let mut given = args.clone();
                given.positional.remove(0);
                self.record(instance.serial, &instance.calls, &function.name, &given, at);
                super::attributes::member(&receiver, &function.name)
            }
            _ => Value::External(path),
        };
        Ok(self.opaque_call(&callee, args, at))
    }

    fn bind_parameters(
        &mut self,
        frame: &Frame,
        function: &Function,
        parameters: &Parameters,
        args: Args,
    ) {
        let at = function.at;
        let Args { positional, mut named, open } = args;
        let mut positional = positional.into_iter();
        let mut rest: Option<Item> = None;
        let set = |ev: &Self, name: Text, value: Value, at: Span| {
            let binding = Binding { value, at, cond: ev.cond.clone() };
            frame.scope.set(name, binding);
        };
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            let name = self.intern(parameter.name().as_str());
            if rest.is_none() {
                match positional.next() {
                    Some(item) if item.rest => rest = Some(item),
                    Some(item) => {
                        set(self, name, item.value, item.at);
                        continue;
                    }
                    None => {}
                }
            }
            let seen = rest.as_ref().map(|item| &item.value);
            let value = take_named(&mut named, &name, function, seen, open, at);
            set(self, name, value, at);
        }
        for parameter in &parameters.kwonlyargs {
            let name = self.intern(parameter.name().as_str());
            let value = take_named(&mut named, &name, function, None, open, at);
            set(self, name, value, at);
        }
        if let Some(parameter) = &parameters.vararg {
            let name = self.intern(parameter.name.as_str());
            let items = rest.into_iter().chain(positional).collect();
            set(self, name, Value::tuple(items), at);
        }
        if let Some(parameter) = &parameters.kwarg {
            let name = self.intern(parameter.name.as_str());
            let value = self.dict_of(named);
            if let Value::Dict(dict) = &value {
                dict.open.set(open);
            }
            set(self, name, value, at);
        }
    }

    /// A class attribute as seen through `receiver`: functions become methods.
    #[expect(clippy::self_only_used_in_recursion, reason = "one of the evaluator's look-ups")]
    pub(crate) fn bind_attribute(&mut self, value: &Value, receiver: &Value) -> Value {
        match value {
            Value::Function(function) => Value::Bound(Rc::new(Bound {
                receiver: receiver.clone(),
                function: function.clone(),
            })),
            Value::Choice(alternatives) => {
                let bound = alternatives.iter().map(|a| Alternative {
                    value: self.bind_attribute(&a.value, receiver),
                    cond: a.cond.clone(),
                });
                Value::choice(bound.collect::<Vec<_>>())
            }
            // A method that a decorator without source wraps is still that method.
            Value::Call(_) => match unwrap_decorated(value) {
                Some(inner @ Value::Function(_)) => self.bind_attribute(&inner, receiver),
                _ => value.clone(),
            },
            other => other.clone(),
        }
    }
}

/// Whether not all of them are the same function, of whatever objects: one of them is called.
fn are_different(alternatives: &[Alternative]) -> bool {
    let function = |alternative: &Alternative| match &alternative.value {
        Value::Bound(bound) => Some(Rc::as_ptr(&bound.function).addr()),
        value => value.identity(),
    };
    let mut functions = alternatives.iter().filter_map(function);
    let first = functions.next();
    functions.any(|other| Some(other) != first)
}

/// Whether a body is `...`: the catalogue does not tell what the function does.
fn is_untold(body: &[Stmt]) -> bool {
    match body {
        [Stmt::Expr(only)] => only.value.is_ellipsis_literal_expr(),
        _ => false,
    }
}

/// The arguments of a call as one key, if all of them can be told apart.
fn memo_key(receiver: Option<&Value>, args: &Args) -> Option<Key> {
    let mut keys = Vec::with_capacity(args.positional.len() + 1);
    keys.extend(receiver.map(Value::key));
    keys.extend(args.positional.iter().map(|item| item.value.key()));
    for (name, item) in &args.named {
        keys.push(Some(Key::Str(name.clone())));
        keys.push(item.value.key());
    }
    keys.into_iter().collect::<Option<Vec<Key>>>().map(Key::Tuple)
}

/// Attribute of functions that `atomic` decorates; bound where the decorator stands.
pub(crate) const ATOMIC: &str = "__atomic__";

/// Whether a call looks like the application of a decorator: its one argument is code.
fn decorates(args: &Args) -> bool {
    match args.positional.as_slice() {
        [only] => is_code(&only.value),
        _ => false,
    }
}

/// Whether a value is code, also as `as_view()` or decorators without source gave it.
fn is_code(value: &Value) -> bool {
    let mut value = value;
    for _ in 0..DECORATORS_MAX {
        let Value::Call(call) = value else { break };
        match &call.callee {
            Value::Member(member) => return &*member.name == "as_view",
            Value::Bound(bound) => return &*bound.function.name == "as_view",
            Value::External(path) => return path.ends_with(".as_view"),
            Value::Call(_) => match decorated(call) {
                Some(inner) => value = inner,
                None => return false,
            },
            _ => return false,
        }
    }
    matches!(value, Value::Function(_) | Value::Bound(_) | Value::Class(_))
}

fn take_named(
    named: &mut Vec<(Text, Item)>,
    name: &Text,
    function: &Function,
    rest: Option<&Value>,
    open: bool,
    at: Span,
) -> Value {
    if let Some(index) = named.iter().rposition(|(n, _)| n == name) {
        return named.remove(index).1.value;
    }
    let default = function.defaults.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    match (rest, default) {
        (Some(rest), Some(default)) => Value::either(default, rest.clone()),
        (Some(rest), None) => rest.clone(),
        (None, Some(default)) => default,
        (None, None) if open => Value::unknown("an argument that was not seen", at),
        (None, None) => Value::unknown(&format!("no argument for {name}"), at),
    }
}

impl Class {
    /// The nearest ancestor that is only named, if any.
    pub fn external_base(&self) -> Option<Text> {
        self.mro().iter().find_map(|base| match base {
            Base::External(path) => Some(path.clone()),
            _ => None,
        })
    }
}

impl Descriptor {
    /// A descriptor as a value.
    pub(crate) fn value(kind: super::object::DescriptorKind, inner: Value) -> Value {
        Value::Descriptor(Rc::new(Self { kind, inner }))
    }
}
