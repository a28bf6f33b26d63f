//! What a local programme chooses of its task (R-LOC-02).

use super::super::model::{Applies, CallContent, Mode};
use crate::law::Finding;

/// What the announcement of a local programme chooses agrees with its rules and with the rest of the announcement:
/// a rate and hours are counted over classes, classes are held in groups, a waiver of III.6 has its reason; payments of
/// recipients beside a grant that pays everything, and criteria on trainers where there are none, are warnings.
/// Basis: the own act of the programme; annex 1 (Dz.U. 2018 poz. 2057), part III.6, footnote 3 (from memory); UDPP art. 11 ust. 1
/// and art. 13 ust. 2 pkt 3, 4 and 6. Date: the announcement.
pub fn chosen(content: &CallContent) -> Vec<Finding> {
    if !content.rules.is_local() {
        return Vec::new();
    }
    let applies = content.applies();
    let mut out: Vec<Finding> = classes(content, applies).into_iter().collect();
    out.extend(waiver(content));
    out.extend(payment(content, applies));
    if !applies.classes {
        out.extend(leftovers(content));
    }
    out
}

fn classes(content: &CallContent, applies: Applies) -> Option<Finding> {
    let rules = &content.rules;
    let counted = rules.has_cap() || rules.week_min_minutes.is_some() || rules.day_minutes.is_some();
    let finding = Finding::block("R-LOC-02").basis(rules.act.clone());
    if !applies.classes && counted {
        return Some(
            finding
                .at("zajęcia")
                .found(format!(
                    "Konkurs nie prosi o zajęcia, a zasady {} mają limit stawki albo godziny zajęć.",
                    rules.code
                ))
                .limit("Limit stawki i godziny liczy się od zajęć podanych w ofercie.")
                .hint("Poproś o zajęcia albo przygotuj konkurs z programu, którego zasady nie mają limitu ani godzin."),
        );
    }
    (applies.classes && content.groups.is_empty()).then(|| {
        finding
            .at("zajęcia")
            .found("Konkurs prosi o zajęcia w grupach, a program nie ma żadnej grupy.")
            .limit("Zajęcia odbywają się w grupach z ogłoszenia.")
            .hint("Wpisz grupy w programie albo zaznacz, że zadanie nie polega na zajęciach.")
    })
}

fn waiver(content: &CallContent) -> Option<Finding> {
    content.waiver().filter(|why| why.trim().is_empty()).map(|_| {
        Finding::block("R-LOC-02")
            .at("rezultaty (III.6)")
            .found("Nie napisano, dlaczego ogłoszenie rezygnuje z części III.6.")
            .limit("Z tej części można zrezygnować, gdy rodzaj zadania uniemożliwia podanie takich danych.")
            .basis("oferta, część III.6, przypis 3 (Dz.U. 2018 poz. 2057)")
            .hint("Wpisz powód albo poproś o rezultaty.")
    })
}

fn payment(content: &CallContent, applies: Applies) -> Option<Finding> {
    (applies.paid && content.mode == Mode::Entrusting).then(|| {
        Finding::warn("R-LOC-02")
            .at("opłaty od odbiorców")
            .found("Konkurs powierza zadanie i pozwala pobierać opłaty od odbiorców.")
            .limit("Przy powierzeniu dotacja pokrywa wszystkie koszty zadania.")
            .basis("art. 11 ust. 1 UDPP")
            .hint("Ogłoś konkurs jako wspieranie albo nie pozwalaj na opłaty.")
    })
}

/// What still speaks of trainers, groups or classes although none are asked for.
fn leftovers(content: &CallContent) -> Vec<Finding> {
    let speaks = |text: &str| {
        let text = text.to_lowercase();
        ["trener", "zajęć", "zajęcia", "godziny grupy"].iter().any(|word| text.contains(word))
    };
    let finding = |place: String, found: String| {
        Finding::warn("R-LOC-02")
            .at(place)
            .found(found)
            .limit("W tym konkursie zadanie nie polega na zajęciach w grupach.")
            .basis("art. 13 ust. 2 pkt 3 i 6 UDPP")
            .hint("Zmień tę treść albo ją usuń.")
    };
    let criteria = content.card.criteria.iter().filter(|c| speaks(&c.name));
    let asked = content.attachments.iter().filter(|a| speaks(&a.name) || speaks(&a.note));
    criteria
        .map(|c| finding("karta oceny".into(), format!("Kryterium „{}” mówi o trenerach albo zajęciach.", c.name)))
        .chain(asked.map(|a| {
            finding(format!("załącznik „{}”", a.name), "Ten załącznik dotyczy trenerów albo zajęć.".to_owned())
        }))
        .collect()
}
