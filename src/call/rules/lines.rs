//! An announcement as a list of sayings, so that two of them can be compared.

use super::super::model::{CORRECTABLE, CallContent, classes_label, payment_label, results_label};
use crate::law::{CapScope, KPolicy, WeekKind, show_date, show_time};

/// How much a saying weighs when it changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// The deadline for offers.
    Deadline,
    /// An element of art. 13 ust. 2 UDPP that offers are written for, by its number.
    Element(u8),
    /// Asked of every offer; weighs like element 3 when more is asked than before.
    Demand,
    /// Anything else.
    Plain,
}

/// One saying.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    pub key: String,
    pub label: String,
    pub weight: Weight,
    pub text: String,
}

struct Lines(Vec<Line>);

impl Lines {
    fn put(&mut self, key: impl Into<String>, label: impl Into<String>, weight: Weight, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.0.push(Line { key: key.into(), label: label.into(), weight, text });
        }
    }
}

/// Everything that an announcement says, in the order in which it is read.
pub(super) fn lines(c: &CallContent) -> Vec<Line> {
    let mut out = Lines(Vec::new());
    elements(&mut out, c);
    task(&mut out, c);
    card(&mut out, c);
    asked(&mut out, c);
    money(&mut out, c);
    rest(&mut out, c);
    out.0
}

fn elements(out: &mut Lines, c: &CallContent) {
    let e = &c.elements;
    out.put("title", "Nazwa konkursu", Weight::Plain, &c.title);
    out.put("task", "1. Rodzaj zadania", Weight::Element(1), &e.task);
    out.put("allocation", "2. Środki na zadanie", Weight::Element(2), e.allocation.to_string());
    out.put("grant_rules", "3. Zasady przyznawania dotacji", Weight::Element(3), &e.grant_rules);
    out.put("conditions", "4. Terminy i warunki realizacji", Weight::Element(4), &e.conditions);
    let deadline = e.deadline.map(|w| format!("{}, godz. {}", show_date(w.date()), show_time(w.time())));
    out.put("deadline", "5. Termin składania ofert", Weight::Deadline, deadline.unwrap_or_default());
    out.put("selection", "6. Tryb i kryteria wyboru", Weight::Element(6), &e.selection);
    // The day of the decision binds the office and no offer is written for it.
    out.put("decision_by", "6. Wybór nastąpi do", Weight::Plain, e.decision_by.map(show_date).unwrap_or_default());
    for t in &e.earlier {
        let text = format!("koszt {}, w tym dotacje {}", t.cost, t.grants);
        let label = format!("7. Zadania tego samego rodzaju w {} r.", t.year);
        out.put(format!("earlier.{}", t.year), label, Weight::Plain, text);
    }
}

fn task(out: &mut Lines, c: &CallContent) {
    let t = &c.terms;
    out.put("rules", "Zasady prawne", Weight::Element(3), format!("{}: {}", c.rules.code, c.rules.name));
    let other = c.other_basis.as_ref().map(|o| format!("{} ({}; {})", o.basis, o.who, o.why));
    out.put("other", "Inna podstawa prawna", Weight::Element(3), other.unwrap_or_default());
    out.put("mode", "Tryb zlecenia", Weight::Element(3), c.mode.label());
    let policy = match t.policy {
        KPolicy::Full => "pełna stawka także dla mniejszej grupy",
        KPolicy::ProRata => "stawka proporcjonalna do liczby osób",
    };
    let scope = match t.scope {
        CapScope::WholeGrant => "cała dotacja",
        CapScope::TrainerLines => "tylko wynagrodzenia trenerów",
    };
    let week = match t.week {
        WeekKind::Rolling7 => "7 dni od pierwszego dnia edycji",
        WeekKind::Calendar => "od poniedziałku do niedzieli",
    };
    if c.applies().classes {
        out.put("policy", "Limit dla mniejszej grupy", Weight::Element(3), policy);
        out.put("scope", "Co obejmuje limit", Weight::Element(3), scope);
        out.put("unit", "Jednostka godziny", Weight::Element(4), t.unit.label());
        out.put("week", "Tydzień", Weight::Element(4), week);
        let weekly = c.weekly().map(|m| m.to_string()).unwrap_or_default();
        out.put("week_min", "Najmniej godzin zajęć w tygodniu", Weight::Element(4), weekly);
        out.put("group_max", "Największa grupa (osoby)", Weight::Element(4), t.group_max.to_string());
    }
    chosen(out, c);
    out.put("declarations", "Dodatkowe oświadczenia oferenta", Weight::Demand, t.extra_declarations.join("\n"));
    out.put("arrears", "Zaległości w podatkach albo składkach", Weight::Demand, t.arrears.label());
    for e in &c.editions {
        let text = format!("od {} do {}, osoby: {}", show_date(e.from), show_date(e.to), e.persons);
        out.put(format!("edition.{}", e.no), format!("Edycja {}", e.no), Weight::Element(4), text);
    }
    for g in &c.groups {
        let text = format!("edycja {}, {}, osoby: {}", g.edition, g.gmina, g.persons);
        out.put(format!("group.{}", g.code), format!("Grupa {}", g.code), Weight::Element(4), text);
    }
    if !c.gminas.is_empty() {
        out.put("gminas", "Gminy", Weight::Element(4), c.gminas.join(", "));
    }
    out.put("topics", "Tematy zajęć", Weight::Element(4), c.topics.join("\n"));
}

/// What a local programme chooses; elsewhere the rules say it.
fn chosen(out: &mut Lines, c: &CallContent) {
    if !c.rules.is_local() {
        return;
    }
    let applies = c.applies();
    out.put("paid", "Opłaty od odbiorców zadania", Weight::Element(3), payment_label(applies.paid));
    let asked = |asked: bool, text: &'static str| if asked { text } else { "" };
    out.put("classes", "Zajęcia", Weight::Demand, asked(applies.classes, classes_label(true)));
    out.put("results", "Rezultaty (III.6)", Weight::Demand, asked(applies.results, "oferent wypełnia tę część"));
    let why = c.waiver().map(|why| results_label(Some(why)));
    out.put("results_waived", "Rezygnacja z części III.6", Weight::Plain, why.unwrap_or_default());
}

fn card(out: &mut Lines, c: &CallContent) {
    for k in &c.card.criteria {
        let newcomer = k.neutral.map(|n| format!(", nowy oferent {n}")).unwrap_or_default();
        let text = format!("{} (pkt {} ustawy): najwięcej {} pkt{newcomer}", k.name, k.point, k.max);
        out.put(format!("criterion.{}", k.key), format!("Kryterium „{}”", k.name), Weight::Element(6), text);
    }
    out.put("threshold", "Próg punktów", Weight::Element(6), format!("{}%", c.card.threshold_percent));
    for q in &c.formal {
        let mend = if q.correctable { "brak można uzupełnić" } else { "braku nie można uzupełnić" };
        let text = format!("{} ({mend})", q.text);
        out.put(format!("formal.{}", q.key), format!("Karta formalna: {}", q.text), Weight::Element(6), text);
    }
    out.put("reservation", "Zastrzeżenie organu", Weight::Element(6), &c.reservation);
}

fn asked(out: &mut Lines, c: &CallContent) {
    for a in &c.attachments {
        let when = if a.required { "zawsze wymagany" } else { "w podanych przypadkach" };
        let note = if a.note.is_empty() { String::new() } else { format!("; {}", a.note) };
        let text = format!("{}: {when}{note}", a.name);
        out.put(format!("attachment.{}", a.key), format!("Załącznik „{}”", a.name), Weight::Demand, text);
    }
    let days = c.confirmation.map(|k| format!("trzeba dosłać, dni robocze po terminie: {}", k.days));
    out.put("confirmation", "Podpisane potwierdzenie", Weight::Demand, days.unwrap_or_default());
    let allowed: Vec<&str> =
        CORRECTABLE.iter().filter(|p| c.correction.allowed.iter().any(|key| key == p.key)).map(|p| p.label).collect();
    let once = if c.correction.once { "jedno wezwanie" } else { "może być kilka wezwań" };
    let text = format!("{}; dni robocze: {}; {once}", allowed.join(", "), c.correction.days);
    // Like "brak można uzupełnić" in the formal card: what may be mended, and how fast, decides how an offer is judged.
    out.put("correction", "Uzupełnianie braków", Weight::Element(6), text);
}

fn money(out: &mut Lines, c: &CallContent) {
    let percent = |p: Option<u32>| p.map(|p| format!("{p}%")).unwrap_or_default();
    for (no, t) in (1..).zip(&c.money.tranches) {
        let text = format!("{}%: {}", t.share, t.condition);
        out.put(format!("tranche.{no}"), format!("Transza {no}"), Weight::Element(3), text);
    }
    let max = c.terms.offer_max.map(|m| m.to_string()).unwrap_or_default();
    out.put("offer_max", "Najwyższa dotacja na ofertę", Weight::Element(3), max);
    let (admin, own) = (percent(c.terms.admin_percent), percent(c.money.min_own_percent));
    out.put("admin_percent", "Koszty administracyjne najwyżej", Weight::Element(3), admin);
    out.put("shift_percent", "Przesunięcia najwyżej", Weight::Element(3), format!("{}%", c.terms.shift_percent));
    out.put("min_own", "Wkład własny co najmniej", Weight::Element(3), own);
    out.put("max_grant", "Dotacja najwyżej", Weight::Element(3), percent(c.money.max_grant_percent));
    out.put("ineligible", "Koszty, których dotacja nie pokrywa", Weight::Element(3), c.money.ineligible.join("\n"));
}

fn rest(out: &mut Lines, c: &CallContent) {
    let k = &c.committee_rules;
    out.put("regulations", "Regulamin komisji", Weight::Plain, &k.text);
    out.put("quorum", "Kworum komisji", Weight::Plain, k.quorum.to_string());
    out.put("cooperation", "Program współpracy", Weight::Plain, &k.programme);
    out.put("contact", "Kontakt", Weight::Plain, &c.contact);
    out.put("question_days", "Koniec pytań: dni przed terminem", Weight::Plain, c.question_days.to_string());
    out.put("assumed", "Założenia", Weight::Plain, c.assumed.join("\n"));
}
