//! A calendar that other programs read (RFC 5545), written piece by piece: what stands around the events, and the events in
//! portions, so that a million of them take no more room than a few. Times are the office's own, without a zone of the
//! earth: whoever looks at the file stands where the rooms are. Knows no subject.

use std::io::Write;

use icalendar::{Calendar, Component as _, Event};

use crate::desk::refusal::{Kind, Refusal};

/// Events in one portion.
const PORTION: usize = 500;

/// A calendar that is being written.
pub(crate) struct Sheet<'a> {
    out: &'a mut dyn Write,
    foot: String,
    waiting: Vec<Event>,
    count: usize,
}

impl<'a> Sheet<'a> {
    /// Begins a calendar of this name, with a remark that every program passes over or shows as the calendar's description.
    ///
    /// # Errors
    /// When `out` cannot take it.
    pub(crate) fn begin(name: &str, mark: &str, out: &'a mut dyn Write) -> Result<Self, Refusal> {
        let whole = Calendar::new().name(name).description(mark).done().to_string();
        let at = whole.rfind("END:VCALENDAR").unwrap_or(whole.len());
        let (head, foot) = whole.split_at(at);
        put(out, head)?;
        Ok(Self { out, foot: foot.to_owned(), waiting: Vec::new(), count: 0 })
    }

    /// Adds an event.
    ///
    /// # Errors
    /// As [`Sheet::begin`].
    pub(crate) fn add(&mut self, event: Event) -> Result<(), Refusal> {
        self.count += 1;
        self.waiting.push(event);
        if self.waiting.len() < PORTION {
            return Ok(());
        }
        self.flush()
    }

    /// Ends the calendar; answers with how many events went out.
    ///
    /// # Errors
    /// As [`Sheet::begin`].
    pub(crate) fn end(mut self) -> Result<usize, Refusal> {
        self.flush()?;
        put(self.out, &self.foot)?;
        Ok(self.count)
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        let bodies: String =
            self.waiting.drain(..).filter_map(|event| event.try_into_string().ok()).collect();
        put(self.out, &bodies)
    }
}

fn put(out: &mut dyn Write, text: &str) -> Result<(), Refusal> {
    let failed = |error: std::io::Error| {
        Refusal::rule("export-failed").of(Kind::File).with("path", "").with("detail", error.to_string())
    };
    out.write_all(text.as_bytes()).map_err(failed)
}
