//! What can be told of a function without evaluating it.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, Stmt};

use super::object::{Body, Function};

/// What the body of a function is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Whether it does nothing: `pass`, `...`, a docstring, a bare `return`.
    pub idle: bool,
    /// Names of all attributes that occur in it.
    pub attributes: BTreeSet<String>,
}

impl Outline {
    /// Outline of a `def`; empty for a lambda, which is one expression.
    pub fn of(function: &Function) -> Self {
        let mut outline = Self::default();
        match &function.body {
            Body::Def(offset) => {
                let ast = function.module.ast.as_deref();
                let Some(def) = ast.and_then(|ast| ast.function(*offset)) else { return outline };
                function.module.entered.borrow_mut().insert(*offset);
                outline.idle = def.body.iter().all(is_idle);
                outline.visit_body(&def.body);
            }
            Body::Lambda(lambda) => outline.visit_expr(&lambda.body),
        }
        outline
    }
}

impl<'a> Visitor<'a> for Outline {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Attribute(attribute) = expr {
            self.attributes.insert(attribute.attr.to_string());
        }
        walk_expr(self, expr);
    }
}

fn is_idle(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Pass(_) => true,
        Stmt::Return(given) => given.value.is_none(),
        Stmt::Expr(stmt) => {
            matches!(&*stmt.value, Expr::StringLiteral(_) | Expr::EllipsisLiteral(_))
        }
        _ => false,
    }
}
