//! The line a hand types for something broken, `大活动室 投影仪 灯泡不亮 紧急`: where, what, what is wrong with it. The place may be
//! left out, the thing where the place says it, and both where an asset is named (`ZC-PD-023 屏幕裂`). Pure: what there is to recognise is handed in.

use crate::subjects::venue::typed::{Named, zone};
use crate::values::text;

/// What a line was understood as. What is not said stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// Number of an asset.
    pub asset: String,
    /// Zone code.
    pub zone: String,
    /// What it is.
    pub object: String,
    /// What is wrong with it.
    pub fault: String,
    /// How pressing it is, as the word that is kept.
    pub priority: String,
}

/// Reads a line. `urgencies` are the words of the priorities, each with the other words for it; `asset` knows the number of
/// the asset that a word names.
pub(crate) fn read(
    line: &str,
    zones: &[Named],
    urgencies: &[(String, Vec<String>)],
    asset: impl Fn(&str) -> Option<String>,
) -> Line {
    let mut said = Line::default();
    let mut words: Vec<String> = Vec::new();
    for word in text::half_width(line).split_whitespace() {
        let urgency = urgencies.iter().find(|(kept, also)| kept == word || also.iter().any(|a| a == word));
        if let Some((kept, _)) = urgency.filter(|_| said.priority.is_empty()) {
            said.priority.clone_from(kept);
        } else if let Some(code) =
            zone(&word.to_lowercase(), word, zones).filter(|_| said.zone.is_empty() && words.is_empty())
        {
            said.zone = code;
        } else if let Some(no) = asset(word).filter(|_| said.asset.is_empty()) {
            said.asset = no;
        } else {
            words.push(word.to_owned());
        }
    }
    // Of one word alone it is what is wrong; of more the first is what it is wrong with, unless that was said by number.
    if words.len() > 1 && said.asset.is_empty() {
        said.object = words.remove(0);
    }
    said.fault = words.join(" ");
    said
}
