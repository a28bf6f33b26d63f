//! What the fields of the parts are called, for pages that show them outside of their form.

use crate::document::FORM;
use crate::offer::sheet;

/// The label of a field: `title`, or `costs.units` for a column of a table.
pub fn label(field: &str) -> &str {
    let year = field.strip_prefix("costs.").and_then(sheet::year_label);
    year.or_else(|| LABELS.iter().find(|(name, _)| *name == field).map(|(_, label)| *label)).unwrap_or(field)
}

const LABELS: &[(&str, &str)] = &[
    ("title", FORM.title),
    ("starts", "Data rozpoczęcia"),
    ("ends", "Data zakończenia"),
    ("place", FORM.place),
    ("target_group", FORM.target_group),
    ("problem", FORM.problem),
    ("complementarity", FORM.complementarity),
    ("contact_name", "Imię i nazwisko osoby do kontaktu"),
    ("contact_phone", "Telefon osoby do kontaktu"),
    ("contact_email", "E-mail osoby do kontaktu"),
    ("activities", "Działania"),
    ("activities.name", FORM.plan_columns[1]),
    ("activities.description", FORM.plan_columns[2]),
    ("activities.target_group", FORM.plan_columns[3]),
    ("activities.from", "Od"),
    ("activities.to", "Do"),
    ("activities.outside", FORM.plan_columns[5]),
    ("effect_direct", FORM.effect_direct),
    ("effect_change", FORM.effect_change),
    ("effect_durable", FORM.effect_durable),
    ("results", "Rezultaty"),
    ("results.name", FORM.indicator_columns[0]),
    ("results.target", FORM.indicator_columns[1]),
    ("results.monitoring", FORM.indicator_columns[2]),
    ("measures", "Mierniki"),
    ("measures.name", "Co mierzymy"),
    ("measures.how", "Jak"),
    ("measures.when", "Kiedy"),
    ("experience", FORM.experience),
    ("resources", FORM.resources),
    ("trainers", "Trenerzy"),
    ("trainers.name", "Imię i nazwisko"),
    ("trainers.qualifications", "Kwalifikacje"),
    ("hours", "Grupy i godziny"),
    ("hours.group", "Grupa"),
    ("hours.persons", "Liczba osób"),
    ("hours.minutes", "Godziny zajęć grupowych"),
    ("hours.individual", "Godziny zajęć indywidualnych"),
    ("programme", "Zajęcia"),
    ("programme.group", "Grupa"),
    ("programme.day", "Data"),
    ("programme.from", "Od"),
    ("programme.to", "Do"),
    ("programme.topic", "Temat"),
    ("programme.trainer", "Trener"),
    ("programme.individual", "Zajęcia indywidualne"),
    ("costs", "Koszty"),
    ("costs.activity", "Działanie"),
    ("costs.name", "Rodzaj kosztu"),
    ("costs.unit", "Rodzaj miary"),
    ("costs.unit_cost", "Koszt jednostkowy"),
    ("costs.units", "Liczba jednostek"),
    ("costs.trainer", "Praca trenera"),
    ("tasks", "Co dokładnie wykonuje ten oferent"),
    ("grant", FORM.grant),
    ("own_financial", FORM.own_financial),
    ("own_in_kind", FORM.own_in_kind),
    ("recipients", FORM.recipients),
    ("unpaid", "Nieodpłatne wykonanie zadania (VI.1)"),
    ("fees_form", "Za co i w jakiej formie płacą odbiorcy (VI.1)"),
    ("fees_amount", "Najwyższa opłata od jednego odbiorcy (VI.1)"),
    ("payment", "Uzupełnienie deklaracji (VI.1)"),
    ("representation", "Sposób reprezentacji wobec organu (VI.2)"),
    ("other", "Inne działania, które mogą mieć znaczenie przy ocenie oferty (VI.3)"),
];

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn every_year_of_the_table_has_its_label() {
        let labels = ["costs.y0", "costs.y1", "costs.y4", "costs.y5"].map(label);
        assert_eq!(labels, ["Rok 1", "Rok 2", "Rok 5", "Rok 6"]);
        assert_eq!((label("costs.units"), label("nie-ma")), ("Liczba jednostek", "nie-ma"));
    }
}
