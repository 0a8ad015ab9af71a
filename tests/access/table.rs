//! What a step costs whoever reads by touch or by ear: characters that brltty and yasr say, bytes written, and what stands
//! on the forty cells, for the desk in both faces and for programs people know. With `--nocapture` the table is seen; what
//! is not installed is left out of it.

use std::time::Duration;

use super::follow::Step;
use super::office::Office;
use super::terminal::{Program, Terminal};

const DOWN: &str = "\u{1b}[B";

/// A program with its arguments, and what is done with it: the step's name and its keys.
type Other = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const OTHERS: [Other; 4] = [
    (
        "hledger add",
        &["hledger", "add", "-f", "FOLDER/books.journal"],
        &[("date", "\r"), ("description", "paper\r"), ("account", "expenses\r"), ("amount", "86.50\r")],
    ),
    (
        "dialog --menu",
        &["dialog", "--menu", "预约", "15", "50", "4", "1", "盲协 例会", "2", "聋协 手语", "3", "肢协 康复"],
        &[("Down", DOWN), ("Down", DOWN)],
    ),
    ("calcurse", &["calcurse", "-D", "FOLDER/calcurse"], &[("Tab", "\t"), ("Down", DOWN)]),
    ("ikhal", &["ikhal", "-c", "FOLDER/khal.conf"], &[("Down", DOWN), ("Tab", "\t")]),
];

#[test]
fn what_a_step_costs_here_and_elsewhere() {
    println!("| program, step | brltty | yasr | bytes | forty cells |\n|---|---|---|---|---|");
    for (face, steps) in [
        (
            "lines",
            &[("next", "n\r"), ("next", "n\r"), ("open", "o\r"), ("back", "b\r"), ("a form", "dhdj\r")][..],
        ),
        (
            "screen",
            &[("Down", DOWN), ("Down", DOWN), ("open", "\r"), ("back", "\u{1b}"), ("a form", "p")][..],
        ),
    ] {
        let office = Office::new();
        let settings = [("ACCESSIBLE", "1")];
        let t = Terminal::start(&office, (80, 24), &["--face", face], &settings, "曾示平");
        go(&format!("lianban {face}"), t, steps);
    }
    for (name, argv, steps) in OTHERS {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().display().to_string();
        std::fs::write(folder.path().join("books.journal"), "").unwrap();
        std::fs::create_dir(folder.path().join("calendar")).unwrap();
        let khal = format!("[calendars]\n[[office]]\npath = {at}/calendar\n[locale]\ntimeformat = %H:%M\n");
        std::fs::write(folder.path().join("khal.conf"), khal).unwrap();
        let argv: Vec<String> = argv.iter().map(|arg| arg.replace("FOLDER", &at)).collect();
        let path = std::env::var("PATH").unwrap_or_default();
        let there = std::env::split_paths(&path).any(|folder| folder.join(&argv[0]).is_file());
        if !there {
            println!("| {name} is not installed | | | | |");
            continue;
        }
        // Python knows no weekdays in `C.UTF-8`: of that only the letters are wanted.
        let env = [
            ("PATH", path.as_str()),
            ("TERM", "linux"),
            ("LC_CTYPE", "C.UTF-8"),
            ("LC_TIME", "C"),
            ("HOME", &at),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        go(name, Terminal::open(&Program { argv, env }, (80, 24), ""), steps);
    }
}

/// Does the steps and prints a row for each.
fn go(name: &str, mut t: Terminal, steps: &[(&str, &str)]) {
    // Coming in takes some programs a while.
    t.settle(Duration::from_secs(1), Duration::from_millis(400));
    t.wait("");
    row(name, "start", &t);
    assert!(t.child.try_wait().unwrap().is_none(), "{name} ended at once\n{}", t.shown());
    for (step, keys) in steps {
        t.send(keys);
        row(name, step, &t);
    }
}

fn row(name: &str, step: &str, t: &Terminal) {
    let done = Step { keys: format!("{name}: {step}"), ..t.follower.step.clone() };
    println!("{}", done.row());
}
