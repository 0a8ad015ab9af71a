//! The command line in the language of whoever types it: help from the locale, and a wrong command line answered with
//! one plain sentence and what to do.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use lianban::desk::Locale;
use lianban::office::Problem;

use super::args::Cli;
use super::out;

/// The command line with its help in a language.
pub(crate) fn command(t: &Locale) -> Command {
    speak(Cli::command(), "lianban", t)
}

/// The command line as typed, understood. Its words are only looked up when there is something to say: a right
/// command line without `--help` needs none of them.
pub(crate) fn parse(line: &[OsString], t: &Locale) -> Result<Cli, clap::Error> {
    let silent = Cli::command().disable_help_flag(true).disable_version_flag(true);
    let of = |matches: clap::ArgMatches| Cli::from_arg_matches(&matches);
    silent
        .try_get_matches_from(line)
        .and_then(of)
        .or_else(|_| command(t).try_get_matches_from(line).and_then(of))
}

fn speak(command: Command, name: &str, t: &Locale) -> Command {
    let switch =
        |id: &'static str, short: char, action: ArgAction| Arg::new(id).short(short).long(id).action(action);
    let mut command = command
        .about(t.say(&format!("cli-{name}")))
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n", t.say("cli-usage")))
        .subcommand_help_heading(heading(t, "cli-commands"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(switch("help", 'h', ArgAction::Help));
    if name == "lianban" {
        command = command.arg(switch("version", 'V', ArgAction::Version));
    }
    command = command.mut_args(|arg| {
        let said = t.find(&format!("cli-arg-{}", arg.get_id()), &[]);
        let group = if arg.is_positional() { "cli-arguments" } else { "cli-options" };
        arg.help_heading(heading(t, group)).help(said.unwrap_or_default())
    });
    let inside: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for inner in inside {
        let id = if name == "lianban" { inner.clone() } else { format!("{name}-{inner}") };
        command = command.mut_subcommand(&inner, |c| speak(c, &id, t));
    }
    command
}

/// A heading that lives as long as the program, which is how clap wants it.
fn heading(t: &Locale, id: &str) -> &'static str {
    Box::leak(t.say(id).into_boxed_str())
}

/// Help and version go to standard output; anything else is a wrong command line.
pub(crate) fn end(error: &clap::Error, t: &Locale, json: bool) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        drop(error.print());
        return ExitCode::SUCCESS;
    }
    let problem = problem(error, t);
    out::complain(&problem, json);
    ExitCode::from(problem.exit)
}

fn problem(error: &clap::Error, t: &Locale) -> Problem {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let valid = context(ContextKind::ValidValue);
    let id = match error.kind() {
        ErrorKind::InvalidSubcommand => "cli-wrong-command",
        ErrorKind::UnknownArgument => "cli-wrong-option",
        ErrorKind::MissingRequiredArgument => "cli-wrong-missing",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "cli-wrong-subcommand"
        }
        ErrorKind::InvalidValue if value.is_empty() => "cli-wrong-empty",
        ErrorKind::InvalidValue if !valid.is_empty() => "cli-wrong-choice",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli-wrong-value",
        _ => "cli-wrong",
    };
    let command = context(ContextKind::InvalidSubcommand);
    let args = [("arg", arg.clone()), ("value", value), ("valid", valid), ("command", command)];
    Problem {
        code: "usage".into(),
        field: arg.trim_start_matches('-').split([' ', '=']).next().unwrap_or_default().to_owned(),
        message: t.with(id, &args),
        hint: t.say("cli-wrong.hint"),
        exit: 2,
    }
}
