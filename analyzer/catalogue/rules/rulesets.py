# Written by hand.
# What rules.rulesets does as far as tables are concerned.

from rules.predicates import predicate


class RuleSet(dict):
    def test_rule(self, name, *args, **kwargs):
        if name in self:
            return self[name].test(*args)
        return False

    def rule_exists(self, name):
        return name in self

    def add_rule(self, name, pred):
        self[name] = predicate(pred)

    def set_rule(self, name, pred):
        self[name] = predicate(pred)

    def remove_rule(self, name): ...


default_rules = {}


def add_rule(name, pred):
    default_rules[name] = predicate(pred)


set_rule = add_rule


def remove_rule(name): ...


def rule_exists(name):
    return name in default_rules


def test_rule(name, *args, **kwargs):
    if name in default_rules:
        return default_rules[name].test(*args)
    return False
