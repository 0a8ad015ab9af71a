//! An asset reported broken on its own page: whoever stands before it says what is wrong, and the tickets' own action does the
//! rest (SM-07).

use crate::desk::action::{Action, Done, Made, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::tickets::object::Object;
use crate::subjects::tickets::{Tickets, actions as tickets};

use super::records;

fn report() -> Result<&'static Action, Refusal> {
    door::action(&Tickets, "report").ok_or_else(|| Refusal::usage("no-action").with("text", "report"))
}

/// The ticket's form, with what stands in the asset's.
fn theirs(cx: &Cx<'_>, id: i64, form: &FormState) -> Result<FormState, Refusal> {
    let mut texts = vec![("asset", records::must_find(cx.db, id)?.no)];
    texts.extend(form.slots.iter().map(|slot| (slot.field.name, slot.text.clone())));
    keep::filled(cx, &Tickets, report()?, None, &texts)
}

/// Fills a form that was just opened.
pub(crate) fn start(form: &mut FormState) {
    form.propose("priority", "普通");
}

/// Says while it is filled what the tickets know of the thing.
pub(crate) fn respond(cx: &Cx<'_>, id: i64, form: &mut FormState) -> Result<(), Refusal> {
    let about = Object::of_asset(&records::must_find(cx.db, id)?);
    tickets::known(cx, form, &about)
}

/// Reports it.
pub(crate) fn apply(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, form: &FormState) -> Result<Done, Refusal> {
    let cx = &Cx { db: tx.conn(), ..*cx };
    let form = theirs(cx, id, form)?;
    let (done, seq) = door::within(cx, tx, &Tickets, report()?, None, &form)?;
    let made = Made { subject: Tickets.name(), id: done.id, reference: done.reference.clone(), seq };
    let mut args = done.args;
    args.push(("ticket", done.reference));
    let no = records::must_find(cx.db, id)?.no;
    Ok(Done { id, reference: no, args, undo: Undo::Made(made), open: false })
}
