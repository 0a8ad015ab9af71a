//! The face for scripts: reads the command line, does one thing and says it in lines another program can read. Each
//! family of commands has a file; none of them knows a rule.

mod acting;
mod args;
mod care;
mod explaining;
mod files;
mod help;
mod keys;
mod making;
mod opening;
mod operators;
mod out;
mod reading;
mod remote;
mod setting;

use std::io;
use std::process::ExitCode;

use lianban::desk::Locale;
use lianban::office::Problem;

use args::{Cli, Command};
use out::{Ending, Failure, Out};
use setting::Setting;

/// Exit code for what should not happen.
const INTERNAL: u8 = 5;

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let t = Locale::new(setting::early_lang(&args));
    let json = args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let cli = match help::parse(&explaining::shielded(std::env::args_os().collect()), &t) {
        Ok(cli) => cli,
        Err(error) => return help::end(&error, &t, json),
    };
    let mut out = Out::new();
    let ended = run(cli, &t, &mut out).and_then(|code| {
        out.done()?;
        Ok(code)
    });
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(Failure::Problem(problem)) => {
            // What was said before the refusal comes before it.
            drop(out.done());
            out::complain(&problem, json);
            ExitCode::from(problem.exit)
        }
        Err(Failure::Print(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Print(error)) => {
            out::complain(&internal(&t, &error), json);
            ExitCode::from(INTERNAL)
        }
    }
}

fn internal(t: &Locale, error: &io::Error) -> Problem {
    let message = t.with("cli-internal", &[("detail", error.to_string())]);
    Problem { code: "internal".into(), field: String::new(), message, hint: String::new(), exit: INTERNAL }
}

fn run(cli: Cli, t: &Locale, out: &mut Out) -> Ending {
    // A line from afar brings its own environment along, and none of it counts.
    if let Some(Command::SshSession { keys }) = &cli.command {
        return remote::session(&Setting::sealed(&cli.global), keys);
    }
    let setting = Setting::new(&cli.global, t)?;
    let Some(command) = cli.command else { return opening::desk(&setting, cli.face) };
    match command {
        Command::Demo { scale, no_open, face } => {
            making::demo(&setting, scale, no_open, face.or(cli.face), out)
        }
        Command::Learn { face } => opening::learn(&setting, face.or(cli.face)),
        Command::Init { office, operator } => making::init(&setting, &office, &operator, out),
        Command::Do { line, yes } => acting::quick(&setting, &line, yes, out),
        Command::Explain { kind, text, record } => explaining::explain(&setting, kind, &text, record, out),
        Command::List { subject, filter, limit, csv } => {
            reading::list(&setting, &subject, &filter, limit, csv, out)
        }
        Command::Show { reference, csv } => reading::show(&setting, &reference, csv, out),
        Command::Act { reference, action, fields, yes } => {
            acting::act(&setting, &reference, &action, &fields, yes, out)
        }
        Command::Import { subject, path, set, dry_run } => {
            files::import(&setting, &subject, &path, &set, dry_run, out)
        }
        Command::Export { subject, output, reason, of: Some(of) } => {
            files::own_data(&setting, (&subject, &of), output.as_deref(), reason.as_deref(), out)
        }
        Command::Export { subject, output, reason, .. } => {
            files::export(&setting, &subject, output.as_deref(), reason.as_deref(), out)
        }
        Command::Report { name, from, to, output, csv } => {
            files::report(&setting, &name, (from.as_deref(), to.as_deref()), output.as_deref(), csv, out)
        }
        Command::Backup { output, sealed: true } => care::seal(&setting, output.as_deref(), out),
        Command::Backup { output, .. } => care::backup(&setting, output.as_deref(), out),
        Command::Restore { path } => care::restore(&setting, &path, out),
        Command::Check => care::check(&setting, out),
        Command::Audit { reference, limit, csv } => {
            care::audit(&setting, reference.as_deref(), limit, csv, out)
        }
        Command::Keys { keymap, check } => keys::keys(&setting, keymap.as_deref(), check, out),
        Command::Operator { what } => operators::operator(&setting, what, out),
        Command::SshSetup { account, program, keys, owners } => {
            remote::setup(&setting, &account, &program, &keys, &owners, out)
        }
        Command::SshSession { keys } => remote::session(&setting, &keys),
    }
}
