//! The choices of the forms of a call, by the last piece of the field's name.

use std::collections::BTreeMap;

use super::announcement::{mode_hint, policy_label, scope_label, week_label};
use crate::call::{Arrears, Mode};
use crate::law::{CapScope, HourUnit, KPolicy, WeekKind};
use crate::web::{Choice, option_list};

pub type Choices = BTreeMap<&'static str, Vec<Choice>>;

pub fn choices() -> Choices {
    let pair = |yes: &str, no: &str| option_list([("yes", yes), ("no", no)]);
    BTreeMap::from([
        ("mode", option_list([Mode::Entrusting, Mode::Supporting].map(|m| (m.code(), mode_hint(m))))),
        (
            "policy",
            option_list([("full", KPolicy::Full), ("pro_rata", KPolicy::ProRata)].map(|(v, p)| (v, policy_label(p)))),
        ),
        (
            "scope",
            option_list(
                [("whole", CapScope::WholeGrant), ("trainers", CapScope::TrainerLines)]
                    .map(|(v, s)| (v, scope_label(s))),
            ),
        ),
        ("unit", option_list([("60", HourUnit::Min60), ("45", HourUnit::Min45)].map(|(v, u)| (v, u.label())))),
        (
            "week",
            option_list(
                [("rolling", WeekKind::Rolling7), ("calendar", WeekKind::Calendar)].map(|(v, w)| (v, week_label(w))),
            ),
        ),
        (
            "point",
            option_list([
                ("1", "pkt 1 – możliwość realizacji"),
                ("2", "pkt 2 – kalkulacja kosztów"),
                ("3", "pkt 3 – jakość i kwalifikacje"),
                ("4", "pkt 4 – wkład własny (tylko wspieranie)"),
                ("5", "pkt 5 – wkład rzeczowy i osobowy"),
                ("6", "pkt 6 – wcześniej zlecone zadania"),
            ]),
        ),
        ("arrears", option_list(Arrears::ALL.map(|a| (a.code(), a.label())))),
        ("paid", pair("tak, oferent może pobierać opłaty od odbiorców", "nie, zadanie jest nieodpłatne")),
        ("classes", pair("tak, oferta podaje trenerów, grupy i godziny", "nie, np. festyn, kampania, wydawnictwo")),
        ("results", pair("tak, oferent wypełnia część III.6", "nie, rezygnujemy z tej części")),
        ("required", pair("zawsze wymagany", "w podanych przypadkach")),
        ("correctable", pair("tak, można uzupełnić", "nie, brak oznacza odrzucenie")),
        ("once", pair("jedno wezwanie", "kilka wezwań")),
        ("confirmation", pair("tak, trzeba je dosłać", "nie, wystarczy złożenie w serwisie")),
    ])
}

/// A typed value as people read it: the label of a choice, or the text itself.
pub fn said(choices: &Choices, field: &str, value: &str) -> String {
    if field.starts_with("allowed_") {
        return if value.is_empty() { "nie" } else { "tak" }.to_owned();
    }
    let name = field.rsplit('.').next().unwrap_or(field);
    let label = choices.get(name).and_then(|list| list.iter().find(|c| c.value == value)).map(|c| c.label.clone());
    label.unwrap_or_else(|| if value.is_empty() { "(puste)".to_owned() } else { value.to_owned() })
}
