//! Two texts of one thing side by side: what somebody saved meanwhile, and what was typed over the older one.

use serde::Serialize;

use crate::law::{parse_date, show_date};
use crate::web::Fields;

/// A field that somebody else saved otherwise meanwhile.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    name: String,
    saved: String,
    typed: String,
}

/// What `programme/_conflict.html` shows above a form that was typed over an older text.
#[derive(Clone, Debug, Serialize)]
pub struct Conflict {
    title: String,
    lead: String,
    rows: Vec<Difference>,
}

impl Conflict {
    /// `said` gives the label of a field and what its value says; nothing for what people do not see.
    #[must_use]
    pub fn of(
        title: &str,
        saved: &Fields,
        typed: &Fields,
        said: impl Fn(&str, &str) -> Option<(String, String)>,
    ) -> Conflict {
        let lead = "Twojego wpisu jeszcze nie zapisano i niczyjego nie nadpisano. W formularzu jest to, co wpisano teraz. \
                    Porównaj obie wersje, popraw formularz i zapisz go jeszcze raz.";
        Conflict { title: title.to_owned(), lead: lead.to_owned(), rows: differences(saved, typed, said) }
    }

    /// The same where there is nothing left to save: the form is gone and `lead` says why.
    #[must_use]
    pub fn closed(self, lead: &str) -> Conflict {
        Conflict { lead: lead.to_owned(), ..self }
    }
}

/// The fields in which two forms differ.
fn differences(
    saved: &Fields,
    typed: &Fields,
    said: impl Fn(&str, &str) -> Option<(String, String)>,
) -> Vec<Difference> {
    let mut names: Vec<&str> = saved.pairs().iter().chain(typed.pairs()).map(|(name, _)| name.as_str()).collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
        .into_iter()
        .filter(|name| saved.text(name) != typed.text(name))
        .filter_map(|name| {
            let (label, saved) = said(name, saved.text(name))?;
            let (_, typed) = said(name, typed.text(name))?;
            Some(Difference { name: label, saved, typed })
        })
        .collect()
}

/// A value as people read it; a day in the Polish way.
#[must_use]
pub fn plainly(value: &str) -> String {
    let day = Some(value).filter(|v| v.len() == 10).and_then(|v| parse_date(v).ok());
    match day {
        _ if value.is_empty() => "(puste)".to_owned(),
        Some(day) => show_date(day),
        None => value.to_owned(),
    }
}

/// The form under the version that is in force now.
#[must_use]
pub fn with_version(form: &Fields, version: i64) -> Fields {
    // The first value of a name counts.
    let mut out = Fields::default();
    out.set("version", version.to_string());
    form.pairs().iter().for_each(|(name, value)| out.set(name.clone(), value.clone()));
    out
}
