//! What a new call says before anyone edits it: taken from the programme and its rule set.

use super::model::{
    Applies, AskedAttachment, CallContent, CommitteeRules, Correction, Criterion, Elements, GrantTerms, LocalTerms,
    Mode, PlannedTranche, ScoreCard, Terms, default_question_days, formal_for,
};
use crate::law::{CapBase, Money, MonthsRule, RuleSet, plural, show_date};
use crate::programme::ProgrammeContent;

/// The content of a new call; `left` is what the plan of the programme still holds.
pub(super) fn content(programme: &ProgrammeContent, rules: RuleSet, left: Money) -> CallContent {
    let largest = programme.groups.iter().map(|g| g.persons).max().unwrap_or(10);
    // A programme without groups, where its rules allow that, is no course.
    let classes = !(programme.groups.is_empty() && rules.may_have_no_classes());
    let terms = Terms {
        group_max: rules.group_max.unwrap_or(largest),
        extra_declarations: declarations(&rules),
        local: LocalTerms { classes, ..LocalTerms::default() },
        ..Terms::default()
    };
    CallContent {
        title: programme.title.clone(),
        cap: None,
        other_basis: None,
        mode: Mode::Entrusting,
        elements: Elements {
            task: task(&rules),
            allocation: left,
            grant_rules: grant_rules(&rules, &terms, Mode::Entrusting),
            conditions: conditions(programme, &rules, &terms),
            selection: selection(),
            ..Elements::default()
        },
        terms,
        card: card_for(classes),
        editions: programme.editions.clone(),
        groups: programme.groups.clone(),
        gminas: programme.ungrouped(),
        topics: programme.topics.clone(),
        places: Vec::new(),
        result_places: Vec::new(),
        contact: String::new(),
        assumed: programme.assumed.clone(),
        cancel_reason: None,
        attachments: attachments(classes),
        formal: formal_for(classes),
        correction: Correction::default(),
        money: money(),
        committee_rules: CommitteeRules { text: regulations(), ..CommitteeRules::default() },
        confirmation: None,
        test: false,
        prepared_by: Vec::new(),
        copied_from: None,
        reservation: String::new(),
        question_days: default_question_days(),
        approval: None,
        rules,
    }
}

fn attachments(classes: bool) -> Vec<AskedAttachment> {
    let all = [
        ("statute", "Statut", "Gdy nie ma go w Krajowym Rejestrze Sądowym."),
        ("attorney", "Pełnomocnictwo", "Gdy ofertę podpisuje pełnomocnik."),
        ("qualifications", "Dokumenty o kwalifikacjach trenerów", "Dla osób wskazanych w części IV.2 oferty."),
    ];
    all.into_iter()
        .filter(|(key, ..)| classes || *key != "qualifications")
        .map(|(key, name, note)| AskedAttachment {
            key: key.into(),
            name: name.into(),
            required: false,
            note: note.into(),
        })
        .collect()
}

fn money() -> GrantTerms {
    let costs = [
        "wydatki poniesione poza terminem realizacji zadania",
        "podatek VAT, który oferent może odliczyć",
        "odsetki, kary i grzywny",
        "koszty pokryte z innych środków (podwójne finansowanie)",
        "zakup środków trwałych",
    ];
    GrantTerms {
        tranches: vec![PlannedTranche { share: 100, condition: "zawarcie umowy".into() }],
        min_own_percent: None,
        max_grant_percent: None,
        ineligible: costs.map(str::to_owned).to_vec(),
    }
}

fn regulations() -> String {
    "1. Komisję powołuje organ; zasiadają w niej przewodniczący, przedstawiciele organu i osoby wskazane przez organizacje.\n\
     2. Na pierwszym posiedzeniu członkowie poznają listę oferentów i składają oświadczenia o bezstronności (art. 24 KPA).\n\
     3. Posiedzenia są zamknięte dla oferentów, a praca w komisji jest nieodpłatna; można obradować zdalnie.\n\
     4. Oceny formalnej dokonuje pracownik urzędu, a komisja ją potwierdza.\n\
     5. Każdy członek sam wypełnia kartę oceny; wynik oferty to średnia arytmetyczna.\n\
     6. Protokół podaje obecnych, liczbę ofert, wyłączenia, punkty, proponowane kwoty i zdania odrębne; podpisują go obecni.\n\
     7. Organ może rozstrzygnąć inaczej niż opinia komisji; zapisuje wtedy powody."
        .to_owned()
}

fn task(rules: &RuleSet) -> String {
    match rules.family() {
        "PAI" => "Realizacja działań w zakresie integracji społecznej bezrobotnych w ramach Programu Aktywizacja \
                  i Integracja"
            .to_owned(),
        "RSD" => "Reintegracja społeczna długotrwale bezrobotnych".to_owned(),
        _ => rules.name.clone(),
    }
}

fn declarations(rules: &RuleSet) -> Vec<String> {
    if rules.family() != "RSD" {
        return Vec::new();
    }
    vec![
        "Oferent tworzy centrum lub klub integracji społecznej albo jest podmiotem ekonomii społecznej, którego \
         działalność statutowa obejmuje integrację i reintegrację społeczną osób zagrożonych wykluczeniem społecznym \
         albo przeciwdziałanie uzależnieniom i patologiom społecznym."
            .to_owned(),
    ]
}

/// Elements 3 and 4 of a draft as its mode, its rules and its programme say them now.
#[must_use]
pub fn rewritten(content: &CallContent, programme: &ProgrammeContent) -> (String, String) {
    let four = conditions(programme, &content.rules, &content.terms);
    (grant_rules(&content.rules, &content.terms, content.mode), four)
}

fn grant_rules(rules: &RuleSet, terms: &Terms, mode: Mode) -> String {
    let pays = match mode {
        Mode::Entrusting => "Zadanie jest powierzane, a dotacja pokrywa wszystkie jego koszty.",
        Mode::Supporting => "Zadanie jest wspierane: dotacja pokrywa część jego kosztów, a oferent wnosi wkład własny.",
    };
    let paid = if Applies::of(rules, terms).paid {
        " Oferent może pobierać opłaty od odbiorców zadania w ramach odpłatnej działalności pożytku publicznego; opłaty \
         podaje w ofercie (części VI.1 i V.B)."
    } else {
        ""
    };
    format!(
        "{pays}{paid} Ofertę mogą złożyć: {}. \
         Dotację wypłaca się w transzach określonych w umowie. Nie pokrywa ona wydatków poniesionych poza terminem \
         realizacji, kar, odsetek i podatku VAT, który można odliczyć.",
        rules.offerors
    )
}

/// Element 4 as the programme and its rule set say it.
pub(super) fn conditions(programme: &ProgrammeContent, rules: &RuleSet, terms: &Terms) -> String {
    if !Applies::of(rules, terms).classes {
        return without_classes(programme, rules);
    }
    let (persons, group_max) = (programme.persons(), terms.group_max);
    let mut out = vec![
        format!("Uczestnicy: {}.", rules.participants),
        format!(
            "Liczba uczestników: {persons}, grupy: {}, w każdej najwyżej {} {}.",
            programme.groups.len(),
            group_max,
            plural(group_max.into(), "osoba", "osoby", "osób")
        ),
    ];
    out.extend(
        programme.editions.iter().map(|e| format!("Edycja {}: od {} do {}.", e.no, show_date(e.from), show_date(e.to))),
    );
    out.push(length(rules.months));
    if let Some(week) = terms.weekly(rules) {
        out.push(format!("Każda grupa ma co najmniej {week} zajęć w tygodniu."));
    }
    if let Some(day) = rules.day_minutes {
        out.push(format!("Zajęcia trwają {day} w każdym dniu zajęć."));
    }
    out.extend(cap(&rules.cap));
    out.join("\n")
}

/// Element 4 of a task that is no classes: whom it serves, and when.
fn without_classes(programme: &ProgrammeContent, rules: &RuleSet) -> String {
    let mut out =
        vec![format!("Odbiorcy: {}.", rules.participants), format!("Liczba odbiorców: {}.", programme.persons())];
    let several = programme.editions.len() > 1;
    out.extend(programme.editions.iter().map(|e| {
        let what = if several { format!("Edycja {}", e.no) } else { "Termin realizacji".to_owned() };
        format!("{what}: od {} do {}.", show_date(e.from), show_date(e.to))
    }));
    out.join("\n")
}

fn length(months: MonthsRule) -> String {
    let said = |n: u32| format!("{n} {}", plural(n.into(), "miesiąc", "miesiące", "miesięcy"));
    match months {
        MonthsRule::Exactly(n) => format!("Edycja trwa {}.", said(n)),
        MonthsRule::AtMost(n) => format!("Edycja trwa najwyżej {}.", said(n)),
    }
}

fn cap(base: &CapBase) -> Option<String> {
    match base {
        CapBase::PerGroupHour { rate, group } => {
            Some(format!("Dotacja nie może przekroczyć {rate} za godzinę pracy trenera z grupą {group}-osobową."))
        }
        CapBase::PerTrainerHour { rate } => {
            Some(format!("Dotacja nie może przekroczyć {rate} za godzinę pracy trenera."))
        }
        CapBase::WagePercentPerTrainerHour { percent_x100 } => Some(format!(
            "Dotacja nie może przekroczyć {},{:02}% minimalnego wynagrodzenia za godzinę pracy trenera.",
            percent_x100 / 100,
            percent_x100 % 100
        )),
        CapBase::Uncapped => None,
    }
}

fn selection() -> String {
    "Oferty opiniuje komisja konkursowa. Najpierw sprawdza je formalnie; braki, które można uzupełnić, oferent uzupełnia \
     na wezwanie. Potem każdy członek komisji ocenia ofertę według karty oceny, a wynik to \
     średnia arytmetyczna. Przy równej liczbie punktów decyduje ocena kosztów, potem kwalifikacji. Ofertę wybiera organ."
        .to_owned()
}

/// The card, the attachments and the formal questions follow the choice of classes, as long as they are as the program proposed them.
pub(super) fn follow(before: &CallContent, after: &mut CallContent) {
    let (old, new) = (before.applies().classes, after.applies().classes);
    if old == new {
        return;
    }
    if after.card == card_for(old) {
        after.card = card_for(new);
    }
    if after.attachments == attachments(old) {
        after.attachments = attachments(new);
    }
    if after.formal == formal_for(old) {
        after.formal = formal_for(new);
    }
}

fn card_for(classes: bool) -> ScoreCard {
    if classes { default_card() } else { card_without_classes() }
}

/// The same points for a task without classes.
fn card_without_classes() -> ScoreCard {
    card(&[
        ("capacity", "Możliwość realizacji: doświadczenie w takich zadaniach, zaplecze, kadra", 1, 20, None),
        ("programme", "Plan działań: dopasowanie do odbiorców, harmonogram, jakość", 3, 25, None),
        ("people", "Kwalifikacje osób, które wykonają zadanie", 3, 15, None),
        ("effects", "Przewidywane efekty", 3, 10, None),
        ("cost", "Kalkulacja kosztów: adekwatność do zakresu zadania", 2, 20, None),
        ("contribution", "Wkład rzeczowy i osobowy, wolontariusze", 5, 5, None),
        ("record", "Wcześniej zlecone zadania: rzetelność, terminowość, rozliczenie", 6, 5, Some(3)),
    ])
}

/// The usual card of 100 points with the threshold at 60 %.
#[must_use]
pub fn default_card() -> ScoreCard {
    card(&[
        ("capacity", "Możliwość realizacji: doświadczenie z osobami wykluczonymi, sale, kadra", 1, 20, None),
        ("programme", "Program zajęć: dopasowanie do grupy, godziny, metody, harmonogram", 3, 20, None),
        ("trainers", "Kwalifikacje trenerów", 3, 20, None),
        ("effects", "Przewidywane efekty i mierniki efektów indywidualnych", 3, 10, None),
        ("cost", "Kalkulacja kosztów: adekwatność, koszt godziny grupy na tle limitu", 2, 20, None),
        ("contribution", "Wkład rzeczowy i osobowy, wolontariusze", 5, 5, None),
        ("record", "Wcześniej zlecone zadania: rzetelność, terminowość, rozliczenie", 6, 5, Some(3)),
    ])
}

/// Key, name, point of the act, most points, points of a newcomer.
type CardRow = (&'static str, &'static str, u8, u32, Option<u32>);

fn card(rows: &[CardRow]) -> ScoreCard {
    let criterion = |(key, name, point, max, neutral): &CardRow| Criterion {
        key: (*key).into(),
        name: (*name).into(),
        point: *point,
        max: *max,
        neutral: *neutral,
    };
    ScoreCard { criteria: rows.iter().map(criterion).collect(), threshold_percent: 60 }
}
