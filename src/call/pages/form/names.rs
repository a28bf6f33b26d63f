//! What the fields of the forms are called, for showing two versions side by side.

use crate::call::CORRECTABLE;

const PLAIN: &[(&str, &str)] = &[
    ("title", "Nazwa konkursu"),
    ("contact", "Kontakt"),
    ("assumed", "Założenia"),
    ("question_days", "Koniec pytań przed terminem ofert"),
    ("other_who", "Kto zdecydował o innej podstawie"),
    ("other_basis", "Inna podstawa prawna"),
    ("other_why", "Dlaczego inna podstawa"),
    ("task", "Rodzaj zadania"),
    ("allocation", "Środki na zadanie"),
    ("grant_rules", "Zasady przyznawania dotacji"),
    ("conditions", "Terminy i warunki realizacji"),
    ("deadline_date", "Termin składania ofert: dzień"),
    ("deadline_time", "Termin składania ofert: godzina"),
    ("selection", "Tryb i kryteria wyboru"),
    ("decision_by", "Wybór nastąpi do"),
    ("reservation", "Zastrzeżenie organu"),
    ("mode", "Tryb zlecenia"),
    ("policy", "Limit dla mniejszej grupy"),
    ("scope", "Co obejmuje limit"),
    ("unit", "Jednostka godziny"),
    ("week", "Tydzień"),
    ("week_min", "Najmniej godzin zajęć w tygodniu"),
    ("group_max", "Największa grupa"),
    ("declarations", "Dodatkowe oświadczenia"),
    ("arrears", "Zaległości w podatkach albo składkach"),
    ("paid", "Opłaty od odbiorców zadania"),
    ("classes", "Zajęcia w grupach"),
    ("results", "Rezultaty (III.6)"),
    ("results_waived", "Dlaczego bez części III.6"),
    ("threshold", "Próg"),
    ("confirmation", "Podpisane potwierdzenie"),
    ("confirmation_days", "Dni na potwierdzenie"),
    ("days", "Dni robocze na uzupełnienie"),
    ("once", "Liczba wezwań"),
    ("offer_max", "Najwyższa dotacja na ofertę"),
    ("admin_percent", "Koszty administracyjne"),
    ("shift_percent", "Przesunięcia"),
    ("min_own", "Wkład własny"),
    ("max_grant", "Udział dotacji"),
    ("ineligible", "Koszty niekwalifikowane"),
    ("regulations", "Regulamin"),
    ("quorum", "Kworum"),
    ("cooperation", "Program współpracy"),
];

const CELLS: &[(&str, &str)] = &[
    ("criteria", "Kryterium"),
    ("attachments", "Załącznik"),
    ("formal", "Pytanie"),
    ("tranches", "Transza"),
    ("earlier", "Zadania w roku"),
    ("name", "nazwa"),
    ("point", "punkt ustawy"),
    ("max", "najwięcej punktów"),
    ("neutral", "nowy oferent"),
    ("required", "wymagany"),
    ("note", "uwaga"),
    ("text", "treść"),
    ("correctable", "można uzupełnić"),
    ("share", "udział"),
    ("condition", "warunek"),
    ("cost", "koszt"),
    ("grants", "dotacje"),
];

/// The label of a field; nothing for what people do not see.
pub fn name_of(field: &str) -> Option<String> {
    let known = |list: &[(&str, &str)], key: &str| {
        list.iter().find(|(name, _)| *name == key).map(|(_, label)| (*label).to_owned())
    };
    if let Some(key) = field.strip_prefix("allowed_") {
        return CORRECTABLE.iter().find(|p| p.key == key).map(|p| format!("Uzupełnić można: {}", p.label));
    }
    let Some((table, rest)) = field.split_once('.') else { return known(PLAIN, field) };
    let (row, cell) = rest.split_once('.')?;
    let no = row.parse::<u32>().ok()?.checked_add(1)?;
    Some(format!("{} {no}: {}", known(CELLS, table)?, known(CELLS, cell)?))
}
