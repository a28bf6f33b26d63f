//! Content out of fields.

use chrono::NaiveDateTime;

use super::tables;
use crate::call::{
    Arrears, AskedAttachment, CORRECTABLE, CallContent, CommitteeRules, Confirmation, Correction, Criterion,
    EarlierTasks, FormalQuestion, GrantTerms, LocalTerms, MOST_QUESTION_DAYS, Mode, Part, PlannedTranche, ScoreCard,
    Terms, rules, usual_attachments,
};
use crate::error::{AppError, FieldErrors};
use crate::law::{CapScope, HourUnit, KPolicy, Minutes, OtherBasis, WeekKind, parse_time};
use crate::programme::ProgrammeContent;
use crate::programme::pages::kit::{count, date, lines, money, named, renumbered};
use crate::web::Fields;

/// The content with one part as typed. Editions, groups and topics come from the programme as it is now.
pub fn content_of(
    part: Part,
    form: &Fields,
    old: &CallContent,
    programme: &ProgrammeContent,
) -> Result<CallContent, AppError> {
    let f = renumbered(form, tables(part));
    let (mut e, mut c) = (FieldErrors::new(), old.clone());
    match part {
        Part::Programme => head(&f, &mut c, programme, &mut e),
        Part::Preconditions => {}
        Part::Elements => elements(&f, &mut c, &mut e),
        Part::Terms => terms(&f, &mut c, &mut e),
        Part::Card => c.card = card(&f, &mut e),
        Part::Attachments => attachments(&f, &mut c, &mut e),
        Part::Formal => c.formal = formal(&f, &mut e),
        Part::Correction => c.correction = correction(&f, &mut e),
        Part::Money => grant_terms(&f, &mut c, &mut e),
        Part::Committee => {
            c.committee_rules = CommitteeRules {
                text: f.text("regulations").to_owned(),
                quorum: count(f.text("quorum"), "quorum", "Kworum", &mut e).unwrap_or_default(),
                programme: f.text("cooperation").to_owned(),
            };
        }
    }
    e.finish(Some(c))
}

fn head(f: &Fields, c: &mut CallContent, programme: &ProgrammeContent, e: &mut FieldErrors) {
    c.title = named(f, "title", "Nazwa konkursu", e);
    c.contact = f.text("contact").to_owned();
    c.assumed = lines(f.text("assumed"));
    c.question_days = question_days(f, c.question_days, e);
    c.editions = programme.editions.clone();
    c.groups = programme.groups.clone();
    c.gminas = programme.ungrouped();
    c.topics = programme.topics.clone();
    c.other_basis = other(f, e);
}

/// Days between the end of questions and the deadline; an empty field leaves them as they are.
fn question_days(f: &Fields, old: u32, e: &mut FieldErrors) -> u32 {
    let Some(typed) = maybe(f, "question_days") else { return old };
    let Some(days) = count(typed, "question_days", "Koniec pytań", e) else { return old };
    if days > MOST_QUESTION_DAYS {
        e.add("question_days", format!("Koniec pytań: wpisano {days}. Podaj od 0 do {MOST_QUESTION_DAYS} dni."));
    }
    days
}

fn elements(f: &Fields, c: &mut CallContent, e: &mut FieldErrors) {
    c.reservation = f.text("reservation").to_owned();
    let out = &mut c.elements;
    out.task = f.text("task").to_owned();
    out.grant_rules = f.text("grant_rules").to_owned();
    out.conditions = f.text("conditions").to_owned();
    out.selection = f.text("selection").to_owned();
    out.allocation = money(f.text("allocation"), "allocation", "Środki na zadanie", e).unwrap_or_default();
    out.deadline = deadline(f, e);
    out.decision_by = maybe(f, "decision_by").and_then(|t| date(t, "decision_by", "Dzień wyboru", e));
    out.earlier = earlier(f, e);
}

fn maybe<'a>(f: &'a Fields, name: &str) -> Option<&'a str> {
    Some(f.text(name)).filter(|text| !text.is_empty())
}

fn deadline(f: &Fields, e: &mut FieldErrors) -> Option<NaiveDateTime> {
    let day = date(maybe(f, "deadline_date")?, "deadline_date", "Termin składania ofert", e)?;
    let typed = maybe(f, "deadline_time").unwrap_or("23:59");
    let wall = day.and_time(e.take("deadline_time", parse_time(typed))?);
    e.take("deadline_time", rules::deadline_instant(wall))?;
    Some(wall)
}

fn earlier(f: &Fields, e: &mut FieldErrors) -> Vec<EarlierTasks> {
    let mut out = Vec::new();
    for row in f.rows("earlier") {
        let (cost, grants) = (f.cell("earlier", &row, "cost"), f.cell("earlier", &row, "grants"));
        let Ok(year) = f.cell("earlier", &row, "year").parse::<i32>() else { continue };
        if cost.is_empty() && grants.is_empty() {
            continue;
        }
        let cost = money(cost, &format!("earlier.{row}.cost"), "Koszt zadań", e);
        let grants = money(grants, &format!("earlier.{row}.grants"), "Dotacje", e);
        if let (Some(cost), Some(grants)) = (cost, grants) {
            if grants > cost {
                e.add(format!("earlier.{row}.grants"), "Dotacje nie mogą przekraczać kosztu zadań.");
            }
            out.push(EarlierTasks { year, cost, grants });
        }
    }
    out
}

/// The rows of a table in which something other than a key or a choice was typed.
fn typed(f: &Fields, table: &str, cells: &[&str]) -> Vec<String> {
    let mut rows = f.rows(table);
    rows.retain(|row| cells.iter().any(|cell| !f.cell(table, row, cell).is_empty()));
    rows
}

fn card(f: &Fields, e: &mut FieldErrors) -> ScoreCard {
    let mut criteria: Vec<Criterion> = Vec::new();
    for row in typed(f, "criteria", &["name", "point", "max", "neutral"]) {
        let cell = |name: &str| f.cell("criteria", &row, name);
        let at = |name: &str| format!("criteria.{row}.{name}");
        if cell("name").is_empty() {
            e.add(at("name"), "Podaj nazwę kryterium.");
        }
        let point = cell("point").parse::<u8>().ok().filter(|p| (1..=6).contains(p));
        if point.is_none() {
            e.add(at("point"), "Wybierz punkt ustawy od 1 do 6.");
        }
        let max = count(cell("max"), &at("max"), "Najwięcej punktów", e);
        let neutral = Some(cell("neutral")).filter(|t| !t.is_empty());
        let neutral = neutral.and_then(|t| count(t, &at("neutral"), "Punkty dla nowego oferenta", e));
        if let (Some(point), Some(max)) = (point, max) {
            let key = key_of(cell("key"), "k", |key| criteria.iter().any(|c| c.key == key));
            criteria.push(Criterion { key, name: cell("name").to_owned(), point, max, neutral });
        }
    }
    let threshold_percent = count(f.text("threshold"), "threshold", "Próg", e).unwrap_or_default();
    ScoreCard { criteria, threshold_percent }
}

/// The row's own key, or the first free one.
fn key_of(sent: &str, letter: &str, taken: impl Fn(&str) -> bool) -> String {
    let usable = !sent.is_empty() && sent.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !taken(sent);
    if usable {
        return sent.to_owned();
    }
    (1..).map(|n| format!("{letter}{n}")).find(|key| !taken(key)).unwrap_or_default()
}

fn terms(f: &Fields, c: &mut CallContent, e: &mut FieldErrors) {
    c.mode = Mode::parse(f.text("mode")).unwrap_or_default();
    let local = if c.rules.is_local() { local(f, &c.terms.local, e) } else { c.terms.local.clone() };
    c.terms = Terms {
        local,
        // What the rules of the call do not count is not asked for and stays as it was.
        policy: match f.text("policy") {
            "pro_rata" => KPolicy::ProRata,
            "" => c.terms.policy,
            _ => KPolicy::Full,
        },
        scope: match f.text("scope") {
            "trainers" => CapScope::TrainerLines,
            "" => c.terms.scope,
            _ => CapScope::WholeGrant,
        },
        unit: if f.text("unit") == "45" { HourUnit::Min45 } else { HourUnit::Min60 },
        week: match f.text("week") {
            "calendar" => WeekKind::Calendar,
            "" => c.terms.week,
            _ => WeekKind::Rolling7,
        },
        week_min: weekly(f, e),
        group_max: count(f.text("group_max"), "group_max", "Największa grupa", e).unwrap_or_default(),
        extra_declarations: lines(f.text("declarations")),
        arrears: Arrears::parse(f.text("arrears")).unwrap_or_default(),
        ..c.terms.clone()
    };
}

/// Hours a week beyond those of the rules; nothing where the field is empty.
fn weekly(f: &Fields, e: &mut FieldErrors) -> Option<Minutes> {
    let typed = maybe(f, "week_min")?;
    let hours = e.take("week_min", Minutes::parse_pl(typed))?;
    if hours.is_zero() {
        e.add("week_min", "Wpisz liczbę godzin większą od zera albo zostaw pole puste.");
    }
    Some(hours)
}

/// What a local programme chooses; an answer that was not sent stays as it was.
fn local(f: &Fields, old: &LocalTerms, e: &mut FieldErrors) -> LocalTerms {
    let answer = |name: &str, old: bool| match f.text(name) {
        "yes" => true,
        "no" => false,
        _ => old,
    };
    let why = f.text("results_waived").to_owned();
    let asked = answer("results", old.results_waived.is_none());
    if !asked && why.is_empty() {
        e.add("results_waived", "Napisz, dlaczego rodzaj zadania uniemożliwia podanie takich rezultatów.");
    }
    LocalTerms {
        paid: answer("paid", old.paid),
        classes: answer("classes", old.classes),
        results_waived: (!asked).then_some(why),
    }
}

fn attachments(f: &Fields, c: &mut CallContent, e: &mut FieldErrors) {
    let mut out: Vec<AskedAttachment> = Vec::new();
    for row in typed(f, "attachments", &["name", "note"]) {
        let cell = |name: &str| f.cell("attachments", &row, name);
        if cell("name").is_empty() {
            e.add(format!("attachments.{row}.name"), "Podaj nazwę załącznika.");
        }
        out.push(AskedAttachment {
            key: key_of(cell("key"), "z", |key| out.iter().any(|a| a.key == key)),
            name: cell("name").to_owned(),
            required: cell("required") == "yes",
            note: cell("note").to_owned(),
        });
    }
    for offered in usual_attachments(c) {
        if f.checked(&format!("usual.{}", offered.key)) && !out.iter().any(|a| a.key == offered.key) {
            out.push(offered);
        }
    }
    c.attachments = out;
    c.confirmation = if f.text("confirmation") == "yes" {
        days(f, "confirmation_days", "Dni na potwierdzenie", e).map(|days| Confirmation { days })
    } else {
        None
    };
}

/// A number of working days that people can keep.
fn days(f: &Fields, field: &str, label: &str, e: &mut FieldErrors) -> Option<u32> {
    let n = count(f.text(field), field, label, e)?;
    if (1..=30).contains(&n) {
        return Some(n);
    }
    e.add(field, format!("{label}: wpisano {n}. Podaj od 1 do 30 dni roboczych."));
    None
}

fn formal(f: &Fields, e: &mut FieldErrors) -> Vec<FormalQuestion> {
    let mut out: Vec<FormalQuestion> = Vec::new();
    for row in typed(f, "formal", &["text"]) {
        let cell = |name: &str| f.cell("formal", &row, name);
        out.push(FormalQuestion {
            key: key_of(cell("key"), "q", |key| out.iter().any(|q| q.key == key)),
            text: cell("text").split_whitespace().collect::<Vec<_>>().join(" "),
            correctable: cell("correctable") == "yes",
        });
    }
    if out.is_empty() {
        e.add("formal", "Karta formalna ma co najmniej jedno pytanie.");
    }
    out
}

fn correction(f: &Fields, e: &mut FieldErrors) -> Correction {
    let allowed = CORRECTABLE.iter().filter(|p| f.checked(&format!("allowed_{}", p.key)));
    Correction {
        allowed: allowed.map(|p| p.key.to_owned()).collect(),
        days: days(f, "days", "Dni robocze na uzupełnienie", e).unwrap_or_default(),
        once: f.text("once") != "no",
    }
}

fn grant_terms(f: &Fields, c: &mut CallContent, e: &mut FieldErrors) {
    let mut tranches = Vec::new();
    for row in typed(f, "tranches", &["share", "condition"]) {
        let cell = |name: &str| f.cell("tranches", &row, name);
        let at = |name: &str| format!("tranches.{row}.{name}");
        if cell("condition").is_empty() {
            e.add(at("condition"), "Podaj warunek wypłaty transzy.");
        }
        if let Some(share) = percent(cell("share"), &at("share"), "Udział transzy", e) {
            tranches.push(PlannedTranche { share, condition: cell("condition").to_owned() });
        }
    }
    let min_own_percent = maybe(f, "min_own").and_then(|t| percent(t, "min_own", "Wkład własny", e));
    let max_grant_percent = maybe(f, "max_grant").and_then(|t| percent(t, "max_grant", "Udział dotacji", e));
    c.money = GrantTerms { tranches, min_own_percent, max_grant_percent, ineligible: lines(f.text("ineligible")) };
    c.terms.offer_max = maybe(f, "offer_max").and_then(|t| money(t, "offer_max", "Najwyższa dotacja na ofertę", e));
    c.terms.admin_percent =
        maybe(f, "admin_percent").and_then(|t| percent(t, "admin_percent", "Koszty administracyjne", e));
    c.terms.shift_percent = percent(f.text("shift_percent"), "shift_percent", "Przesunięcia", e).unwrap_or_default();
}

fn percent(text: &str, field: &str, label: &str, e: &mut FieldErrors) -> Option<u32> {
    let n = count(text, field, label, e)?;
    if n > 100 {
        e.add(field, format!("{label}: wpisano {n}%. Podaj liczbę od 0 do 100."));
    }
    Some(n)
}

fn other(f: &Fields, e: &mut FieldErrors) -> Option<OtherBasis> {
    let fields = [("other_who", "Kto zdecydował"), ("other_basis", "Inna podstawa prawna"), ("other_why", "Dlaczego")];
    if fields.iter().all(|(name, _)| f.text(name).is_empty()) {
        return None;
    }
    let [who, basis, why] = fields.map(|(name, label)| f.required(name, label, e));
    Some(OtherBasis { who, basis, why })
}
