//! §§ 3–5: money, parts done by others, shifts between costs.

use super::{Terms, hours, listed, paragraph, plain, point};
use crate::call::Mode;
use crate::contract::ContractContent;
use crate::document::{Align, Block, Point, Section, Table, TableColumn};
use crate::law::cap::cap;
use crate::law::{CapScope, Money, show_date};

pub fn money(t: &Terms<'_>) -> Section {
    let c = t.c;
    let account = c.account.as_ref().map_or("……………………………".to_owned(), ToString::to_string);
    let mut points = vec![point(format!(
        "Na realizację zadania Zleceniodawca przekazuje Zleceniobiorcy dotację ze środków {} w wysokości {} (słownie: {}).",
        fund(c),
        c.grant,
        c.grant.words()
    ))];
    points.extend(rate(t));
    points.extend([
        point(format!(
            "Dotację przekazuje się na rachunek bankowy Zleceniobiorcy nr {account}, w kwotach, terminach i pod warunkami z \
             tabeli pod tym paragrafem. Za dzień przekazania uważa się dzień obciążenia rachunku Zleceniodawcy."
        )),
        point(
            "Zleceniobiorca oświadcza, że jest jedynym posiadaczem tego rachunku, i zobowiązuje się utrzymać go co najmniej \
             do zaakceptowania sprawozdania końcowego. Zmiana rachunku wymaga aneksu.",
        ),
        point(
            "Kolejną transzę przekazuje się dopiero po spełnieniu jej warunku. Jeżeli warunek spełniono po terminie z \
             tabeli, transzę przekazuje się w ciągu 14 dni od jego spełnienia.",
        ),
    ]);
    points.extend(other_means(t));
    let mut out = paragraph(t, 3, "Finansowanie zadania publicznego", "art. 221 ust. 3 pkt 2 ufp", points);
    out.blocks.push(Block::Table(tranches(t)));
    out
}

/// Where the money comes from, in the genitive.
fn fund(c: &ContractContent) -> String {
    if c.rules.is_local() { format!("programu „{}”", c.rules.name) } else { "Funduszu Pracy".to_owned() }
}

/// The sentence that materials of the task carry.
#[must_use]
pub fn said(c: &ContractContent) -> String {
    format!("zadanie finansowane ze środków {}", fund(c))
}

/// How the amount was set; nothing for a programme without a cap.
fn rate(t: &Terms<'_>) -> Option<Point> {
    let c = t.c;
    if !c.rules.has_cap() {
        return None;
    }
    let limit = cap(&c.cap, &c.group_hours()).ok()?;
    let group = c.cap.group.map(|n| format!(" z {n}-osobową grupą")).unwrap_or_default();
    let covers = match c.cap.scope {
        CapScope::WholeGrant => "całą dotację",
        CapScope::TrainerLines => "koszty pracy trenerów",
    };
    Some(point(format!(
        "Kwotę ustalono z uwzględnieniem stawki za godzinę pracy trenera{group} nie wyższej niż {} ({}). Limit obejmuje \
         {covers}; za zaplanowane {} wynosi {}. Przy rozliczeniu limit liczy się od godzin faktycznie przeprowadzonych, a \
         nadwyżka ponad niego jest dotacją pobraną w nadmiernej wysokości.",
        c.cap.rate,
        c.cap.basis,
        hours(limit.minutes, c.terms.unit),
        limit.total
    )))
}

fn other_means(t: &Terms<'_>) -> Vec<Point> {
    let (s, total) = (&t.c.sources, t.c.total_costs());
    let mut items = Vec::new();
    for (amount, what) in [
        (s.own_financial, "innych środków finansowych"),
        (s.own_in_kind, "wkładu osobowego i rzeczowego"),
        (s.recipients, "świadczeń pieniężnych od odbiorców zadania"),
    ] {
        if !amount.is_zero() {
            items.push(format!("{what} o wartości {amount} (słownie: {})", amount.words()));
        }
    }
    let mut out = match (t.c.mode, items.is_empty()) {
        (_, false) if t.c.mode == Mode::Supporting || t.c.charges() => {
            let total = total.map(|m| format!(" Całkowity koszt zadania wynosi {m} (słownie: {}).", m.words()));
            vec![listed(
                format!(
                    "Zleceniobiorca przeznaczy na zadanie także środki spoza dotacji.{} Są to:",
                    total.unwrap_or_default()
                ),
                items,
            )]
        }
        (Mode::Supporting, _) => Vec::new(),
        (Mode::Entrusting, _) if t.c.charges() => Vec::new(),
        (Mode::Entrusting, _) => {
            let whom = if t.applies().classes { "uczestników" } else { "odbiorców" };
            vec![point(format!("Dotacja pokrywa całość kosztów zadania; od {whom} nie pobiera się opłat."))]
        }
    };
    out.extend(charges(t.c));
    out
}

/// What recipients may be charged, as VI.1 of the offer said; the report answers to it (R-REP-18).
fn charges(c: &ContractContent) -> Option<Point> {
    let fees = c.fees.as_ref().filter(|_| c.charges())?;
    Some(point(format!(
        "Od odbiorców zadania Zleceniobiorca może pobierać świadczenia pieniężne wyłącznie w ramach odpłatnej \
         działalności pożytku publicznego, na zasadach z części VI.1 oferty: {}; najwyższa opłata od jednego odbiorcy \
         wynosi {} (słownie: {}). W sprawozdaniu podaje warunki pobierania, najwyższą opłatę, którą poniósł jeden \
         odbiorca, i łączną kwotę świadczeń; opłatę wyższą niż w ofercie wyjaśnia.",
        fees.form.trim().trim_end_matches('.'),
        fees.amount,
        fees.amount.words()
    )))
}

fn tranches(t: &Terms<'_>) -> Table {
    let c = t.c;
    let total = Money::sum(c.tranches.iter().map(|x| x.amount)).unwrap_or_default();
    Table {
        caption: Some("Transze dotacji".into()),
        columns: vec![
            TableColumn::new("Nr", Align::Right, None),
            TableColumn::new("Termin", Align::Left, Some(18)),
            TableColumn::new("Kwota", Align::Right, None),
            TableColumn::new("Warunek wypłaty", Align::Left, Some(60)),
        ],
        rows: c
            .tranches
            .iter()
            .map(|x| {
                [x.no.to_string(), format!("do {}", show_date(x.due_on)), x.amount.to_string(), x.condition.clone()]
                    .into_iter()
                    .collect()
            })
            .collect(),
        totals: Some(vec![String::new(), "Razem".into(), total.to_string(), String::new()]),
    }
}

pub fn others(t: &Terms<'_>) -> Section {
    let parts: Vec<String> = (1..)
        .zip(&t.c.activities)
        .filter(|(_, a)| !a.outside.trim().is_empty())
        .map(|(no, a)| format!("działanie nr {no} „{}”: {}", a.name, a.outside))
        .collect();
    let points = if parts.is_empty() {
        vec![
            point(
                "Zleceniobiorca wykonuje całe zadanie sam. Zleceniodawca nie wyraża zgody na wykonanie jego części przez \
                   podmiot, który nie jest stroną umowy.",
            ),
            point(format!(
                "Zatrudnienie {}, także na podstawie umów cywilnoprawnych, nie jest wykonywaniem zadania przez inny \
                   podmiot.",
                if t.applies().classes { "trenerów" } else { "osób, które wykonują zadanie" }
            )),
        ]
    } else {
        vec![
            listed(
                "Zleceniodawca zgadza się, aby podmiot, który nie jest stroną umowy, wykonał następującą część zadania:",
                parts,
            ),
            point("Za działania i zaniechania tego podmiotu Zleceniobiorca odpowiada jak za własne."),
        ]
    };
    let mut out = plain(4, "Wykonanie części zadania przez podmiot niebędący stroną umowy", points);
    out.basis = Some("art. 16 ust. 4 UDPP".into());
    out
}

pub fn shifts(t: &Terms<'_>) -> Section {
    plain(
        5,
        "Przesunięcia między wydatkami",
        vec![
            listed(
                "Bez zmiany umowy Zleceniobiorca może przesuwać środki między pozycjami kosztorysu na następujących zasadach:",
                [
                    Some(format!("pozycję można zwiększyć najwyżej o {}% jej wartości;", t.c.terms.shift_percent)),
                    Some("pozycję można zmniejszyć dowolnie, z wyjaśnieniem w sprawozdaniu;".to_owned()),
                    t.applies().classes.then(|| "stawki godzinowej pracy trenera nie można zwiększyć;".to_owned()),
                    Some("suma kosztów administracyjnych nie może wzrosnąć;".to_owned()),
                    Some("suma dotacji nie zmienia się.".to_owned()),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>(),
            ),
            point("Większe przesunięcie wymaga aneksu zawartego przed poniesieniem wydatku."),
            point("Naruszenie tych zasad oznacza pobranie dotacji w nadmiernej wysokości w części, której dotyczy."),
        ],
    )
}
