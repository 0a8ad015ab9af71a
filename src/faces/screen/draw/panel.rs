//! The numbered menu, the key table and the page read through, in place of the body.

use super::super::line::{Block, Line, Role};
use super::super::panel::{Kind, Panel};
use super::super::text::wrap;
use super::Scene;
use super::parts::MARGIN;

/// The panel in `height` lines.
pub(super) fn draw(scene: Scene<'_>, panel: &Panel, height: usize) -> Block {
    let mut title = Line::of("  ", Role::Plain);
    title.put(&scene.locale.say(panel.title()), Role::Heading);
    let typed = panel.typed.text();
    match panel.kind {
        Kind::Keys => {
            title.put(&format!("  {}: {typed}", scene.locale.say("screen-keys-search")), Role::Plain);
        }
        _ if !typed.is_empty() => {
            title.put(&format!("  {typed}"), Role::Plain);
        }
        _ => {}
    }
    let shown = panel.shown();
    let place = [("rank", (panel.at + 1).min(shown.len()).to_string()), ("total", shown.len().to_string())];
    title.put(&format!("  {}", scene.locale.with("screen-rank", &place)), Role::Quiet);
    let digits = panel.entries.len().to_string().len();
    let mut list = Block::default();
    for (index, (number, entry)) in shown.iter().enumerate() {
        let here = index == panel.at;
        let number = if panel.kind == Kind::Menu { format!("{number:>digits$} ") } else { String::new() };
        let indent = MARGIN + number.len();
        for (at, text) in wrap(&entry.text, scene.columns.saturating_sub(indent)).iter().enumerate() {
            let mut line = Line::of(if here && at == 0 { ">" } else { " " }, Role::Plain);
            line.put(" ", Role::Plain);
            if at == 0 {
                line.put(&number, Role::Key);
            }
            line.to(indent, Role::Plain).put(text, if here { Role::Focused } else { Role::Plain });
            if here && at == 0 {
                let padding = number.len() - number.trim_start().len();
                list.finger = Some((list.lines.len(), MARGIN + padding));
            }
            list.push(line);
        }
    }
    if height < 2 {
        return list.window(height).0;
    }
    // Where nothing was found, the finger stays on what was typed.
    let finger = shown.is_empty().then_some((0, title.width.min(scene.columns.saturating_sub(1))));
    let mut block = Block { lines: vec![title], finger };
    block.below(list.window(height - 1).0);
    block
}
