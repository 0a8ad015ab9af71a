//! Who is at the desk and what their posts allow.

use super::locale::Locale;
use super::refusal::{Kind, Refusal};
use crate::catalog::Catalog;

/// Someone who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Operator {
    /// Number in the file; 0 is nobody.
    pub id: i64,
    /// Name as signed.
    pub name: String,
    /// The posts held now: id of the post, and the association it is held for (empty for the joint secretariat).
    pub posts: Vec<(String, String)>,
}

impl Operator {
    /// Whether the person holds one of these posts; an empty list is open to everyone signed in.
    pub(crate) fn holds(&self, posts: &[&str]) -> bool {
        posts.is_empty() || self.posts.iter().any(|(post, _)| posts.contains(&post.as_str()))
    }

    /// The associations the person acts for; empty for someone of the joint secretariat, who acts for all.
    pub(crate) fn associations(&self) -> Vec<&str> {
        if self.posts.iter().any(|(_, org)| org.is_empty()) {
            return Vec::new();
        }
        self.posts.iter().map(|(_, org)| org.as_str()).collect()
    }

    /// Refuses when none of the posts is held, and says which posts could.
    pub(crate) fn must_hold(&self, posts: &[&str], catalog: &Catalog, t: &Locale) -> Result<(), Refusal> {
        if self.holds(posts) {
            return Ok(());
        }
        let who: Vec<String> = posts.iter().map(|post| catalog.post_name(post, t.lang())).collect();
        Err(Refusal::rule("permission")
            .of(Kind::Permission)
            .with("posts", who.join(&t.say("list-separator"))))
    }
}
