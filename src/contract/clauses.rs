//! Proposed words for the clauses a rule set demands, made from the contract's own
//! figures. What is agreed is what the office saves; a clause that this room does not
//! know stays empty, and R-CON-04 names it.

use super::model::{ContractContent, FilledClause};
use crate::law::{Minutes, plural, show_date};
use crate::programme::{Edition, Group, each_once};

/// Every clause of the rule set with its place and a proposed text.
#[must_use]
pub fn propose(c: &ContractContent) -> Vec<FilledClause> {
    c.rules
        .clauses
        .iter()
        .map(|clause| FilledClause {
            key: clause.key.clone(),
            title: clause.title.clone(),
            place: place(&clause.key).to_owned(),
            text: text(&clause.key, c),
            basis: clause.basis.clone(),
        })
        .collect()
}

/// The paragraph a clause stands in.
fn place(key: &str) -> &'static str {
    match key {
        "persons" | "effects" => "§ 1",
        "scope" | "period" => "§ 2",
        "money" => "§ 3",
        "documents" => "§ 6",
        "control" => "§ 8",
        _ => "§ 19",
    }
}

fn text(key: &str, c: &ContractContent) -> String {
    match key {
        "persons" => persons(c),
        "scope" => scope(c),
        "period" => period(c),
        "effects" => effects(c),
        "money" => money(c),
        "documents" => documents(c),
        "control" => control(c),
        "other" => other(),
        _ => String::new(),
    }
}

fn persons(c: &ContractContent) -> String {
    let groups = i64::try_from(c.groups.len()).unwrap_or(i64::MAX);
    let mut out = format!(
        "Działaniami obejmuje się {} {} w {groups} {} liczących najwyżej {} osób. Uczestnikami są {}. Na miejsce osoby, \
         która przerwała udział, Zleceniodawca może skierować inną osobę spełniającą te same warunki. Podział uczestników:",
        c.persons(),
        who(c),
        plural(groups, "grupie", "grupach", "grupach"),
        c.terms.group_max,
        c.rules.participants,
    );
    for edition in &c.editions {
        out.push_str(&format!("\n– {}", edition_line(c, edition)));
    }
    for gmina in each_once(c.groups.iter().map(|g| g.gmina.as_str())) {
        let groups: Vec<&Group> = c.groups.iter().filter(|g| g.gmina == gmina).collect();
        let name = if gmina.to_lowercase().contains("gmina") { gmina.to_owned() } else { format!("gmina {gmina}") };
        out.push_str(&format!("\n– {name}: {}", count(&groups)));
    }
    out
}

fn who(c: &ContractContent) -> &'static str {
    let whom = &c.rules.participants;
    if whom.starts_with("długotrwale bezrobotni") {
        "długotrwale bezrobotnych"
    } else if whom.starts_with("bezrobotni") {
        "bezrobotnych"
    } else {
        "osób"
    }
}

fn edition_line(c: &ContractContent, edition: &Edition) -> String {
    let groups: Vec<&Group> = c.groups.iter().filter(|g| g.edition == edition.no).collect();
    format!("edycja {} ({}–{}): {}", edition.no, show_date(edition.from), show_date(edition.to), count(&groups))
}

/// `70 osób w 7 grupach`.
fn count(groups: &[&Group]) -> String {
    let persons: u32 = groups.iter().map(|g| g.persons).sum();
    let number = i64::try_from(groups.len()).unwrap_or(i64::MAX);
    format!(
        "{persons} {} w {number} {}",
        plural(persons.into(), "osoba", "osoby", "osób"),
        plural(number, "grupie", "grupach", "grupach")
    )
}

fn scope(c: &ContractContent) -> String {
    let mut out = format!(
        "Działania obejmują łącznie {} zajęć z grupami{}; {}. Godziny poszczególnych grup i opis działań podaje \
         załącznik nr 1.",
        hours(c, |h| h.minutes),
        individual(c),
        c.terms.unit.label(),
    );
    if c.rules.clause("period").is_none() {
        out.push(' ');
        out.push_str(&period(c));
    }
    out.push_str(" Zakres działań:");
    for activity in &c.activities {
        out.push_str(&format!("\n– {}", activity.name));
    }
    out
}

fn individual(c: &ContractContent) -> String {
    let any = c.hours.iter().any(|h| !h.individual.is_zero());
    if any { format!(" i {} zajęć indywidualnych", hours(c, |h| h.individual)) } else { String::new() }
}

/// Hours of all groups in the unit of the call.
fn hours(c: &ContractContent, of: fn(&crate::offer::PlannedHours) -> Minutes) -> String {
    let all = c.hours.iter().map(of).fold(Minutes::ZERO, Minutes::saturating_add);
    super::document::hours(all, c.terms.unit)
}

fn period(c: &ContractContent) -> String {
    let editions: Vec<String> =
        c.editions.iter().map(|e| format!("edycja {} od {} do {}", e.no, show_date(e.from), show_date(e.to))).collect();
    let editions = if editions.is_empty() { String::new() } else { format!(": {}", editions.join(", ")) };
    format!("Działania realizuje się od {} do {}{editions}.", show_date(c.starts), show_date(c.ends))
}

fn effects(c: &ContractContent) -> String {
    let mut out = "Efekty indywidualne ocenia się osobno dla każdego uczestnika, oznaczonego kodem, według mierników z \
                   załącznika nr 3: obecności na zajęciach, samooceny przed programem i po nim, ukończenia programu oraz \
                   sytuacji po 30 i 90 dniach od jego zakończenia. Przewidywane efekty działań i ich mierniki:"
        .to_owned();
    for result in &c.results {
        let target = if result.target.is_empty() { String::new() } else { format!(": {}", result.target) };
        let how =
            if result.monitoring.is_empty() { String::new() } else { format!(" (pomiar: {})", result.monitoring) };
        out.push_str(&format!("\n– {}{target}{how}", result.name));
    }
    if c.results.is_empty() {
        out.push_str("\n– liczba osób, które ukończyły program");
    }
    out
}

fn money(c: &ContractContent) -> String {
    let parts = i64::try_from(c.tranches.len()).unwrap_or(i64::MAX);
    let how = if parts == 1 { "jednorazowo" } else { "w transzach" };
    format!(
        "Kwota środków Funduszu Pracy na realizację umowy wynosi {} (słownie: {}). Środki przekazuje się przelewem, {how}, \
         na rachunek Zleceniobiorcy podany w tym paragrafie; kwoty, terminy i warunki wypłat podaje tabela transz.",
        c.grant,
        c.grant.words()
    )
}

fn documents(c: &ContractContent) -> String {
    let mut out =
        "Działania podejmowane wobec uczestników Zleceniobiorca dokumentuje na bieżąco, oznaczając uczestników \
                   kodami, i przechowuje tę dokumentację tak długo jak dokumenty księgowe."
            .to_owned();
    if c.rules.family() == "RSD" {
        out.push_str(
            " Do 5. dnia każdego miesiąca Zleceniobiorca przekazuje Zleceniodawcy obecność każdego uczestnika w \
             poprzednim miesiącu z podziałem nieobecności na usprawiedliwione, nieusprawiedliwione i spowodowane \
             zwolnieniem lekarskim, ponieważ od niej zależy stypendium. O przerwaniu udziału Zleceniobiorca informuje w \
             ciągu 3 dni roboczych; Zleceniodawca w tym samym terminie informuje o utracie statusu bezrobotnego.",
        );
    }
    out.push_str(
        " Dokumentację stanowią:\n– listy obecności z każdego dnia zajęć\n– dziennik zajęć każdej grupy z tematami i \
         godzinami\n– karty czasu pracy trenerów\n– karty indywidualne uczestników\n– zaświadczenia o ukończeniu programu",
    );
    out
}

fn control(c: &ContractContent) -> String {
    let monthly = if c.rules.family() == "RSD" {
        ""
    } else {
        "\n– informację miesięczną o liczbie uczestników i \
         zrealizowanych godzinach, do 10. dnia następnego miesiąca"
    };
    format!(
        "Zleceniodawca kontroluje i monitoruje działania przez cały czas ich trwania. Zleceniobiorca umożliwia mu wstęp na \
         zajęcia bez uprzedzenia i przekazuje harmonogram zajęć przed rozpoczęciem każdej edycji. Sposób kontroli i zakres \
         monitorowania obejmują:\n– wizyty w miejscu zajęć i rozmowy z uczestnikami\n– sprawdzenie list obecności, \
         dziennika zajęć i kart czasu pracy trenerów{monthly}\n– informację o nieobecności uczestnika trwającej dłużej niż \
         3 dni zajęć, w ciągu 3 dni roboczych\n– informację o zmianie terminu lub miejsca zajęć, najpóźniej w dniu ich \
         poprzedzającym"
    )
}

fn other() -> String {
    "Umowa nie zawiera danych osobowych uczestników; w korespondencji i sprawozdaniach używa się kodów. Stypendium i zwrot \
     kosztów przejazdu przysługujące uczestnikom wypłaca Zleceniodawca na podstawie przekazanej mu obecności. \
     Zleceniobiorca nie pobiera od uczestników żadnych opłat."
        .to_owned()
}
