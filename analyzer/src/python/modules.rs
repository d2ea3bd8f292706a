//! Imports: dotted names to modules, each read and evaluated when it is first imported.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ruff_python_ast::{StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

use super::ahead::Parsed;
use super::evaluator::{Eval, Evaluator, Frame, IMPORT_DEPTH_MAX, STEPS_PER_MODULE_MAX};
use super::intrinsics;
use super::object::{Binding, Module, Origin, Scope};
use super::parse::{Ast, parse};
use super::shape::Shape;
use super::source::Source;
use super::value::{Cond, Presence, Span, Text, Unknown, Value};
use crate::catalogue;
use crate::repo::Found;
use crate::repo::inputs::Question;

enum Located {
    Source { source: Source, ast: Ast, path: String, package: bool, origin: Origin },
    Folder(String, Origin),
}

impl Evaluator {
    /// The module with the dotted name, evaluated if it was not yet; none if there is no source.
    pub fn import(&mut self, dotted: &str) -> Option<Rc<Module>> {
        if let Some(known) = self.modules.get(dotted) {
            return known.clone();
        }
        let parent = match dotted.rsplit_once('.') {
            Some((parent, _)) => Some(self.import(parent)?),
            None => None,
        };
        // The parent's body may have imported this very module.
        if let Some(known) = self.modules.get(dotted) {
            return known.clone();
        }
        let name = self.intern(dotted);
        if self.import_depth >= IMPORT_DEPTH_MAX {
            return None;
        }
        let Some(located) = self.locate(dotted) else {
            self.modules.insert(name, None);
            return None;
        };
        // What a library imports inside its functions declares nothing; tracing would load it.
        if self.traced.is_some()
            && matches!(located, Located::Source { origin: Origin::Library, .. })
        {
            return None;
        }
        let module = self.make_module(name.clone(), located);
        self.modules.insert(name, Some(module.clone()));
        self.homes.insert(module.file, module.clone());
        self.evaluate_module(&module);
        if let (Some(parent), Some((_, last))) = (parent, dotted.rsplit_once('.')) {
            let last = self.intern(last);
            let value = Value::Module(module.clone());
            // As in Python, the module wins over what the package bound to its name before.
            let at = Span { file: module.file, start: 0 };
            parent.scope.set(last, Binding { value, at, cond: Cond::default() });
        }
        Some(module)
    }

    /// Evaluates a file as a script, as `python manage.py` would.
    pub fn run_script(&mut self, path: &Path) {
        // It is no module: what is entered in it is not asked for later.
        let asked = Question::Content;
        let Parsed { source, ast, problems, .. } = self.ahead.take(&self.repo, path, asked);
        problems.note(&self.repo, path);
        let (package, origin) = (false, Origin::Own);
        let path = path.display().to_string();
        let located = Located::Source { source, ast, path, package, origin };
        let name = self.intern("__main__");
        let module = self.make_module(name, located);
        self.evaluate_module(&module);
    }

    /// Evaluates a file among the names of another module, as `exec` would: once for a module, and
    /// parsed once for all.
    pub(crate) fn include_file(&mut self, path: &Path, into: &Rc<Module>) {
        if self.import_depth >= IMPORT_DEPTH_MAX {
            return;
        }
        let shown = self.repo.display(path);
        let mut known = None;
        let same = (0..).zip(&self.sources).filter(|(_, source)| *source.file == *shown);
        for (file, source) in same {
            let Some(home) = self.homes.get(&file) else { continue };
            if Rc::ptr_eq(&home.scope, &into.scope) {
                return;
            }
            known = home.ast.clone().map(|ast| (source.clone(), ast)).or(known);
        }
        let (source, ast) = known.unwrap_or_else(|| {
            let asked = Question::Content;
            let Parsed { source, ast, problems, .. } = self.ahead.take(&self.repo, path, asked);
            problems.note(&self.repo, path);
            (Rc::new(source), Rc::new(ast))
        });
        let file = u32::try_from(self.sources.len()).unwrap_or(0);
        self.sources.push(source);
        let module = Rc::new(Module {
            name: into.name.clone(),
            file,
            package: into.package,
            origin: into.origin,
            scope: into.scope.clone(),
            ast: Some(ast.clone()),
            loading: Cell::new(true),
            open: RefCell::default(),
            entered: RefCell::default(),
        });
        self.homes.insert(file, module.clone());
        self.import_depth += 1;
        let mut frame = Frame::of_module(&module);
        // As in a module: what a statement raises is noted there.
        let _ = self.run(&mut frame, &ast.body);
        self.import_depth -= 1;
        module.loading.set(false);
        if let Some(why) = module.open.take() {
            into.open.borrow_mut().get_or_insert(why);
        }
    }

    /// Whether source for the dotted name exists; nothing is evaluated.
    pub fn has_module(&self, dotted: &str) -> bool {
        match self.modules.get(dotted) {
            Some(known) => known.is_some(),
            None => {
                self.repo.module(dotted).is_some()
                    || self.is_told(dotted)
                    || self.nested_module(dotted).is_some()
            }
        }
    }

    fn locate(&self, dotted: &str) -> Option<Located> {
        // Django itself is described by the catalogue: its real source is the machinery that we
        // stand in for. Only what the catalogue does not describe of contrib is read.
        if dotted == "django" || dotted.starts_with("django.") {
            let stub = located_in_catalogue(dotted);
            if stub.is_some() || !dotted.starts_with("django.contrib") {
                return stub;
            }
        }
        match self.located_in_repo(dotted) {
            Some(Located::Source { origin: Origin::Library, .. }) if is_handwritten(dotted) => {
                located_in_catalogue(dotted)
            }
            Some(Located::Source { origin: Origin::Library, .. })
                if intrinsics::is_known_by_path(dotted) =>
            {
                None
            }
            Some(found) => Some(found),
            None if self.is_told(dotted) && !self.is_nested_app(dotted) => {
                located_in_catalogue(dotted)
            }
            None => self.located_at(dotted, self.nested_module(dotted)?),
        }
    }

    /// Whether the catalogue tells of a module that is not at hand. Where the package itself is, it
    /// is the package's version that counts: it may be older than the module.
    fn is_told(&self, dotted: &str) -> bool {
        let package = dotted.split_once('.').and_then(|(top, _)| self.modules.get(top)?.as_ref());
        let at_hand = package.is_some_and(|p| p.origin != Origin::Catalogue && p.ast.is_some());
        catalogue_file(dotted).is_some() && (!at_hand || is_handwritten(dotted))
    }

    /// Whether the project has an app of that name in a folder that it puts on `sys.path`, which is
    /// searched before any library.
    fn is_nested_app(&self, dotted: &str) -> bool {
        let has = |part: &str| self.nested_module(&format!("{dotted}.{part}")).is_some();
        !dotted.contains('.')
            && matches!(self.nested_module(dotted), Some((Found::Package(_), _)))
            && (has("models") || has("apps"))
    }

    fn nested_module(&self, dotted: &str) -> Option<(Found, PathBuf)> {
        let top = dotted.split('.').next().unwrap_or(dotted);
        if intrinsics::is_standard_module(top) { None } else { self.repo.nested_module(dotted) }
    }

    fn located_in_repo(&self, dotted: &str) -> Option<Located> {
        self.located_at(dotted, self.repo.module(dotted)?)
    }

    fn located_at(&self, dotted: &str, (found, root): (Found, PathBuf)) -> Option<Located> {
        let own = |path: &Path| {
            if self.repo.is_own(path) { Origin::Own } else { Origin::Library }
        };
        let (path, package) = match found {
            Found::File(path) => (path, false),
            Found::Package(path) => (path, true),
            Found::Folder(path) => {
                let described = catalogue_file(dotted).is_some();
                return if described {
                    None
                } else {
                    Some(Located::Folder(path.display().to_string(), own(&path)))
                };
            }
        };
        debug_assert!(path.starts_with(&root), "a module lies below its source root");
        let asked = Question::Module;
        let Parsed { source, ast, problems, .. } = self.ahead.take(&self.repo, &path, asked);
        problems.note(&self.repo, &path);
        let origin = own(&path);
        Some(Located::Source { source, ast, path: path.display().to_string(), package, origin })
    }

    fn make_module(&mut self, name: Text, located: Located) -> Rc<Module> {
        let scope = Scope::default();
        let file = u32::try_from(self.sources.len()).unwrap_or(0);
        let at = Span { file, start: 0 };
        let set = |name: &str, value: Value| {
            scope.set(Rc::from(name), Binding { value, at, cond: Cond::default() });
        };
        set("__name__", Value::Str(name.clone()));
        let (package, origin, ast) = match located {
            Located::Folder(path, origin) => {
                set("__path__", Value::str(&path));
                (true, origin, None)
            }
            Located::Source { source, ast, path, package, origin } => {
                set("__file__", Value::str(&path));
                self.sources.push(Rc::new(source));
                (package, origin, Some(Rc::new(ast)))
            }
        };
        let parent = name.rsplit_once('.').map_or("", |(parent, _)| parent);
        set("__package__", Value::str(if package { &name } else { parent }));
        let file = if ast.is_some() { file } else { 0 };
        let loading = Cell::new(false);
        let open = RefCell::new(None);
        let entered = RefCell::default();
        let scope = Rc::new(scope);
        Rc::new(Module { name, file, package, origin, scope, ast, loading, open, entered })
    }

    fn evaluate_module(&mut self, module: &Rc<Module>) {
        let Some(ast) = module.ast.clone() else { return };
        module.loading.set(true);
        self.import_depth += 1;
        let cond = mem::take(&mut self.cond);
        // What a module does once, when the first request imports it, is done by no request.
        let traced = mem::take(&mut self.traced);
        let steps = mem::take(&mut self.steps);
        let gave_up = mem::take(&mut self.gave_up);
        let starved = mem::take(&mut self.starved);
        let allowed = mem::replace(&mut self.steps_allowed, STEPS_PER_MODULE_MAX);
        let guards = mem::take(&mut self.guards);
        let site = mem::take(&mut self.site);
        let calls = mem::take(&mut self.call_depth);
        let mut frame = Frame::of_module(module);
        // A module's own frame catches whatever its statements raise; nothing can come out.
        let _ = self.run(&mut frame, &ast.body);
        self.cond = cond;
        self.traced = traced;
        self.steps = steps;
        self.steps_allowed = allowed;
        self.gave_up = gave_up;
        self.starved = starved;
        self.guards = guards;
        self.site = site;
        self.call_depth = calls;
        self.import_depth -= 1;
        module.loading.set(false);
    }

    /// The value of a dotted path: a module, or an attribute of one, or a symbolic name.
    pub fn resolve(&mut self, dotted: &str) -> Value {
        if let Some(module) = self.import(dotted) {
            return Value::Module(module);
        }
        let at = Span::default();
        match dotted.rsplit_once('.') {
            Some((owner, name)) => {
                let owner = self.resolve(owner);
                let name = self.intern(name);
                self.attribute(&owner, &name, at).unwrap_or_else(|_| Value::external(dotted))
            }
            None => Value::external(dotted),
        }
    }

    /// What `import dotted` finds: the module, a symbolic name, or an exception where the module is
    /// surely missing and the code is prepared for that.
    pub(crate) fn import_value(&mut self, dotted: &str, at: Span) -> Eval {
        if self.is_not_installed(dotted) {
            return self.module_not_found(dotted, at);
        }
        if let Some(module) = self.import(dotted) {
            return Ok(Value::Module(module));
        }
        self.missing(dotted, at)?;
        Ok(intrinsics::external(dotted))
    }

    /// Decides what a module without source means to the `try` around it.
    fn missing(&mut self, dotted: &str, at: Span) -> Eval<()> {
        if !self.is_guarded("ImportError") && !self.is_guarded("ModuleNotFoundError") {
            return Ok(());
        }
        if intrinsics::is_missing_in_contrib(dotted) {
            return self.module_not_found(dotted, at);
        }
        let top = dotted.split('.').next().unwrap_or(dotted);
        if top == "django" || intrinsics::is_standard_module(top) {
            return Ok(());
        }
        let surely = match self.modules.get(top).cloned().flatten() {
            Some(package) => package.origin != Origin::Catalogue,
            None => self.repo.has_libraries(),
        };
        if surely {
            return self.module_not_found(dotted, at);
        }
        self.doubt("ImportError");
        self.doubt("ModuleNotFoundError");
        Ok(())
    }

    /// Whether code that is prepared for it imports from a library that the catalogue alone knows,
    /// though the installed ones are here.
    fn is_not_installed(&self, dotted: &str) -> bool {
        let top = dotted.split('.').next().unwrap_or(dotted);
        self.is_guarded("ModuleNotFoundError")
            && self.repo.has_libraries()
            && top != "django"
            && !intrinsics::is_standard_module(top)
            && self.repo.module(top).is_none()
            && self.nested_module(top).is_none()
    }

    /// Raises what an import of a missing module raises; it names the first package that is not
    /// there.
    pub(crate) fn module_not_found<T>(&mut self, dotted: &str, at: Span) -> Eval<T> {
        let packages = dotted.match_indices('.').map(|(end, _)| &dotted[..end]);
        let told = intrinsics::is_missing_in_contrib(dotted);
        let absent = |part: &&str| !told && (self.is_not_installed(part) || !self.has_module(part));
        let missing = packages.chain([dotted]).find(absent).unwrap_or(dotted);
        self.raise("ModuleNotFoundError", &intrinsics::not_found(missing), at)
    }

    pub(crate) fn import_statement(&mut self, f: &mut Frame, stmt: &StmtImport) -> Eval<()> {
        for alias in &stmt.names {
            let at = span(f, alias.range.start().to_u32());
            let dotted = alias.name.as_str();
            let value = self.import_value(dotted, at)?;
            if let Some(name) = &alias.asname {
                self.assign_name(f, name.as_str(), value, at);
            } else {
                let top = dotted.split('.').next().unwrap_or(dotted);
                let value = if top == dotted {
                    value
                } else {
                    match self.import(top) {
                        Some(module) => Value::Module(module),
                        None => intrinsics::external(top),
                    }
                };
                self.assign_name(f, top, value, at);
            }
        }
        Ok(())
    }

    pub(crate) fn import_from_statement(
        &mut self,
        f: &mut Frame,
        stmt: &StmtImportFrom,
    ) -> Eval<()> {
        let at = span(f, stmt.start().to_u32());
        let written = stmt.module.as_ref().map_or("", |m| m.as_str());
        let Some(dotted) = absolute(&f.module, stmt.level, written) else {
            return self.raise("ImportError", "relative import beyond the top", at);
        };
        if self.is_not_installed(&dotted) {
            return self.module_not_found(&dotted, at);
        }
        let module = self.import(&dotted);
        if module.is_none() {
            self.missing(&dotted, at)?;
        }
        for alias in &stmt.names {
            let at = span(f, alias.range.start().to_u32());
            let name = alias.name.as_str();
            if name == "*" {
                self.star_import(f, module.as_ref(), &dotted, at);
                continue;
            }
            let value = match &module {
                Some(module) => self.imported_name(module, name, at)?,
                None => intrinsics::external(&format!("{dotted}.{name}")),
            };
            let bound = alias.asname.as_ref().map_or(name, |n| n.as_str());
            self.assign_name(f, bound, value, at);
        }
        Ok(())
    }

    /// `from module import name`.
    pub(crate) fn imported_name(&mut self, module: &Rc<Module>, name: &str, at: Span) -> Eval {
        if let Some(value) = module.scope.get(name) {
            return Ok(value);
        }
        let dotted = format!("{}.{name}", module.name);
        if let Some(inner) = self.import(&dotted) {
            return Ok(Value::Module(inner));
        }
        if let Some(why) = &*module.open.borrow() {
            return Ok(Value::Unknown(why.clone()));
        }
        let getter = module.scope.get("__getattr__");
        if let Some(getter @ Value::Function(_)) = getter {
            return self.call(&getter, super::object::Args::of([Value::str(name)], at), at);
        }
        if module.origin == Origin::Catalogue || module.loading.get() {
            return Ok(intrinsics::external(&dotted));
        }
        if self.is_guarded("ImportError") {
            return self.raise("ImportError", &format!("cannot import {dotted}"), at);
        }
        Ok(Value::unknown(&format!("{dotted} is not defined"), at))
    }

    fn star_import(&mut self, f: &Frame, module: Option<&Rc<Module>>, dotted: &str, at: Span) {
        let Some(module) = module else {
            let why: Text = Rc::from(format!("star import of {dotted}, whose source is not here"));
            f.module
                .open
                .borrow_mut()
                .get_or_insert_with(|| Rc::new(Unknown { why, at, presence: Presence::Perhaps }));
            return;
        };
        let all: Option<Vec<Text>> = match module.scope.get("__all__") {
            Some(Value::List(list) | Value::Tuple(list)) => Some(
                list.items.borrow().iter().filter_map(|i| i.value.as_str().map(Rc::from)).collect(),
            ),
            _ => None,
        };
        let names = match &all {
            Some(names) => names.clone(),
            None => module.scope.names.borrow().keys().cloned().collect(),
        };
        for name in names {
            if all.is_none() && name.starts_with('_') {
                continue;
            }
            let Some(mut binding) = module.scope.binding(&name).or_else(|| {
                let value = self.imported_name(module, &name, at).ok()?;
                Some(Binding { value, at, cond: Cond::default() })
            }) else {
                continue;
            };
            if binding.cond.is_always() {
                binding.cond = self.cond.clone();
            }
            f.scope.set(name, binding);
        }
        if let Some(why) = &*module.open.borrow() {
            f.module.open.borrow_mut().get_or_insert_with(|| why.clone());
        }
    }
}

fn located_in_catalogue(dotted: &str) -> Option<Located> {
    let (file, package) = catalogue_file(dotted)?;
    let Some(text) = catalogue::source(&file) else {
        return Some(Located::Folder(file, Origin::Catalogue));
    };
    let file = format!("{}{file}", catalogue::PREFIX);
    let source = Source::new(file.clone(), text.to_owned());
    let (ast, broken) = parse(&source);
    debug_assert!(broken.is_none(), "the catalogue's own {file} is well-formed");
    Some(Located::Source { source, ast, path: file, package, origin: Origin::Catalogue })
}

fn is_handwritten(dotted: &str) -> bool {
    catalogue_file(dotted).is_some_and(|(file, _)| catalogue::is_handwritten(&file))
}

/// The catalogue's file for the dotted name, and whether it is a package.
fn catalogue_file(dotted: &str) -> Option<(String, bool)> {
    let path = dotted.replace('.', "/");
    let module = format!("{path}.py");
    if catalogue::source(&module).is_some() {
        return Some((module, false));
    }
    catalogue::has_folder(&path).then(|| (format!("{path}/__init__.py"), true))
}

/// The absolute name of a relative import.
pub(crate) fn absolute(module: &Module, level: u32, written: &str) -> Option<String> {
    if level == 0 {
        return Some(written.to_owned());
    }
    let mut base = &*module.name;
    let up = if module.package { level - 1 } else { level };
    for n in 0..up {
        base = match base.rsplit_once('.') {
            Some((parent, _)) => parent,
            None if n + 1 == up => "",
            None => return None,
        };
    }
    Some(match (base, written) {
        ("", written) => written.to_owned(),
        (base, "") => base.to_owned(),
        (base, written) => format!("{base}.{written}"),
    })
}

pub(crate) fn span(f: &Frame, start: u32) -> Span {
    Span { file: f.module.file, start }
}

impl Evaluator {
    /// Whether the module can be seen to be missing.
    pub(crate) fn is_surely_missing(&self, dotted: &str) -> bool {
        let top = dotted.split('.').next().unwrap_or(dotted);
        if top == "django" || intrinsics::is_standard_module(top) {
            return intrinsics::is_missing_in_contrib(dotted);
        }
        match self.modules.get(top).cloned().flatten() {
            Some(package) => package.origin != Origin::Catalogue,
            None => self.repo.has_libraries(),
        }
    }

    /// Reads the files of the repository that nothing imported, for their problems alone.
    pub fn check_unread(&self) {
        let read: BTreeSet<&str> = self.sources.iter().map(|s| &*s.file).collect();
        self.ahead.check(&self.repo, |file| read.contains(file));
    }

    /// What counts of each file that was imported and has no problem.
    pub(crate) fn shapes(&self) -> BTreeMap<String, Shape> {
        let problems = self.repo.problems();
        let broken: BTreeSet<&str> = problems.iter().map(|p| p.at.file.as_str()).collect();
        // A file may be imported under two names.
        let mut files: BTreeMap<&str, (&Source, &Ast, BTreeSet<u32>)> = BTreeMap::new();
        for module in self.modules.values().flatten().filter(|m| m.origin == Origin::Own) {
            let (source, Some(ast)) = (self.source(module.file), &module.ast) else { continue };
            let entered =
                &mut files.entry(&source.file).or_insert((source, ast, BTreeSet::new())).2;
            entered.extend(module.entered.borrow().iter());
        }
        files.retain(|file, _| !broken.contains(file));
        let shape = |(source, ast, entered)| Shape::of(source, ast, &entered);
        files.into_iter().map(|(file, parts)| (file.to_owned(), shape(parts))).collect()
    }

    /// Whether the module is part of the analyzed repository.
    pub fn is_own_module(&self, dotted: &str) -> bool {
        self.modules.get(dotted).and_then(Option::as_ref).is_some_and(|m| m.origin == Origin::Own)
    }

    /// Starts a new budget: what follows is not part of any module's import.
    pub fn begin(&mut self) {
        self.steps = 0;
        self.steps_allowed = STEPS_PER_MODULE_MAX;
        self.gave_up = false;
    }

    /// What the names of all modules are bound to.
    pub(crate) fn module_values(&self) -> Vec<Value> {
        let scopes = self.modules.values().flatten().map(|module| module.scope.names.borrow());
        scopes
            .flat_map(|names| names.values().map(|b| b.value.clone()).collect::<Vec<_>>())
            .collect()
    }

    /// The module whose source a span points into.
    pub(crate) fn module_at(&self, at: Span) -> Option<Rc<Module>> {
        // Folders have no file: the first of them by name stands for all.
        if at.file == 0 {
            return self.modules.values().flatten().find(|module| module.file == 0).cloned();
        }
        self.homes.get(&at.file).cloned()
    }
}
