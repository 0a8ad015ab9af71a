//! What holds for a whole run: options, environment variables, defaults, in this order. Reads no file.

use std::path::PathBuf;

use chrono::NaiveDateTime;
use lianban::desk::Locale;
use lianban::office::{self, Opening, Problem, Who};
use lianban::values::lang::Lang;

use super::args::Global;

/// The run.
pub(crate) struct Setting {
    /// The file that was named; none for the usual one.
    file: Option<PathBuf>,
    operator: String,
    /// The language that was asked for; none when nothing says so.
    speak: Option<Lang>,
    /// A clock that stands still.
    pub(crate) now: Option<NaiveDateTime>,
    /// One object a line instead of text.
    pub(crate) json: bool,
}

/// The value of an environment variable, if it says something.
pub(crate) fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty())
}

/// The language before anything else is read, so that even a wrong command line is answered in it.
pub(crate) fn early_lang(args: &[String]) -> Lang {
    let before_end = args.iter().take_while(|arg| *arg != "--");
    let mut said = None;
    let mut next = false;
    for arg in before_end {
        if next {
            said = Some(arg.clone());
        }
        next = arg == "--lang";
        if let Some(value) = arg.strip_prefix("--lang=") {
            said = Some(value.to_owned());
        }
    }
    let said = said.or_else(|| env("LIANBAN_LANG")).as_deref().and_then(Lang::parse);
    said.or_else(system_lang).unwrap_or_default()
}

fn system_lang() -> Option<Lang> {
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(env).as_deref().and_then(Lang::parse)
}

impl Setting {
    /// Options first, then the environment.
    pub(crate) fn new(global: &Global, t: &Locale) -> Result<Self, Problem> {
        let lang = global.lang.clone().or_else(|| env("LIANBAN_LANG"));
        let speak = match &lang {
            Some(text) => Some(Lang::parse(text).ok_or_else(|| usage(t, "lang", "cli-no-lang", text))?),
            None => None,
        };
        let now = global.now.clone().or_else(|| env("LIANBAN_NOW"));
        let now = match &now {
            Some(text) => Some(moment(text).ok_or_else(|| usage(t, "now", "cli-no-now", text))?),
            None => None,
        };
        Ok(Self {
            file: global.file.clone().or_else(|| env("LIANBAN_FILE").map(PathBuf::from)),
            operator: global.operator.clone().or_else(|| env("LIANBAN_OPERATOR")).unwrap_or_default(),
            speak,
            now,
            json: global.json,
        })
    }

    /// Only what the command line itself says: for a line whose other end is not to be believed.
    pub(crate) fn sealed(global: &Global) -> Self {
        Self {
            file: global.file.clone(),
            operator: String::new(),
            speak: global.lang.as_deref().and_then(Lang::parse),
            now: global.now.as_deref().and_then(moment),
            json: false,
        }
    }

    /// The language to begin with.
    pub(crate) fn lang(&self) -> Lang {
        self.speak.or_else(system_lang).unwrap_or_default()
    }

    /// The sentences to begin with.
    pub(crate) fn locale(&self) -> Locale {
        Locale::new(self.lang())
    }

    /// The office's file. With nothing named: the office of the data directory, or the demonstration if there is only
    /// that.
    pub(crate) fn file(&self) -> Result<PathBuf, Problem> {
        if let Some(file) = &self.file {
            return Ok(file.clone());
        }
        let usual = office::default_file(false, self.lang())?;
        let demo = office::default_file(true, self.lang())?;
        Ok(if !usual.exists() && demo.exists() { demo } else { usual })
    }

    /// The file that was named.
    pub(crate) fn named_file(&self) -> Option<PathBuf> {
        self.file.clone()
    }

    /// The demonstration's file.
    pub(crate) fn demo_file(&self) -> Result<PathBuf, Problem> {
        self.file.clone().map_or_else(|| office::default_file(true, self.lang()), Ok)
    }

    /// How the office is opened.
    pub(crate) fn opening(&self, file: PathBuf, terminal: &str) -> Opening {
        Opening { file, lang: self.lang(), now: self.now, terminal: terminal.to_owned(), read_only: false }
    }

    /// Who signs in, with the PIN from the file that LIANBAN_PIN_FILE names.
    pub(crate) fn who(&self) -> Result<Who, Problem> {
        Ok(Who { name: self.operator.clone(), pin: pin_file("LIANBAN_PIN_FILE", self)?, speak: self.speak })
    }

    /// The office's time without an office: as fixed, else the machine's.
    pub(crate) fn clock(&self) -> NaiveDateTime {
        self.now.unwrap_or_else(|| chrono::Local::now().naive_local())
    }
}

/// The first line of the file that an environment variable names; none when it is not set.
pub(crate) fn pin_file(name: &str, setting: &Setting) -> Result<Option<String>, Problem> {
    let Some(path) = env(name) else { return Ok(None) };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.lines().next().unwrap_or_default().trim().to_owned())),
        Err(error) => {
            let t = setting.locale();
            let args = [("path", path), ("detail", error.to_string())];
            let message = t.with("cli-pin-file", &args);
            Err(Problem {
                code: "pin-file".into(),
                field: "pin".into(),
                message,
                hint: String::new(),
                exit: 3,
            })
        }
    }
}

/// A wrong word on the command line.
pub(crate) fn usage(t: &Locale, field: &str, id: &str, text: &str) -> Problem {
    let args = [("text", text.to_owned())];
    Problem {
        code: "usage".into(),
        field: field.to_owned(),
        message: t.with(id, &args),
        hint: t.find(&format!("{id}.hint"), &args).unwrap_or_default(),
        exit: 2,
    }
}

fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().replace(' ', "T");
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
}
