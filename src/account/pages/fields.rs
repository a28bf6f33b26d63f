//! The fields of an organisation, read the same way at registration and later.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::account::{Organisation, OrganisationContent, Representative, Status};
use crate::error::FieldErrors;
use crate::law::{self, Krs, Nrb, Regon};
use crate::web::{Choice, Fields, option_list};

/// An organisation's fields after the checks.
pub struct Checked {
    pub name: String,
    pub krs: Option<Krs>,
    pub regon: Option<Regon>,
    pub content: OrganisationContent,
}

/// Longest single line, and longest paragraph, in characters.
const LINE: usize = 200;
const PARAGRAPH: usize = 2000;

const LINES: [(&str, &str); 15] = [
    ("org_name", "Nazwa"),
    ("legal_form", "Forma prawna"),
    ("register", "Inny rejestr lub ewidencja"),
    ("register_no", "Numer w tym rejestrze lub ewidencji"),
    ("street", "Ulica i numer"),
    ("town", "Miejscowość"),
    ("post_address", "Adres do korespondencji"),
    ("phone", "Telefon"),
    ("website", "Strona internetowa"),
    ("org_email", "E-mail organizacji"),
    ("status_proof", "Potwierdzenie statusu"),
    ("statute_paragraph", "Miejsce w statucie"),
    ("representation", "Sposób reprezentacji"),
    ("person_name", "Imię i nazwisko"),
    ("email", "Adres e-mail"),
];

/// Reads and checks everything; all errors at once. `asks_krs` when the form has a field for it.
pub fn check(form: &Fields, asks_krs: bool, errors: &mut FieldErrors) -> Option<Checked> {
    lengths(form, errors);
    let name = form.required("org_name", "Nazwa", errors);
    let legal_form = form.required("legal_form", "Forma prawna", errors);
    let krs = optional(form, "krs", errors, Krs::parse);
    if form.text("krs").is_empty() && form.text("register").is_empty() {
        let (field, says) = if asks_krs {
            ("krs", "Wpisz numer KRS. Jeśli organizacja nie jest w KRS, wskaż niżej inny rejestr lub ewidencję.")
        } else {
            ("register", "Wskaż rejestr lub ewidencję: organizacja nie ma wpisanego numeru KRS.")
        };
        errors.add(field, says);
    }
    if !form.text("register").is_empty() && form.text("register_no").is_empty() && form.text("krs").is_empty() {
        errors.add("register_no", "Wpisz numer, pod którym organizacja jest w tym rejestrze lub ewidencji.");
    }
    let regon = optional(form, "regon", errors, Regon::parse);
    let street = form.required("street", "Ulica i numer", errors);
    let postal_code = needed(form, ("postal_code", "Kod pocztowy"), errors, law::postal_code);
    let town = form.required("town", "Miejscowość", errors);
    let account = optional(form, "account", errors, Nrb::parse);
    let (status, status_proof) = status(form, errors);
    let representatives = representatives(form, errors);
    let content = OrganisationContent {
        legal_form,
        register: form.text("register").to_owned(),
        register_no: form.text("register_no").to_owned(),
        post_address: form.text("post_address").to_owned(),
        statute_paragraph: form.text("statute_paragraph").to_owned(),
        street,
        postal_code: postal_code?,
        town,
        email: form.text("org_email").to_owned(),
        phone: form.text("phone").to_owned(),
        website: form.text("website").to_owned(),
        account,
        statute_clause: form.text("statute_clause").to_owned(),
        status,
        status_proof,
        representatives,
        representation: form.text("representation").to_owned(),
        ..OrganisationContent::default()
    };
    errors.is_empty().then_some(Checked { name, krs, regon, content })
}

fn lengths(form: &Fields, errors: &mut FieldErrors) {
    let mut check = |name: &str, label: &str, most: usize| {
        let length = form.text(name).chars().count();
        if length > most {
            errors.add(name, format!("Pole „{label}” ma {length} znaków, a może mieć najwyżej {most}. Skróć je."));
        }
    };
    LINES.iter().for_each(|(name, label)| check(name, label, LINE));
    check("statute_clause", "Podstawa w statucie", PARAGRAPH);
}

/// A value that must be there and be right; one sentence, not two.
pub fn needed<T, E: std::fmt::Display>(
    form: &Fields,
    (name, label): (&str, &str),
    errors: &mut FieldErrors,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    let typed = form.required(name, label, errors);
    if typed.is_empty() { None } else { errors.take(name, parse(&typed)) }
}

pub fn optional<T, E: std::fmt::Display>(
    form: &Fields,
    name: &str,
    errors: &mut FieldErrors,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    let typed = form.text(name);
    if typed.is_empty() { None } else { errors.take(name, parse(typed)) }
}

fn status(form: &Fields, errors: &mut FieldErrors) -> (Status, String) {
    let status = Status::parse(form.text("status"));
    if status.is_none() {
        errors.add("status", "Zaznacz, jakim podmiotem jest organizacja.");
    }
    let (status, proof) = (status.unwrap_or_default(), form.text("status_proof").to_owned());
    if status != Status::Ngo && proof.is_empty() {
        errors.add("status_proof", "Podaj, co potwierdza status: numer wpisu, decyzję i jej datę.");
    }
    (status, proof)
}

fn representatives(form: &Fields, errors: &mut FieldErrors) -> Vec<Representative> {
    let mut out = Vec::new();
    for row in rows(form) {
        let index = out.len();
        for (value, name, what) in [(&row.name, "name", "imię i nazwisko"), (&row.function, "function", "funkcję")] {
            let field = format!("representative.{index}.{name}");
            if value.is_empty() {
                errors.add(field, format!("Wpisz {what} osoby reprezentującej albo usuń ten wiersz."));
            } else if value.chars().count() > LINE {
                errors.add(field, format!("Najwyżej {LINE} znaków."));
            }
        }
        out.push(row);
    }
    if out.is_empty() {
        errors.add("representative.0.name", "Wpisz co najmniej jedną osobę uprawnioną do reprezentowania organizacji.");
    }
    out
}

/// The rows of the table as typed; wholly empty ones are left out.
fn rows(form: &Fields) -> Vec<Representative> {
    let all = form.rows("representative").into_iter().filter(|row| !form.row_is_empty("representative", row));
    all.map(|row| Representative {
        name: form.cell("representative", &row, "name").to_owned(),
        function: form.cell("representative", &row, "function").to_owned(),
    })
    .collect()
}

/// The table as it is shown again: after „Dodaj” with an empty row more, after
/// „Usuń” with a row less, and never without a row.
pub fn shown_rows(form: &Fields) -> Vec<Representative> {
    let removed = form.text("_remove").strip_prefix("representative.").map(str::to_owned);
    let mut kept = Fields::default();
    for (name, value) in form.pairs() {
        let gone = removed.as_ref().is_some_and(|row| name.starts_with(&format!("representative.{row}.")));
        if !gone {
            kept.set(name.clone(), value.clone());
        }
    }
    let mut out = rows(&kept);
    if form.text("_add") == "representative" || out.is_empty() {
        out.push(Representative::default());
    }
    out
}

/// Whether a button of the rows was pressed, and not the one that saves.
pub fn row_button(form: &Fields) -> bool {
    !form.text("_add").is_empty() || !form.text("_remove").is_empty()
}

/// Said of a number with a fitting checksum; whether there is such an account, nobody knows here.
pub const ACCOUNT_NOTE: &str = "Format poprawny. Czyj jest rachunek, sprawdzi urząd przed umową.";

/// What the form of an organisation shows.
#[derive(Serialize)]
pub struct Shown {
    pub f: BTreeMap<String, String>,
    pub representatives: Vec<Representative>,
    pub statuses: Vec<Choice>,
}

pub fn shown(form: &Fields) -> Shown {
    let mut f = form.map();
    f.retain(|name, _| !name.starts_with("password"));
    if Nrb::parse(form.text("account")).is_ok() {
        f.insert("account_note".into(), ACCOUNT_NOTE.into());
    }
    Shown {
        f,
        representatives: shown_rows(form),
        statuses: option_list(Status::ALL.iter().map(|s| (s.code(), s.label()))),
    }
}

/// The stored organisation as fields of the form.
pub fn typed(org: &Organisation) -> Fields {
    let c = &org.content;
    let mut out = Fields::default();
    let text = |value: Option<String>| value.unwrap_or_default();
    for (name, value) in [
        ("org_name", org.name.clone()),
        ("legal_form", c.legal_form.clone()),
        ("nip", org.nip.to_string()),
        ("krs", text(org.krs.as_ref().map(ToString::to_string))),
        ("regon", text(org.regon.as_ref().map(ToString::to_string))),
        ("register", c.register.clone()),
        ("register_no", c.register_no.clone()),
        ("street", c.street.clone()),
        ("postal_code", c.postal_code.clone()),
        ("town", c.town.clone()),
        ("post_address", c.post_address.clone()),
        ("phone", c.phone.clone()),
        ("website", c.website.clone()),
        ("org_email", c.email.clone()),
        ("account", text(c.account.as_ref().map(ToString::to_string))),
        ("statute_paragraph", c.statute_paragraph.clone()),
        ("statute_clause", c.statute_clause.clone()),
        ("status", c.status.code().to_owned()),
        ("status_proof", c.status_proof.clone()),
        ("representation", c.representation.clone()),
        ("version", org.version.to_string()),
    ] {
        out.set(name, value);
    }
    for (i, person) in c.representatives.iter().enumerate() {
        out.set(format!("representative.{i}.name"), person.name.clone());
        out.set(format!("representative.{i}.function"), person.function.clone());
    }
    out
}
