//! The parts of the form as a list of tasks: done, missing (what), wrong (how many, with links).

use serde::Serialize;

use super::policy::Case;
use super::section::{Section, field_of, href_of};
use crate::audit::Row;
use crate::law::{Finding, Instant, Severity, plural, show_instant, show_time, warsaw, warsaw_date};
use crate::offer::{AttachmentState, asked, last_of_part, rules};

/// As many links as a task shows; the rest is told as a number.
const MOST: usize = 8;

#[derive(Serialize)]
struct Issue {
    href: String,
    text: String,
}

#[derive(Serialize)]
pub struct Task {
    label: &'static str,
    href: String,
    state: String,
    tone: &'static str,
    hint: String,
    issues: Vec<Issue>,
    more: String,
    /// Who else is in the part now; empty for nobody.
    pub present: String,
    /// `ostatnio: 12:03, Anna Prezes`; empty where nobody saved it.
    pub saved: String,
}

impl Task {
    /// Says who saved the part last.
    pub fn tell(&mut self, saves: &[Row], now: Instant) {
        let section = Section::ALL.into_iter().find(|section| section.slug() == self.slug());
        let Some(row) = section.and_then(|section| last_of_part(saves, section.title())) else { return };
        let at = row.at.and_utc();
        let today = warsaw_date(at) == warsaw_date(now);
        let when = if today { show_time(warsaw(at).time()) } else { show_instant(at) };
        self.saved = format!("ostatnio: {when}, {}", row.actor);
    }

    /// The last part of its address.
    pub fn slug(&self) -> &str {
        self.href.rsplit('/').next().unwrap_or_default()
    }
}

/// The parts of the form with their states.
pub fn tasks(case: &Case, findings: &[Finding]) -> Vec<Task> {
    let (id, content) = (&case.offer.id, case.offer.working());
    let applies = case.call.content.applies();
    let org: Vec<&Finding> = findings.iter().filter(|f| f.place == "II.1").collect();
    let first = task(
        "Dane organizacji",
        format!("/oferty/{id}/organizacja"),
        "część II.1 oferty; wspólne dla wszystkich ofert",
        &org,
        |f| {
            let field = if f.rule.as_str() == "R-ORG-01" { "#status" } else { "" };
            format!("/konto/organizacja?org={}{field}", case.offer.org)
        },
    );
    let parts = Section::ALL.into_iter().map(|section| {
        let at = |f: &&Finding| field_of(content, &f.place).is_some_and(|(s, _)| s == section);
        let here: Vec<&Finding> = findings.iter().filter(at).collect();
        let href = format!("/oferty/{id}/{}", section.slug());
        let mut task = task(section.title_in(applies), href, section.parts(), &here, |f| {
            href_of(id, content, &f.place).unwrap_or_default()
        });
        if !section.is_asked(applies) {
            (task.state, task.tone) = ("nie dotyczy".to_owned(), "neutral");
            task.hint = "ogłoszenie nie prosi o zajęcia; ta część wypełnia się sama".to_owned();
        } else if section == Section::Programme && content.programme.is_empty() && task.issues.is_empty() {
            (task.state, task.tone) = ("nie dodano, można złożyć bez niego".to_owned(), "neutral");
        }
        task
    });
    std::iter::once(first).chain(parts).chain(partners(case, findings)).chain([files(case, findings)]).collect()
}

/// The partners of a joint offer: part V.C and everyone's word.
fn partners(case: &Case, findings: &[Finding]) -> Option<Task> {
    case.offer.working().joint.as_ref()?;
    let href = format!("/oferty/{}/partnerzy", case.offer.id);
    let own = |place: &str| place == rules::PARTNERS_PLACE || place.starts_with("V.C") || place.starts_with("II.1, ");
    let here: Vec<&Finding> = findings.iter().filter(|f| own(&f.place)).collect();
    let hint = "część V.C oferty; kto co wykonuje i potwierdzenia partnerów";
    Some(task("Partnerzy i podział kosztów", href.clone(), hint, &here, |_| href.clone()))
}

fn files(case: &Case, findings: &[Finding]) -> Task {
    let accepted = case.files.iter().filter(|a| a.state == AttachmentState::Accepted).count();
    let count = i64::try_from(accepted).unwrap_or(i64::MAX);
    let href = format!("/oferty/{}/zalaczniki", case.offer.id);
    let here: Vec<&Finding> = findings.iter().filter(|f| f.place == rules::ATTACHMENTS_PLACE).collect();
    let hint = format!("{count} {}; każdy dodaje się osobno", plural(count, "plik", "pliki", "plików"));
    let mut task = task("Załączniki", href.clone(), &hint, &here, |_| href.clone());
    if here.is_empty() && accepted == 0 && asked(&case.call.content).is_empty() {
        (task.state, task.tone) = ("niewymagane".to_owned(), "neutral");
    }
    task
}

fn task(label: &'static str, href: String, hint: &str, here: &[&Finding], link: impl Fn(&Finding) -> String) -> Task {
    let blocking: Vec<&Finding> = here.iter().filter(|f| f.severity == Severity::Block).copied().collect();
    let missing = blocking.iter().filter(|f| f.rule.as_str() == "R-OFF-14").count();
    let wrong = blocking.len().saturating_sub(missing);
    let (state, tone) = match (missing, wrong) {
        (0, 0) => ("gotowe".to_owned(), "ok"),
        (n, 0) => (format!("do uzupełnienia: {n}"), "warn"),
        (_, n) => (format!("do poprawy: {}", n.saturating_add(missing)), "error"),
    };
    let shown = blocking.iter().take(MOST).map(|f| Issue { href: link(f), text: said(f) });
    let rest = i64::try_from(blocking.len().saturating_sub(MOST)).unwrap_or(i64::MAX);
    Task {
        label,
        href,
        state,
        tone,
        hint: hint.to_owned(),
        issues: shown.collect(),
        more: if rest > 0 {
            format!("i jeszcze {rest} {}", plural(rest, "rzecz", "rzeczy", "rzeczy"))
        } else {
            String::new()
        },
        present: String::new(),
        saved: String::new(),
    }
}

/// "Brakuje: tytuł zadania publicznego.", "V.A, wiersz I.1.2. Brakuje: rodzaj kosztu.", or the place with what stands
/// there.
pub fn said(f: &Finding) -> String {
    if f.rule.as_str() != "R-OFF-14" {
        return format!("{}: {}", f.place, f.found);
    }
    // Of many alike: the row, the partner; a group is named in what is missing.
    let of_many = |&(part, of): &(&str, &str)| {
        let row = ["wiersz ", "miernik ", "trener "].iter().any(|name| of.starts_with(name));
        row || part == "II.1" || part == "Program"
    };
    match f.place.split_once(", ").filter(of_many) {
        Some(_) => format!("{}. {}", f.place, f.found),
        None => f.found.clone(),
    }
}

/// A field that is not filled in: its link says everything there is to say.
pub fn is_gap(f: &Finding) -> bool {
    f.rule.as_str() == "R-OFF-14" && f.severity == Severity::Block && f.limit.is_empty()
}
