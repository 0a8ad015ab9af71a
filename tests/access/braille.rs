//! Prompts in Chinese braille: a real brltty translates them as whoever reads the national common scheme has it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::display::{Display, PATIENCE};
use super::follow::skip;

/// 国家通用盲文, with the signs of tones.
const TABLE: &str = "zhcn-cbs.ctb";

/// Prompts that are looked at: the widest of all there are.
const WIDEST: usize = 40;
const STILL: Duration = Duration::from_millis(70);

/// Which of the widest of these prompts are not whole on forty cells with the cursor waiting behind them.
pub(crate) fn cut(prompts: &BTreeSet<String>) -> Vec<String> {
    let mut display = match Display::start(Some(TABLE)) {
        Ok(display) => display,
        Err(why) => return skip(&why).unwrap_or_default(),
    };
    let mut widest: Vec<&String> = prompts.iter().collect();
    widest.sort_by_key(|prompt| std::cmp::Reverse(unicode_width::UnicodeWidthStr::width(prompt.as_str())));
    widest.truncate(WIDEST);
    // The display is on its console once that shows.
    shows(&mut display, "\r\nx", false);
    let cut = widest.into_iter().filter(|prompt| {
        shows(&mut display, "\r\n", true);
        shows(&mut display, &format!("{prompt} "), false);
        let waiting = display.shown.clone();
        display.press("LnBeg");
        display.changes(STILL * 2, STILL);
        // Where going to the beginning of the line changes anything the beginning was not there.
        display.shown.trim_end_matches(BLANK) != waiting.trim_end_matches(BLANK)
    });
    cut.cloned().collect()
}

/// A cell without a dot.
const BLANK: char = '\u{2800}';

/// Writes, and waits until the cells are blank or no longer are.
fn shows(display: &mut Display, text: &str, blank: bool) {
    display.write(text.as_bytes());
    let end = Instant::now() + PATIENCE;
    loop {
        display.changes(STILL, STILL);
        let dots = display.shown.chars().all(|c| ('\u{2800}'..='\u{28ff}').contains(&c));
        let empty = display.shown.trim_matches(BLANK).trim().is_empty();
        if (dots || empty) && empty == blank {
            return;
        }
        assert!(Instant::now() < end, "{text:?} does not come onto the display: {:?}", display.shown);
    }
}
