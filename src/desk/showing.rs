//! From the open page to the view: headings, the list or form with the finger, and everything that can be done here.

use chrono::{Datelike, Timelike};

use crate::store::sessions;

use super::Desk;
use super::action::{Action, Availability, Scope};
use super::calendar::Keep;
use super::door;
use super::families;
use super::filling::Filling;
use super::page::{Page, Quick, SignIn};
use super::refusal::Refusal;
use super::subject::{Cx, Subject};
use super::view::{Fact, Facts, Form, FormField, Guard, Offer, Part, Tab, Text, View};

impl Desk {
    /// Reads the open page's data anew, all of it at one moment of the file, keeping the finger where it is.
    pub(crate) fn reload(&mut self) -> Result<(), Refusal> {
        let today = match self.stack.last() {
            Some(Page::Today { .. }) => Some(self.today()?),
            _ => None,
        };
        let Self { office, stack, window, .. } = self;
        let cx = office.cx();
        office.store.look(|| match stack.last_mut() {
            Some(Page::Today { duties, standing }) => {
                if let Some(Page::Today { duties: fresh, standing: now }) = today {
                    duties.replace(fresh.rows, fresh.leads);
                    *standing = now;
                }
                Ok(())
            }
            Some(Page::List(query)) => query.load(&cx, *window),
            Some(Page::Grid(calendar)) => calendar.load(&cx, Keep::Record),
            Some(Page::Record { subject, id, brief, parts, .. }) => {
                *brief = subject.brief(&cx, *id)?;
                *parts = subject.page(&cx, *id)?;
                Ok(())
            }
            Some(Page::Form(filling)) => {
                filling.respond(&cx, "");
                filling.reload_tail(&cx)
            }
            _ => Ok(()),
        })
    }

    /// Makes the view anew; whether it differs from the one before. While only time passed the clock is left as it
    /// stands, so that an idle desk writes nothing.
    pub(crate) fn refresh(&mut self, looking: bool) -> bool {
        let mut view = self.office.store.look(|| self.show());
        if looking {
            view.clock.clone_from(&self.view.clock);
        }
        let changed = view != self.view;
        if changed && looking {
            view.clock = self.clock();
        }
        self.view = view;
        changed
    }

    fn clock(&self) -> String {
        let now = self.office.clock.now();
        let day = self.office.locale.say(&format!("weekday-{}", now.weekday().number_from_monday()));
        format!("{}-{:02} {day} {:02}:{:02}", now.month(), now.day(), now.hour(), now.minute())
    }

    fn show(&self) -> View {
        let cx = self.office.cx();
        let mut view = View {
            tabs: self.tabs(),
            pages: self.sub_pages(),
            clock: self.clock(),
            banner: match self.course_banner() {
                Some(course) => course,
                None if self.office.demo => cx.t.say("banner-demo"),
                None => String::new(),
            },
            operator: self.office.who.name.clone(),
            notice: self.notice.clone(),
            said: self.said,
            undoable: self.undoable(),
            question: self.pending.as_ref().map(|p| p.question.clone()),
            ..View::default()
        };
        for page in &self.stack {
            let title = title(&cx, page, view.place.last().map_or("", String::as_str));
            view.place.push(title);
        }
        view.title = view.place.last().cloned().unwrap_or_default();
        match self.stack.last() {
            Some(Page::SignIn(door)) => self.show_door(&cx, door, &mut view),
            Some(Page::Today { duties, standing }) => {
                view.page = "today".into();
                view.parts.push(Part::List(duties.view(self.window)));
                let heading = cx.t.say("today-standing");
                view.parts.push(Part::Facts(Facts { heading, items: standing.clone() }));
            }
            Some(Page::List(query)) => {
                view.page = format!("{}.list", query.subject.name());
                view.parts.push(query.part(&cx));
                if let Some(id) = query.id()
                    && let Ok(card) = query.subject.card(&cx, id)
                {
                    // The detail of the focused row, for a face wide enough to show it beside the list.
                    view.parts.extend(card);
                }
            }
            Some(Page::Grid(calendar)) => {
                view.page = format!("{}.calendar", calendar.subject.name());
                view.parts.push(calendar.part(&cx));
                let lines = calendar.notes(&cx);
                if calendar.listed && !lines.is_empty() {
                    view.parts.push(Part::Text(Text { heading: String::new(), lines }));
                }
                if let Some((subject, id)) = self.under_finger()
                    && let Ok(card) = subject.card(&cx, id)
                {
                    view.parts.extend(card);
                }
            }
            Some(Page::Record { subject, brief, parts, reference, .. }) => {
                view.page = format!("{}.record", subject.name());
                view.brief.clone_from(brief);
                view.parts.clone_from(parts);
                view.parts.extend(self.others_on(reference).map(Part::Facts));
            }
            Some(Page::Form(filling)) => {
                view.page = format!("{}.form", filling.subject.name());
                // A form that is the next row of a list stands under the last of its rows.
                // Over a form nobody goes to another view of the rows.
                view.parts.extend(filling.tail.as_ref().map(|tail| tail.part(&cx).without_views()));
                view.focus = view.parts.len();
                view.parts.push(Part::Form(filling.view(&cx)));
            }
            Some(Page::Search { text, found, in_list }) => {
                view.page = "search".into();
                view.parts.push(Part::Form(one_field(&cx, "search", text)));
                view.parts.push(Part::List(found.view(self.window)));
                view.focus = usize::from(*in_list);
            }
            Some(Page::Quick(quick)) => {
                view.page = "quick".into();
                view.parts.push(Part::Form(quick_form(&cx, quick)));
            }
            Some(Page::Sheet { name, notes, rows, chart, footer, .. }) => {
                view.page.clone_from(name);
                if !notes.is_empty() {
                    view.parts.push(Part::Text(Text { heading: String::new(), lines: notes.clone() }));
                }
                view.focus = view.parts.len();
                let mut list = rows.view(self.window);
                list.views = self.spans(name);
                view.parts.push(Part::List(list));
                view.parts.extend(chart.clone().map(Part::Chart));
                if !footer.is_empty() {
                    view.parts.push(Part::Text(Text { heading: String::new(), lines: footer.clone() }));
                }
            }
            None => {}
        }
        if view.guard == Guard::Open {
            view.actions = self.offers(&cx);
        }
        view
    }

    /// Who else has this record open: two people about to do the same thing should know.
    fn others_on(&self, reference: &str) -> Option<Facts> {
        let cx = self.office.cx();
        let open = sessions::on_record(cx.db, reference).ok()?;
        let others = open.into_iter().filter(|s| s.id != self.session);
        let named = others.filter_map(|s| {
            let sql = "SELECT name FROM operator WHERE id = ?1";
            let name: String = cx.db.query_row(sql, [s.operator_id], |row| row.get(0)).ok()?;
            Some(Fact { label: cx.t.say("also-open"), value: format!("{name} {}", s.terminal) })
        });
        let items: Vec<Fact> = named.collect();
        (!items.is_empty()).then_some(Facts { heading: String::new(), items })
    }

    fn show_door(&self, cx: &Cx<'_>, door: &SignIn, view: &mut View) {
        view.page = "sign-in".into();
        view.guard = if door.locked { Guard::Locked } else { Guard::SignIn };
        view.tabs.clear();
        view.pages.clear();
        view.place = vec![view.title.clone()];
        let field = |name: &str, value: &str, secret: bool| FormField {
            name: name.into(),
            label: cx.t.say(&format!("sign-in-{name}")),
            value: value.into(),
            required: true,
            open: value.is_empty(),
            secret,
            error: door.error.as_ref().filter(|e| e.field == Some(field_name(name))).map(|e| e.notice(cx.t)),
            help: cx.t.say(&format!("sign-in-{name}.help")),
            ..FormField::default()
        };
        let names = door.fields(self.office.demo);
        let fields: Vec<FormField> =
            names.iter().map(|name| field(name, door.text(name), *name != "name")).collect();
        let focus = door.at.min(fields.len() - 1);
        let ready = door.error.is_none() && fields.iter().all(|field| !field.value.is_empty());
        view.parts = vec![Part::Form(Form {
            name: "sign-in".into(),
            // Whoever is only asked for the PIN hears whose.
            heading: match focus > 0 && !door.name.is_empty() {
                true => format!("{} {}", view.title, door.name),
                false => view.title.clone(),
            },
            ready,
            fields,
            focus,
            submit: cx.t.say("sign-in-submit"),
            ..Form::default()
        })];
    }

    fn tabs(&self) -> Vec<Tab> {
        if self.office.who.id == 0 {
            return Vec::new();
        }
        let here = match (self.stack.get(1), self.base()) {
            (_, Some(subject)) => families::tab_of(subject),
            (Some(Page::Sheet { .. }), None) => "more",
            _ => "today",
        };
        let tab = |name: &str, label: String| Tab { name: name.to_owned(), label, current: name == here };
        let t = &self.office.locale;
        let mut tabs = vec![tab("today", t.say("page-today"))];
        for subject in self.office.registry.iter().filter(|s| s.under().is_none()) {
            tabs.push(tab(subject.name(), t.say(&format!("subject-{}", subject.name()))));
        }
        tabs.push(tab("more", t.say("page-more")));
        tabs
    }

    /// The subject under whose tab the open page lies.
    fn base(&self) -> Option<&'static dyn Subject> {
        self.stack.get(1).and_then(Page::subject)
    }

    fn sub_pages(&self) -> Vec<Tab> {
        let signed_in = self.office.who.id != 0;
        if !signed_in {
            return Vec::new();
        }
        self.pages(self.base().map_or("", Subject::name)).into_iter().chain(self.course_tab()).collect()
    }

    /// Everything that can be done here, with the reason where it cannot. Making a record comes last, except on a page
    /// that has no record.
    fn offers(&self, cx: &Cx<'_>) -> Vec<Offer> {
        let mut offers = Vec::new();
        if matches!(self.stack.last(), Some(Page::Form(_) | Page::Search { .. } | Page::Quick(_)) | None) {
            return offers;
        }
        // Where rows of many kinds stand together only what applies is worth saying; the record's own page says why
        // the rest does not.
        let mixed = matches!(self.stack.last(), Some(Page::Today { .. } | Page::Sheet { .. }));
        if let Some((subject, id)) = self.under_finger() {
            let of_record: Vec<&Action> =
                subject.actions().iter().filter(|a| a.scope != Scope::Subject).collect();
            let each = match self.stack.last() {
                Some(Page::List(query)) if !query.marks.is_empty() => {
                    of_marked(cx, subject, &of_record, &query.marks)
                }
                _ => door::check_each(cx, subject, &of_record, id),
            };
            let all = of_record.iter().zip(each).map(|(action, check)| offer(cx, subject, action, check));
            offers.extend(all.filter(|o| !mixed || o.refused.is_none()));
            offers.push(self.plain_offer("history"));
        }
        let base = match self.stack.last() {
            Some(Page::List(query)) => Some(query.subject),
            Some(Page::Grid(calendar)) => Some(calendar.subject),
            Some(Page::Record { subject, .. }) => Some(*subject),
            _ => None,
        };
        for subject in self.makers(base) {
            let makers = subject.actions().iter().filter(|a| a.scope == Scope::Subject);
            offers.extend(
                makers.map(|action| offer(cx, subject, action, door::check(cx, subject, action, None))),
            );
        }
        offers
    }

    fn plain_offer(&self, name: &str) -> Offer {
        let label = self.office.locale.say(&format!("desk-do-{name}"));
        Offer { name: name.to_owned(), label, refused: None, main: false }
    }
}

/// The fields of the door, as refusals name them.
fn field_name(name: &str) -> &'static str {
    match name {
        "pin" => "pin",
        "new" => "new",
        "again" => "again",
        _ => "name",
    }
}

fn offer(cx: &Cx<'_>, subject: &dyn Subject, action: &Action, check: Availability) -> Offer {
    let refused = check.err();
    Offer {
        name: format!("{}.{}", subject.name(), action.name),
        label: cx.t.say(&format!("{}-do-{}", subject.name(), action.name)),
        refused: refused.map(|r| r.notice(cx.t)),
        main: action.main,
    }
}

/// What a form is called: its action, and what it is done to unless the page beneath is that record's.
fn form_title(cx: &Cx<'_>, filling: &Filling, beneath: &str) -> String {
    let what = cx.t.say(&format!("{}-do-{}", filling.subject.name(), filling.action.name));
    let Some(id) = filling.form.target else { return what };
    if !filling.form.others.is_empty() {
        let n = filling.form.others.len() + 1;
        return cx.t.with("done-many", &[("what", what), ("n", n.to_string())]);
    }
    let record = filling.subject.record();
    let sql = format!("SELECT {} FROM {} WHERE id = ?1", record.reference, record.table);
    let reference: Result<String, _> =
        cx.db.prepare_cached(&sql).and_then(|mut read| read.query_row([id], |row| row.get(0)));
    match reference {
        Ok(reference) if reference != beneath => format!("{what} {reference}"),
        _ => what,
    }
}

fn title(cx: &Cx<'_>, page: &Page, beneath: &str) -> String {
    match page {
        Page::SignIn(door) => cx.t.say(match (door.locked, door.change) {
            (_, true) => "page-new-pin",
            (true, false) => "page-locked",
            (false, false) => "page-sign-in",
        }),
        Page::Today { .. } => cx.t.say("page-today"),
        Page::List(query) => cx.t.say(&format!("subject-{}", query.subject.name())),
        Page::Grid(calendar) => cx.t.say(&format!("subject-{}", calendar.subject.name())),
        Page::Record { reference, .. } => reference.clone(),
        Page::Form(filling) => form_title(cx, filling, beneath),
        Page::Search { .. } => cx.t.say("page-search"),
        Page::Quick(_) => cx.t.say("page-quick"),
        Page::Sheet { title, .. } => title.clone(),
    }
}

fn one_field(cx: &Cx<'_>, name: &str, value: &str) -> Form {
    let field = FormField {
        name: name.to_owned(),
        label: cx.t.say(&format!("page-{name}")),
        value: value.to_owned(),
        open: true,
        help: cx.t.say(&format!("page-{name}.help")),
        ..FormField::default()
    };
    Form {
        name: name.to_owned(),
        heading: cx.t.say(&format!("page-{name}")),
        fields: vec![field],
        submit: cx.t.say(&format!("page-{name}.submit")),
        ..Form::default()
    }
}

/// The quick entry line with what was understood field by field.
fn quick_form(cx: &Cx<'_>, quick: &Quick) -> Form {
    let mut form = one_field(cx, "quick", &quick.line);
    if let Some(filling) = &quick.filling {
        let shown = filling.view(cx);
        form.submit.clone_from(&shown.submit);
        form.ready = quick.unread.is_empty() && shown.fields.iter().all(|f| f.error.is_none());
        let answered = shown.fields.iter().filter(|f| !f.secret);
        for field in answered {
            let value = if field.value.is_empty() { &field.default } else { &field.value };
            let missing = value.is_empty() && field.required;
            let said = match missing {
                true => cx.t.say("quick-missing"),
                false if field.error.is_some() => {
                    let why = field.error.as_ref().map(|e| e.text.as_str()).unwrap_or_default();
                    cx.t.with("quick-wrong", &[("value", value.clone()), ("why", why.to_owned())])
                }
                false if field.echo.is_empty() => value.clone(),
                false => format!("{value} {}", field.echo),
            };
            if !said.is_empty() {
                form.findings.push(super::view::Fact { label: field.label.clone(), value: said });
            }
        }
        form.findings.extend(shown.findings);
    }
    if !quick.unread.is_empty() {
        let label = cx.t.say("quick-unread");
        form.findings.push(super::view::Fact { label, value: quick.unread.join(" ") });
    }
    form
}

/// Marked records that are looked at for saying whether an action applies to all of them; the door looks at every one.
const LOOKED_AT: usize = 20;

/// Whether actions apply to the marked records, which are then what they are about, wherever the finger is.
fn of_marked(
    cx: &Cx<'_>,
    subject: &dyn Subject,
    actions: &[&Action],
    marks: &std::collections::BTreeSet<i64>,
) -> Vec<Availability> {
    let check = |action: &&Action| match action.scope {
        Scope::Many => {
            let each = marks.iter().take(LOOKED_AT).map(|id| door::check(cx, subject, action, Some(*id)));
            each.collect::<Result<Vec<()>, _>>().map(|_| ())
        }
        _ => Err(Refusal::rule("one-at-a-time")),
    };
    actions.iter().map(check).collect()
}
