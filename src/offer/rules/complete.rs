//! Nothing obligatory is missing (R-OFF-14), and what the signatory declares.

use super::fees::gaps;
use crate::account::Organisation;
use crate::call::{Applies, Arrears, Terms};
use crate::error::FieldErrors;
use crate::law::Finding;
use crate::offer::edition::FrozenEdition;
use crate::offer::model::{Declarations, OfferContent};

fn missing(place: impl Into<String>, what: &str) -> Finding {
    Finding::block("R-OFF-14")
        .at(place)
        .found(format!("Brakuje: {what}."))
        .basis("pouczenie wzoru oferty (Dz.U. 2018 poz. 2057)")
        .hint("Uzupełnij to pole.")
}

fn empty(text: &str) -> bool {
    text.trim().is_empty()
}

/// Every obligatory field of the form is filled.
/// Basis: the instruction of annex 1 (Dz.U. 2018 poz. 2057); III.6 is never waived in PAI and RSD (upz art. 62a
/// ust. 11 pkt 3, uor2025 art. 200 ust. 2 pkt 4 ask for measures), and classes are their task. A local programme says
/// in its announcement what applies. Date: the frozen announcement. `editions` are those of the offered groups.
#[must_use]
pub fn completeness(
    c: &OfferContent,
    org: &Organisation,
    applies: Applies,
    editions: &[FrozenEdition],
) -> Vec<Finding> {
    let mut out = organisation(org);
    let no_representation = c.joint.as_ref().is_some_and(|joint| empty(&joint.representation));
    let fields: [(&str, &str, bool); 17] = [
        ("II.2, osoba", "osoba upoważniona do składania wyjaśnień", empty(&c.contact.name)),
        ("II.2, telefon", "telefon osoby upoważnionej do wyjaśnień", empty(&c.contact.phone)),
        ("II.2, e-mail", "e-mail osoby upoważnionej do wyjaśnień", empty(&c.contact.email)),
        ("III.1", "tytuł zadania publicznego", empty(&c.title)),
        ("III.2, początek", "data rozpoczęcia", c.starts.is_none()),
        ("III.2, koniec", "data zakończenia", c.ends.is_none()),
        ("III.3, miejsce", "miejsce realizacji zadania", empty(&c.place)),
        ("III.3, grupa docelowa", "grupa docelowa", empty(&c.target_group)),
        ("III.3, problemy", "sposób rozwiązywania problemów grupy docelowej", empty(&c.problem)),
        ("III.5, efekty", "bezpośredni efekt realizacji oferty", empty(&c.effect_direct)),
        ("III.5, zmiana", "zmiana społeczna", empty(&c.effect_change)),
        ("III.5, trwałość", "trwałość rezultatów", empty(&c.effect_durable)),
        ("IV.1", "informacja o wcześniejszej działalności", empty(&c.experience)),
        ("IV.2", "zasoby kadrowe, rzeczowe i finansowe", empty(&c.resources)),
        ("V.B, wiersz 2", "kwota planowanej dotacji", c.sources.grant.is_zero()),
        ("V.A", "choć jeden koszt", c.costs.is_empty()),
        ("VI.2", "sposób reprezentacji oferentów wobec organu, z podstawą prawną", no_representation),
    ];
    out.extend(fields.iter().filter(|(.., gap)| *gap).map(|(place, what, _)| missing(*place, what)));
    out.extend(gaps(c, applies).into_iter().map(|(place, what)| missing(place, what)));
    out.extend(plan(c));
    out.extend(results(c, applies));
    if applies.classes {
        out.extend(people(c, editions));
    }
    out.extend(cost_names(c));
    out
}

pub(super) fn organisation(org: &Organisation) -> Vec<Finding> {
    let o = &org.content;
    let fields = [
        ("forma prawna", empty(&o.legal_form)),
        ("numer KRS albo nazwa i numer innej ewidencji", org.krs.is_none() && empty(&o.register)),
        ("adres siedziby", empty(&o.street) || empty(&o.postal_code) || empty(&o.town)),
        ("adres e-mail organizacji", empty(&o.email)),
        ("numer telefonu organizacji", empty(&o.phone)),
        ("osoby uprawnione do reprezentacji", o.representatives.iter().all(|r| empty(&r.name))),
    ];
    let gaps = fields.into_iter().filter(|(_, gap)| *gap);
    gaps.map(|(what, _)| missing("II.1", what).hint("Uzupełnij dane organizacji; oferta weźmie je stamtąd.")).collect()
}

fn plan(c: &OfferContent) -> Vec<Finding> {
    if c.activities.is_empty() {
        return vec![missing("III.4", "choć jedno działanie")];
    }
    let mut out = Vec::new();
    for (n, a) in (1..).zip(&c.activities) {
        let gaps = [
            ("nazwa działania", empty(&a.name)),
            ("opis działania", empty(&a.description)),
            ("grupa docelowa", empty(&a.target_group)),
            ("planowany termin realizacji", a.from.is_none() || a.to.is_none()),
        ];
        let gaps = gaps.into_iter().filter(|(_, gap)| *gap);
        out.extend(gaps.map(|(what, _)| missing(format!("III.4, wiersz {n}"), what)));
    }
    out
}

fn results(c: &OfferContent, applies: Applies) -> Vec<Finding> {
    if applies.results && c.results.is_empty() {
        return vec![missing("III.6", "choć jeden rezultat z wartością docelową")];
    }
    let mut out = Vec::new();
    for (n, r) in (1..).zip(&c.results) {
        let gaps = [
            ("nazwa rezultatu", empty(&r.name)),
            ("planowany poziom osiągnięcia rezultatu", empty(&r.target)),
            ("sposób monitorowania rezultatu", empty(&r.monitoring)),
        ];
        let gaps = gaps.into_iter().filter(|(_, gap)| *gap);
        out.extend(gaps.map(|(what, _)| missing(format!("III.6, wiersz {n}"), what)));
    }
    for (n, m) in (1..).zip(&c.measures) {
        let gaps =
            [("nazwa miernika", empty(&m.name)), ("sposób pomiaru", empty(&m.how)), ("czas pomiaru", empty(&m.when))];
        let gaps = gaps.into_iter().filter(|(_, gap)| *gap);
        out.extend(gaps.map(|(what, _)| missing(format!("III.6, miernik {n}"), what)));
    }
    out
}

fn people(c: &OfferContent, editions: &[FrozenEdition]) -> Vec<Finding> {
    let mut out = Vec::new();
    if c.trainers.is_empty() {
        out.push(missing("IV.2, trenerzy", "choć jeden trener z kwalifikacjami"));
    }
    for (n, t) in (1..).zip(&c.trainers) {
        let gaps = [("imię i nazwisko trenera", empty(&t.name)), ("kwalifikacje trenera", empty(&t.qualifications))];
        let gaps = gaps.into_iter().filter(|(_, gap)| *gap);
        out.extend(gaps.map(|(what, _)| missing(format!("IV.2, trener {n}"), what)));
    }
    if c.hours.is_empty() {
        out.push(missing("IV.2, grupy", "choć jedna grupa z liczbą osób i godzin"));
    }
    for h in &c.hours {
        let edition = editions.iter().find(|e| e.group == h.group);
        let edition = edition.map(|e| format!(", edycja {}", e.said())).unwrap_or_default();
        let gaps = [
            ("liczba osób w grupie", h.persons == 0),
            ("liczba godzin grupy", h.minutes.saturating_add(h.individual).is_zero()),
        ];
        let gaps = gaps.into_iter().filter(|(_, gap)| *gap);
        let place = format!("IV.2, grupa {}", h.group);
        out.extend(gaps.map(|(what, _)| missing(&*place, &format!("{what} {}{edition}", h.group))));
    }
    out
}

fn cost_names(c: &OfferContent) -> Vec<Finding> {
    let numbers = crate::offer::calculation::numbers(c);
    let mut out = Vec::new();
    for (no, line) in numbers.iter().zip(&c.costs) {
        let gaps = [("rodzaj kosztu", empty(&line.name)), ("rodzaj miary", empty(&line.unit))];
        let gaps = gaps.into_iter().filter(|(_, gap)| *gap);
        out.extend(gaps.map(|(what, _)| missing(format!("V.A, wiersz {no}"), what)));
    }
    out
}

/// What is told to an offeror that the announcement does not let in (R-OFF-22).
fn barred(no: usize) -> String {
    format!(
        "Ogłoszenie wyklucza oferenta, który zalega: z tą odpowiedzią w oświadczeniu {no} nie można złożyć oferty \
         (reguła R-OFF-22). Ureguluj zaległość przed terminem składania ofert albo zapytaj urząd."
    )
}

/// How many characters of a declaration of the announcement tell it from the others.
const OPENING: usize = 60;

/// The first words of a declaration that the announcement adds, in quotation marks.
fn opening(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= OPENING {
        return format!("„{text}”");
    }
    let head: String = text.chars().take(OPENING).collect();
    let whole = head.rsplit_once(char::is_whitespace).map_or(head.as_str(), |(words, _)| words);
    format!("„{}…”", whole.trim_end_matches([',', ';', ':']))
}

/// Part VII is answered in full by whoever signs; errors stand at the fields of the page.
/// Basis: annex 1, part VII; the organ may add declarations (footnote 8), and say what arrears mean (R-OFF-22).
/// Date: the submission.
#[must_use]
pub fn declarations(d: &Declarations, terms: &Terms) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let must =
        |no: usize, about: &str| format!("Zaznacz oświadczenie {no} ({about}): bez niego nie można złożyć oferty.");
    let simple = [
        (1, "public_benefit_only", "o działalności pożytku publicznego", d.public_benefit_only),
        (2, "paid_activity_only", "o pobieraniu świadczeń pieniężnych", d.paid_activity_only),
        (5, "data_agree", "o zgodności danych z rejestrem", d.data_agree),
        (6, "all_true", "o prawdziwości informacji", d.all_true),
        (7, "data_protection", "o ochronie danych osobowych", d.data_protection),
    ];
    let answers = [
        (3, "tax_arrears", "o zobowiązaniach podatkowych", d.tax_arrears),
        (4, "social_arrears", "o składkach na ubezpieczenia społeczne", d.social_arrears),
    ];
    for (no, field, about, _) in simple.iter().filter(|(.., given)| !given) {
        errors.add(*field, must(*no, about));
    }
    for (no, field, about, _) in answers.iter().filter(|(.., answer)| answer.is_none()) {
        errors.add(*field, format!("Wybierz jedną z odpowiedzi w oświadczeniu {no} ({about})."));
    }
    if terms.arrears == Arrears::Barred {
        for (no, field, ..) in answers.iter().filter(|(.., answer)| *answer == Some(true)) {
            errors.add(*field, barred(*no));
        }
    }
    for (at, text) in terms.extra_declarations.iter().enumerate() {
        if !d.extra.get(at).copied().unwrap_or(false) {
            errors.add(format!("extra.{at}"), must(at.saturating_add(8), &opening(text)));
        }
    }
    if empty(&d.signed_by) {
        errors.add("signed_by", "Wpisz imię i nazwisko osoby lub osób, które składają oświadczenia.");
    }
    errors
}
