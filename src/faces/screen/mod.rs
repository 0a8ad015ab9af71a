//! The screen face: a page at a time on a full terminal. It turns keys into intents and the desk's view into a frame;
//! it keeps nothing that the other face could miss and repaints only what a key changed.

mod act;
mod draw;
mod edit;
mod line;
mod paint;
mod panel;
mod read;
mod state;
mod sync;
mod term;
#[cfg(test)]
pub(super) mod tests;
mod text;
mod theme;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{self, Event};
use lianban::desk::{Desk, Intent, Preferences};

use self::act::Seat;
use self::draw::{Scene, compose, read_through};
use self::paint::{Frame, Painter};
#[cfg(test)]
pub(crate) use self::read::visible_text;
use self::term::Terminal;
pub(crate) use self::theme::Theme;
use super::keys::{Key, Keymap};
use super::{Exit, Office, scan};

/// How often an idle desk looks whether another process wrote.
const LOOK: Duration = Duration::from_secs(1);

/// How the person likes the screen.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The keys.
    pub(crate) keymap: Keymap,
    /// The looks.
    pub(crate) theme: Theme,
    /// The person's folder, for keymaps named later by whoever signs in.
    pub(crate) config: Option<PathBuf>,
    /// What was said on the command line or in the environment, which preferences do not change.
    pub(crate) fixed: Fixed,
}

/// What preferences do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fixed {
    /// The face.
    pub(crate) face: bool,
    /// The keymap.
    pub(crate) keymap: bool,
    /// The theme.
    pub(crate) theme: bool,
}

/// Shows the desk on the terminal until the person leaves, changes the face, or the terminal goes away.
///
/// # Errors
/// When there is no terminal, or it cannot be written to.
pub(crate) fn run(desk: &mut Desk, options: &Options) -> io::Result<Exit> {
    show(desk, options)
}

fn show(desk: &mut dyn Office, options: &Options) -> io::Result<Exit> {
    let mut terminal = Terminal::take()?;
    let mut screen = Screen::new(desk, options, term::size());
    // Whoever reads by touch or ear gets the frame as it is: their reader follows the bytes.
    let holds = options.theme != Theme::Quiet && sync::can(|name| std::env::var(name).ok());
    terminal.write(&sync::framed(screen.bytes(), holds))?;
    loop {
        if terminal.gone() {
            return Ok(Exit::Hangup);
        }
        match wait(LOOK) {
            Ok(true) => {
                // Everything that waits is taken before one paint, and steps through a list at once.
                for event in waiting(&mut screen)? {
                    screen.take(event);
                    if let Some(exit) = screen.seat.exit {
                        return Ok(exit);
                    }
                }
            }
            Ok(false) => {
                screen.seat.send(Intent::Look);
                screen.prefer();
                if let Some(exit) = screen.seat.exit {
                    return Ok(exit);
                }
            }
            Err(_) if terminal.gone() => return Ok(Exit::Hangup),
            Err(e) => return Err(e),
        }
        if terminal.gone() {
            return Ok(Exit::Hangup);
        }
        if screen.seat.changed {
            terminal.write(&sync::framed(screen.bytes(), holds))?;
        }
    }
}

/// Everything that waits. Where it is what a scanner typed it is taken here, and nothing is left; the rest of a tag that has
/// begun is waited for.
fn waiting(screen: &mut Screen<'_>) -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    loop {
        while event::poll(Duration::ZERO)? {
            events.push(event::read()?);
        }
        if !screen.seat.open_to_scans() {
            return Ok(events);
        }
        if let Some(tag) = scan::whole(&events) {
            screen.seat.scan(tag);
            return Ok(Vec::new());
        }
        if !scan::half(&events) || !event::poll(scan::GAP)? {
            return Ok(events);
        }
    }
}

/// Waits for an event; a signal counts as none having come.
fn wait(time: Duration) -> io::Result<bool> {
    match event::poll(time) {
        Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(false),
        other => other,
    }
}

/// The seat and what its terminal shows.
struct Screen<'a> {
    seat: Seat<'a>,
    options: &'a Options,
    /// What was last seen of them.
    preferences: Preferences,
    painter: Painter,
    columns: usize,
    rows: usize,
    /// Rows of the list the desk was told there is room for.
    window: Option<usize>,
}

impl<'a> Screen<'a> {
    fn new(desk: &'a mut dyn Office, options: &'a Options, (columns, rows): (usize, usize)) -> Self {
        let painter = Painter::new(options.theme, columns, rows);
        let seat = Seat::new(desk, options.keymap.clone());
        let mut screen =
            Self { seat, options, preferences: Preferences::default(), painter, columns, rows, window: None };
        screen.seat.ui.quiet = options.theme == Theme::Quiet;
        screen.prefer();
        // Whoever comes here from lines has that preference and wants the screen all the same.
        screen.seat.exit = None;
        screen
    }

    /// Follows the preferences when someone signed in or set them. A keymap that cannot be read is said and the one
    /// in use stays.
    fn prefer(&mut self) {
        let now = self.seat.desk.preferences();
        let old = std::mem::replace(&mut self.preferences, now.clone());
        let fixed = self.options.fixed;
        if now.keymap != old.keymap && !fixed.keymap {
            match Keymap::load(&now.keymap, self.options.config.as_deref()) {
                Ok(keymap) => self.seat.keymap = keymap,
                Err(error) => {
                    let (id, args) = error.message();
                    self.seat.ui.said = self.seat.desk.locale().with(id, &args);
                }
            }
        }
        if now.theme != old.theme && !fixed.theme {
            let theme = Theme::named(&now.theme);
            self.seat.ui.quiet = theme == Theme::Quiet;
            self.painter.dress(theme);
        }
        if now.face != old.face && now.face == "lines" && !fixed.face {
            self.seat.exit = Some(Exit::Switch);
        }
    }

    /// Takes a terminal event.
    fn take(&mut self, event: Event) {
        match event {
            Event::Key(key) => {
                if let Some(key) = Key::from_event(&key) {
                    self.seat.desk.pressed(key.typed());
                    self.seat.hold(key);
                    self.prefer();
                }
            }
            Event::Paste(text) => {
                self.seat.desk.pressed(None);
                self.seat.paste(&text);
            }
            Event::Resize(columns, rows) => {
                (self.columns, self.rows) = (columns.into(), rows.into());
                self.painter.resize(self.columns, self.rows);
                self.seat.changed = true;
            }
            _ => {}
        }
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            view: self.seat.desk.view(),
            ui: &self.seat.ui,
            keymap: &self.seat.keymap,
            locale: self.seat.desk.locale(),
            columns: self.columns,
            rows: self.rows,
        }
    }

    /// The frame as it is to look. Where the room for the list changed, the desk is told and asked again, once.
    fn frame(&mut self) -> Frame {
        let (frame, room) = compose(self.scene());
        self.seat.page = self.rows.saturating_sub(6).max(1);
        self.seat.lines = match state::reading(self.seat.desk.view()) {
            true => {
                let (_, at, count) = read_through(self.scene());
                (at, count)
            }
            false => (0, 0),
        };
        match room {
            Some(rows) if self.window != room => {
                self.window = room;
                self.seat.send(Intent::Window(rows));
                compose(self.scene()).0
            }
            _ => frame,
        }
    }

    /// The bytes that bring the terminal up to date; none when it is.
    fn bytes(&mut self) -> Vec<u8> {
        self.seat.walk();
        if std::mem::take(&mut self.seat.repaint) {
            self.painter.forget();
        }
        let frame = self.frame();
        self.seat.changed = false;
        self.painter.paint(&frame)
    }
}
