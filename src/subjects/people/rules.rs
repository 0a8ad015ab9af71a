//! What is true of a person served: whose category they are, which hardships follow from the file, what has run out.
//! Pure: no SQL, no clock, no sentence.

use chrono::{Months, NaiveDate};

use crate::values::resident_id::{GUARDIAN_BELOW, age_on};

/// The categories of a certificate in their order (RULES §2.2), as they are kept.
pub(crate) const CATEGORIES: [&str; 7] = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"];
/// The category that says only "several".
pub(crate) const MULTIPLE: &str = "多重";

/// Which association serves which category (RULES §2.4), as the catalogue of this office has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RoutingTable {
    /// Category and association, without 多重.
    pub of: Vec<(String, String)>,
    /// The association of people with autism.
    pub autism: String,
    /// Categories in which the autism flag decides, and those in which it is asked when nobody has said.
    pub autism_in: Vec<String>,
    /// See above.
    pub autism_ask: Vec<String>,
    /// The joint secretariat.
    pub secretariat: String,
    /// The associations in the order of the office.
    pub order: Vec<String>,
}

impl RoutingTable {
    fn of_category(&self, category: &str, autism: Option<bool>) -> Option<String> {
        if autism == Some(true) && self.autism_in.iter().any(|c| c == category) {
            return Some(self.autism.clone());
        }
        self.of.iter().find(|(c, _)| c == category).map(|(_, org)| org.clone())
    }

    /// The same associations once each, in the order of the office.
    pub(crate) fn sorted(&self, orgs: &[String]) -> Vec<String> {
        let mut out: Vec<String> = self.order.iter().filter(|o| orgs.contains(o)).cloned().collect();
        for org in orgs {
            if !out.contains(org) {
                out.push(org.clone());
            }
        }
        out
    }
}

/// What decides whose person someone is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Need {
    /// Category, certified or as the person says; empty when nobody knows.
    pub category: String,
    /// The kinds that 多重 is made of.
    pub components: Vec<String>,
    /// Whether the person is autistic; none when never asked.
    pub autism: Option<bool>,
}

/// Why someone belongs where they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// By the category.
    Category,
    /// By the autism flag.
    Autism,
    /// By the kinds recorded with 多重.
    Components,
    /// 多重, but of what is not recorded.
    NoComponents,
    /// No category is known; service is not refused for it (L-3).
    Unknown,
}

/// The associations a person belongs to, in the order of the office; empty when only the secretariat can say.
pub(crate) fn associations(need: &Need, table: &RoutingTable) -> (Vec<String>, Why) {
    if need.category.is_empty() {
        return match need.autism {
            Some(true) => (vec![table.autism.clone()], Why::Autism),
            _ => (Vec::new(), Why::Unknown),
        };
    }
    if need.category == MULTIPLE {
        let orgs: Vec<String> =
            need.components.iter().filter_map(|c| table.of_category(c, need.autism)).collect();
        let why = if orgs.is_empty() { Why::NoComponents } else { Why::Components };
        return (table.sorted(&orgs), why);
    }
    let plain = table.of_category(&need.category, None);
    match table.of_category(&need.category, need.autism) {
        Some(org) if Some(&org) != plain.as_ref() => (vec![org], Why::Autism),
        Some(org) => (vec![org], Why::Category),
        None => (Vec::new(), Why::Unknown),
    }
}

/// The association whose person this is, or the secretariat when it is several or nobody knows.
pub(crate) fn home(need: &Need, table: &RoutingTable) -> String {
    match associations(need, table).0.as_slice() {
        [one] => one.clone(),
        _ => table.secretariat.clone(),
    }
}

/// Completed years on a day; nothing before birth.
pub(crate) fn age(birth: NaiveDate, on: NaiveDate) -> u32 {
    age_on(birth, on).unwrap_or(0)
}

/// Under eighteen: the file names a guardian.
pub(crate) fn minor(birth: NaiveDate, on: NaiveDate) -> bool {
    age(birth, on) < GUARDIAN_BELOW
}

/// The hardships that follow from the file (L-2.3.1), in the words of the tags: `household` counts the clients of the
/// home with this one, `elders` says that another of them is sixty or older.
pub(crate) fn derived_tags(household: usize, elders: bool, category: &str) -> Vec<&'static str> {
    let mut tags = Vec::new();
    if household >= 2 {
        tags.push("一户多残");
    }
    if elders {
        tags.push("老残一体");
    }
    if category == MULTIPLE {
        tags.push("多重残疾");
    }
    tags
}

/// A text with a mark in the place of every one of these words; a word of one character says nobody's name.
pub(crate) fn without(text: &str, words: &[String], mark: &str) -> String {
    let mut words: Vec<&String> = words.iter().filter(|word| word.chars().count() > 1).collect();
    // The certificate before the number that it begins with.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), mark))
}

/// The last day of a certificate (RULES §2.2): as printed, else so many years after the day of issue.
pub(crate) fn expires(
    printed: Option<NaiveDate>,
    issued: Option<NaiveDate>,
    years: u32,
) -> Option<NaiveDate> {
    printed.or_else(|| issued.and_then(|day| day.checked_add_months(Months::new(years * 12))))
}

#[cfg(test)]
mod tests {
    use super::{Need, RoutingTable, Why, age, associations, derived_tags, expires, home, minor, without};

    fn table() -> RoutingTable {
        let pairs =
            [("视力", "BL"), ("听力", "DF"), ("言语", "DF"), ("肢体", "PD"), ("智力", "ID"), ("精神", "MD")];
        RoutingTable {
            of: pairs.iter().map(|(c, o)| ((*c).to_owned(), (*o).to_owned())).collect(),
            autism: "AS".into(),
            autism_in: vec!["智力".into(), "精神".into()],
            autism_ask: vec!["精神".into()],
            secretariat: "JS".into(),
            order: ["BL", "DF", "PD", "ID", "MD", "AS"].map(String::from).to_vec(),
        }
    }

    fn need(category: &str, components: &[&str], autism: Option<bool>) -> Need {
        Need {
            category: category.into(),
            components: components.iter().map(|c| (*c).to_owned()).collect(),
            autism,
        }
    }

    #[test]
    fn whose_person_someone_is() {
        let t = table();
        let rows: [(Need, &[&str], Why, &str); 9] = [
            (need("视力", &[], None), &["BL"], Why::Category, "BL"),
            (need("言语", &[], None), &["DF"], Why::Category, "DF"),
            (need("精神", &[], None), &["MD"], Why::Category, "MD"),
            (need("精神", &[], Some(true)), &["AS"], Why::Autism, "AS"),
            (need("视力", &[], Some(true)), &["BL"], Why::Category, "BL"),
            (need("多重", &["肢体", "视力"], None), &["BL", "PD"], Why::Components, "JS"),
            (need("多重", &["听力", "言语"], None), &["DF"], Why::Components, "DF"),
            (need("多重", &[], None), &[], Why::NoComponents, "JS"),
            (need("", &[], None), &[], Why::Unknown, "JS"),
        ];
        for (need, orgs, why, lead) in rows {
            let (found, because) = associations(&need, &t);
            assert_eq!(
                (found.iter().map(String::as_str).collect::<Vec<_>>(), because),
                (orgs.to_vec(), why),
                "{need:?}"
            );
            assert_eq!(home(&need, &t), lead);
        }
    }

    #[test]
    fn a_text_without_a_person_says_the_rest() {
        let words = ["沈示安", "330521194603179606", "33052119460317960613", "李"].map(String::from);
        assert_eq!(without("沈示安(33052119460317960613)来电,李家", &words, "***"), "***(***)来电,李家");
    }

    #[test]
    fn years_and_tags_and_days() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(age(day("2008-02-29"), day("2026-02-28")), 17);
        assert!(minor(day("2008-03-05"), day("2026-03-04")));
        assert_eq!(derived_tags(2, true, "多重"), ["一户多残", "老残一体", "多重残疾"]);
        assert!(derived_tags(1, false, "视力").is_empty());
        assert_eq!(expires(None, Some(day("2016-05-01")), 10), Some(day("2026-05-01")));
    }
}
