//! The score card of one member for one offer.

use crate::call::ScoreCard;
use crate::error::FieldErrors;
use crate::review::model::CriterionScore;

/// Shortest justification that says something.
const LEAST_WORDS: usize = 3;

/// Sum of the points.
#[must_use]
pub fn total(items: &[CriterionScore]) -> u32 {
    items.iter().fold(0_u32, |sum, i| sum.saturating_add(i.points))
}

/// Points stay within the criterion; a card to be sealed has points and a
/// justification for every criterion. Errors stand at `points.{key}` and `why.{key}`.
/// Basis: UDPP art. 15 ust. 1 and 2i (reasons may be asked for), the announced card.
/// Date: the card frozen at the announcement.
#[must_use]
pub fn check_card(card: &ScoreCard, items: &[CriterionScore], seal: bool) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for item in items {
        if !card.criteria.iter().any(|c| c.key == item.key) {
            errors.add("", format!("Kryterium „{}” nie należy do karty tego konkursu.", item.key));
        }
    }
    for c in &card.criteria {
        let mut given = items.iter().filter(|i| i.key == c.key);
        let (item, again) = (given.next(), given.next());
        if again.is_some() {
            errors.add(format!("points.{}", c.key), format!("„{}”: punkty podano dwa razy.", c.name));
        }
        match item {
            Some(i) if i.points > c.max => errors.add(
                format!("points.{}", c.key),
                format!("„{}”: wpisano {} pkt, a najwięcej można przyznać {} pkt.", c.name, i.points, c.max),
            ),
            None if seal => {
                errors.add(format!("points.{}", c.key), format!("„{}”: przyznaj punkty, od 0 do {}.", c.name, c.max))
            }
            Some(_) | None => {}
        }
        let said = item.map_or(0, |i| i.why.split_whitespace().count());
        if seal && said < LEAST_WORDS {
            errors.add(
                format!("why.{}", c.key),
                format!("„{}”: uzasadnij punkty, co najmniej {LEAST_WORDS} słowami.", c.name),
            );
        }
    }
    errors
}

/// An empty item for every criterion; what a form starts with.
#[must_use]
pub fn blank_items(card: &ScoreCard) -> Vec<CriterionScore> {
    card.criteria.iter().map(|c| CriterionScore { key: c.key.clone(), points: 0, why: String::new() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Criterion;

    fn card() -> ScoreCard {
        let criterion =
            |key: &str, point, max| Criterion { key: key.into(), name: key.into(), point, max, neutral: None };
        ScoreCard { criteria: vec![criterion("koszty", 2, 20), criterion("kadra", 3, 10)], threshold_percent: 60 }
    }

    fn item(key: &str, points: u32, why: &str) -> CriterionScore {
        CriterionScore { key: key.into(), points, why: why.into() }
    }

    fn fields(errors: &FieldErrors) -> Vec<&str> {
        errors.list().iter().map(|e| e.field.as_str()).collect()
    }

    #[test]
    fn a_draft_may_have_gaps_and_a_sealed_card_may_not() {
        assert!(check_card(&card(), &[], false).is_empty());
        assert_eq!(
            fields(&check_card(&card(), &[], true)),
            ["points.koszty", "why.koszty", "points.kadra", "why.kadra"]
        );
        let whole = [item("koszty", 20, "stawka jak w ogłoszeniu"), item("kadra", 0, "brak opisu kwalifikacji")];
        assert!(check_card(&card(), &whole, true).is_empty());
        assert_eq!(total(&whole), 20);
        assert_eq!(total(&blank_items(&card())), 0);
    }

    #[test]
    fn points_stay_within_the_criterion() {
        let over = check_card(&card(), &[item("koszty", 21, "")], false);
        assert_eq!(over.list()[0].message, "„koszty”: wpisano 21 pkt, a najwięcej można przyznać 20 pkt.");
        assert_eq!(fields(&check_card(&card(), &[item("urok", 1, "")], false)), [""]);
        assert_eq!(
            fields(&check_card(&card(), &[item("kadra", 1, ""), item("kadra", 2, "")], false)),
            ["points.kadra"]
        );
    }
}
