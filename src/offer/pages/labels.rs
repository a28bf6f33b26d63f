//! What the fields of the parts are called, for pages that show them outside of their form.

use crate::offer::sheet;

/// The label of a field: `title`, or `costs.units` for a column of a table.
pub fn label(field: &str) -> &str {
    let year = field.strip_prefix("costs.").and_then(sheet::year_label);
    year.or_else(|| LABELS.iter().find(|(name, _)| *name == field).map(|(_, label)| *label)).unwrap_or(field)
}

const LABELS: &[(&str, &str)] = &[
    ("title", "Tytuł zadania publicznego"),
    ("starts", "Data rozpoczęcia"),
    ("ends", "Data zakończenia"),
    ("place", "Miejsce realizacji"),
    ("target_group", "Grupa docelowa"),
    ("problem", "Sposób rozwiązywania problemów i zaspokajania potrzeb"),
    ("complementarity", "Komplementarność z innymi działaniami"),
    ("contact_name", "Imię i nazwisko osoby do kontaktu"),
    ("contact_phone", "Telefon osoby do kontaktu"),
    ("contact_email", "E-mail osoby do kontaktu"),
    ("activities", "Działania"),
    ("activities.name", "Nazwa działania"),
    ("activities.description", "Opis"),
    ("activities.target_group", "Grupa docelowa"),
    ("activities.from", "Od"),
    ("activities.to", "Do"),
    ("activities.outside", "Co wykona podmiot, który nie jest stroną umowy"),
    ("effect_direct", "Bezpośredni efekt realizacji oferty"),
    ("effect_change", "Zmiana społeczna"),
    ("effect_durable", "Trwałość rezultatów"),
    ("results", "Rezultaty"),
    ("results.name", "Nazwa rezultatu"),
    ("results.target", "Planowany poziom (wartość docelowa)"),
    ("results.monitoring", "Sposób monitorowania / źródło informacji"),
    ("measures", "Mierniki"),
    ("measures.name", "Co mierzymy"),
    ("measures.how", "Jak"),
    ("measures.when", "Kiedy"),
    ("experience", "Wcześniejsza działalność oferenta"),
    ("resources", "Zasoby kadrowe, rzeczowe i finansowe"),
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
    ("grant", "Planowana dotacja"),
    ("own_financial", "Wkład własny finansowy"),
    ("own_in_kind", "Wkład własny niefinansowy"),
    ("recipients", "Świadczenia pieniężne od odbiorców zadania"),
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
