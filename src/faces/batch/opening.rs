//! Opening the desk: which face, who is at the door, and over to the other face when the person wants it.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use lianban::desk::Desk;
use lianban::office::{self, KeyOwner};

use crate::faces::{Exit, accessible, lines, screen};

use super::args::FaceName;
use super::out::{Ending, Failure};
use super::setting::{Setting, env, usage};

/// The desk of the office that is named, or the usual one.
pub(crate) fn desk(setting: &Setting, face: Option<FaceName>) -> Ending {
    open(setting, setting.file()?, face)
}

/// Opens the desk. In a demonstration somebody is signed in already; elsewhere whoever is named with their PIN file.
pub(crate) fn open(setting: &Setting, file: PathBuf, face: Option<FaceName>) -> Ending {
    let opening = setting.opening(file, &terminal_name());
    let who = setting.who()?;
    let mut desk = office::open(&opening)?;
    if desk.is_demo() || (who.pin.is_some() && !who.name.is_empty()) {
        desk = office::Scripts::sign_in(desk, &who)?.into_desk();
    } else if !who.name.is_empty() {
        desk.introduce(&who.name);
    }
    sit(setting, desk, face)
}

/// Opens the lessons, on an office that is gone with the desk.
pub(crate) fn learn(setting: &Setting, face: Option<FaceName>) -> Ending {
    sit(setting, office::learn(setting.lang())?, face)
}

/// Opens the desk for a line from afar. A key of one person's lets nobody else in; at a place that several share
/// whoever has a PIN signs in.
pub(crate) fn far(setting: &Setting, file: PathBuf, face: Option<FaceName>, owner: &KeyOwner) -> Ending {
    let host = env("SSH_CONNECTION").and_then(|said| said.split(' ').next().map(str::to_owned));
    let from = match owner {
        KeyOwner::Place(place) => place.clone(),
        KeyOwner::Person(_) => host.unwrap_or_default(),
    };
    let opening = setting.opening(file, format!("{from} {}", terminal_name()).trim());
    let mut desk = office::open(&opening)?;
    if let KeyOwner::Person(name) = owner {
        desk.keep_to(name);
    }
    sit(setting, desk, face)
}

/// Shows the desk in one face or the other until the person leaves.
fn sit(setting: &Setting, mut desk: Desk, face: Option<FaceName>) -> Ending {
    let mut asked = face.is_some();
    let (mut face, mut why) = choose(face, &desk.preferences().face);
    // Whoever chose the lines for good knows their keys.
    let mut hints = desk.preferences().face != "lines";
    loop {
        let exit = match face {
            FaceName::Screen => screen(setting, &mut desk, asked)?,
            FaceName::Lines => {
                let exit =
                    lines::run(&mut desk, &lines::Options { why, hints, ..lines::Options::default() })?;
                hints = false;
                exit
            }
        };
        match exit {
            Exit::Quit | Exit::Hangup => return Ok(0),
            Exit::Switch => {
                face = if face == FaceName::Screen { FaceName::Lines } else { FaceName::Screen };
                why = "switched";
                // Whoever changes the face by hand wants it so, whatever their usual one is.
                asked = true;
            }
        }
    }
}

fn screen(setting: &Setting, desk: &mut Desk, asked: bool) -> Result<Exit, Failure> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(usage(desk.locale(), "face", "cli-no-screen", "").into());
    }
    let likes = desk.preferences();
    let keymap = super::keys::load(setting, &likes.keymap)?;
    let no_color = env("NO_COLOR");
    let theme = screen::Theme::named(&likes.theme);
    let fixed = screen::Fixed { face: asked, theme: no_color.is_some(), ..screen::Fixed::default() };
    Ok(screen::run(desk, &screen::Options { keymap, theme, config: super::keys::config_dir(), fixed })?)
}

/// The face: as the option says; lines where a screen would be no use (a dumb terminal, no terminal, asked for by
/// ACCESSIBLE); as the operator likes it; else the screen. With it the reason, as the lines face says it.
fn choose(asked: Option<FaceName>, liked: &str) -> (FaceName, &'static str) {
    if let Some(face) = asked {
        (face, "flag")
    } else if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        (FaceName::Lines, "pipe")
    } else if env("TERM").is_none_or(|term| term == "dumb") {
        (FaceName::Lines, "dumb")
    } else if accessible() {
        (FaceName::Lines, "environment")
    } else if liked == "lines" {
        (FaceName::Lines, "preference")
    } else {
        (FaceName::Screen, "flag")
    }
}

/// The terminal as the audit names it (`pts/3`).
fn terminal_name() -> String {
    let name = rustix::termios::ttyname(io::stdin(), Vec::new()).ok();
    let name = name.map(|name| name.to_string_lossy().into_owned());
    name.map_or_else(|| "-".to_owned(), |name| name.trim_start_matches("/dev/").to_owned())
}
