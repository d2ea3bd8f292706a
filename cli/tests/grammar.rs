//! The command line itself: help, completions, colours, and what a slip of the fingers costs.

use crate::world::{World, repository};

#[test]
fn help_names_the_exit_codes_and_every_command_has_an_example() {
    let world = World::new();
    let help = world.outgrow("--help").exits(0).prints("Exit codes: 0 fine");
    assert!(help.stdout.contains("analyze"));
    let commands = [
        "analyze",
        "contexts propose",
        "rules init",
        "rules check",
        "rules edit",
        "rules promote",
        "rules roll-back",
        "shadow status",
        "burndown",
        "doctor",
    ];
    for command in commands {
        world.outgrow(&format!("{command} --help")).exits(0).prints("Example");
    }
}

#[test]
fn a_slip_is_a_usage_error_with_a_hint() {
    World::new().outgrow("analyse").exits(2).says("analyze");
    World::new().outgrow("rules chek").exits(2).says("check");
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        World::new().outgrow(&format!("completions {shell}")).exits(0).prints("outgrow");
    }
}

#[test]
fn the_readme_names_only_commands_that_exist() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("README.md");
    let commands: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `outgrow ")?.split('`').next())
        .collect();
    assert!(commands.len() >= 8, "the table of commands is gone: {commands:?}");
    for command in commands {
        let words: String = command
            .split(' ')
            .take_while(|word| word.chars().all(char::is_lowercase))
            .fold(String::new(), |line, word| line + word + " ");
        World::new().outgrow(&format!("{words} --help")).exits(0);
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let world = World::new().file("rules/a.yaml", "routes: 3\n");
    let plain = world.outgrow("rules check").exits(1);
    assert!(!plain.stdout.contains('\u{1b}'), "escape codes in a pipe");
    world.outgrow("rules check --color always").exits(1).prints("\u{1b}[");
}
