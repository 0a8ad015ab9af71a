//! `explain`: what the rules make of a text. Opens no file.

use std::ffi::OsString;

use lianban::office::{ExplainKind, explain as rules};

use super::args::KindName;
use super::out::{Ending, Out};
use super::setting::Setting;

/// What the hyphen of a number is taken for while the command line is read.
const MINUS: char = '−';

/// The command line, in which a number below nothing (`explain amount -1,234.5`) must not be taken for an option.
pub(crate) fn shielded(args: Vec<OsString>) -> Vec<OsString> {
    let explaining = args.iter().any(|arg| arg == "explain");
    let mut options = true;
    let shield = |arg: OsString| {
        options &= arg != "--";
        let text = arg.to_str().filter(|_| explaining && options).and_then(|text| text.strip_prefix('-'));
        let number = |rest: &&str| rest.starts_with(|c: char| !c.is_ascii_alphabetic() && c != '-');
        text.filter(number).map(|rest| format!("{MINUS}{rest}").into()).unwrap_or(arg)
    };
    args.into_iter().map(shield).collect()
}

/// `explain KIND TEXT…`; a text of several words need not be quoted.
pub(crate) fn explain(
    setting: &Setting,
    kind: KindName,
    text: &[String],
    record: bool,
    out: &mut Out,
) -> Ending {
    let kind = match kind {
        KindName::Date => ExplainKind::Date,
        KindName::Id => ExplainKind::Id,
        KindName::Cert => ExplainKind::Cert,
        KindName::Amount => ExplainKind::Amount,
        KindName::Split => ExplainKind::Split,
        KindName::Name => ExplainKind::Name,
        KindName::Phone => ExplainKind::Phone,
    };
    let explained =
        rules(kind, &text.join(" ").replace(MINUS, "-"), setting.clock(), record, setting.lang())?;
    if setting.json {
        out.object(explained.fields.iter().map(|(name, value)| (*name, value.as_str())))?;
        return Ok(0);
    }
    let t = setting.locale();
    let filled = explained.fields.iter().filter(|(_, value)| !value.is_empty());
    let label = |name: &str| t.say(&format!("explain-{name}"));
    out.pairs(&filled.map(|(name, value)| (label(name), value.clone())).collect::<Vec<_>>())?;
    for line in [&explained.said, &explained.hint] {
        if !line.is_empty() {
            out.line(line)?;
        }
    }
    Ok(0)
}
