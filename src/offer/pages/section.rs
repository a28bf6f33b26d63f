//! The parts of the form that are filled one at a time, and where a finding leads to.

use crate::call::Applies;
use crate::error::AppError;
use crate::offer::calculation::numbers;
use crate::offer::model::OfferContent;
use crate::store::OfferId;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    Task,
    Plan,
    Results,
    Resources,
    Programme,
    Costs,
    Other,
    /// What one offeror of a joint offer does and bears. It belongs to none of the parts of the form, and the
    /// field `grupa` names the organisation, as it names the group of a class programme.
    Share,
}

impl Section {
    pub const ALL: [Section; 7] = [
        Section::Task,
        Section::Plan,
        Section::Results,
        Section::Resources,
        Section::Programme,
        Section::Costs,
        Section::Other,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            Section::Task => "zadanie",
            Section::Plan => "harmonogram",
            Section::Results => "rezultaty",
            Section::Resources => "zasoby",
            Section::Programme => "program",
            Section::Costs => "kosztorys",
            Section::Other => "inne",
            Section::Share => "podzial",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Section::Task => "Zadanie i osoba do kontaktu",
            Section::Plan => "Plan i harmonogram działań",
            Section::Results => "Rezultaty",
            Section::Resources => "Doświadczenie, trenerzy, grupy i godziny",
            Section::Programme => "Program zajęć",
            Section::Costs => "Koszty i źródła finansowania",
            Section::Other => "Inne informacje",
            Section::Share => "Część oferenta",
        }
    }

    /// The title in a call: a task without classes has neither trainers nor groups.
    pub fn title_in(self, applies: Applies) -> &'static str {
        if self == Section::Resources && !applies.classes { "Doświadczenie i zasoby" } else { self.title() }
    }

    /// Whether the announcement asks for the part at all; what it does not ask for is "nie dotyczy".
    pub fn is_asked(self, applies: Applies) -> bool {
        self != Section::Programme || applies.classes
    }

    /// Whether there are announcements that do not ask for it.
    pub fn may_be_unasked(self) -> bool {
        !self.is_asked(Applies { classes: false, ..Applies::STATUTORY })
    }

    /// The parts of the official form it holds.
    pub fn parts(self) -> &'static str {
        match self {
            Section::Task => "część II.2 i III.1–III.3 oferty",
            Section::Plan => "część III.4 oferty",
            Section::Results => "część III.5 i III.6 oferty",
            Section::Resources => "część IV oferty",
            Section::Programme => "godziny według tematów i dni",
            Section::Costs => "część V oferty",
            Section::Other => "część VI oferty",
            Section::Share => "część V.C oferty",
        }
    }

    pub fn template(self) -> &'static str {
        match self {
            Section::Task => "offer/task.html",
            Section::Plan => "offer/plan.html",
            Section::Results => "offer/results.html",
            Section::Resources => "offer/resources.html",
            Section::Programme => "offer/programme.html",
            Section::Costs => "offer/costs.html",
            Section::Other => "offer/other.html",
            Section::Share => "offer/joint/part.html",
        }
    }

    /// The tables of the part.
    pub fn tables(self) -> &'static [&'static str] {
        match self {
            Section::Plan => &["activities"],
            Section::Results => &["results", "measures"],
            Section::Resources => &["trainers", "hours"],
            Section::Programme => &["programme"],
            Section::Costs => &["costs"],
            Section::Task | Section::Other | Section::Share => &[],
        }
    }

    /// The part whose page a path names.
    pub fn of_path(path: &str) -> Result<Section, AppError> {
        let slug = path.rsplit('/').next().unwrap_or_default();
        Section::ALL.into_iter().find(|s| s.slug() == slug).ok_or(AppError::NotFound)
    }

    /// The part below whose page a path lies.
    pub fn above_path(path: &str) -> Result<Section, AppError> {
        Section::of_path(path.rsplit_once('/').map(|(above, _)| above).unwrap_or_default())
    }

    /// What stands behind the address of the offer: `inne`, or `podzial/{org}` for the part of an offeror.
    pub fn place(self, of: &str) -> String {
        if self == Section::Share { format!("{}/{of}", self.slug()) } else { self.slug().to_owned() }
    }

    /// The page of the part, of one group or offeror where `of` names it.
    pub fn path(self, id: &OfferId, of: &str) -> String {
        let ask = if of.is_empty() || self == Section::Share { String::new() } else { group_query(of) };
        format!("/oferty/{id}/{}{ask}", self.place(of))
    }

    pub fn next(self) -> Option<Section> {
        let at = Section::ALL.iter().position(|s| *s == self)?;
        Section::ALL.get(at + 1).copied()
    }

    /// The next part that the announcement asks for.
    pub fn next_asked(self, applies: Applies) -> Option<Section> {
        std::iter::successors(self.next(), |section| section.next()).find(|section| section.is_asked(applies))
    }
}

/// Where the place of a finding stands: the part and the field; nothing for what is outside the form.
pub fn field_of(content: &OfferContent, place: &str) -> Option<(Section, String)> {
    let plain = PLAIN.iter().find(|(text, ..)| *text == place);
    if let Some((_, section, field)) = plain {
        return Some((*section, (*field).to_owned()));
    }
    let row = |prefix: &str| -> Option<usize> { place.strip_prefix(prefix)?.parse::<usize>().ok()?.checked_sub(1) };
    if let Some(at) = row("III.4, wiersz ") {
        return Some((Section::Plan, format!("activities.{at}.name")));
    }
    if let Some(at) = row("III.6, wiersz ") {
        return Some((Section::Results, format!("results.{at}.name")));
    }
    if let Some(at) = row("III.6, miernik ") {
        return Some((Section::Results, format!("measures.{at}.name")));
    }
    if let Some(at) = row("IV.2, trener ") {
        return Some((Section::Resources, format!("trainers.{at}.name")));
    }
    if let Some(code) = place.strip_prefix("IV.2, grupa ") {
        let at = content.hours.iter().position(|h| h.group == code).unwrap_or_default();
        return Some((Section::Resources, format!("hours.{at}.group")));
    }
    if let Some((_, at)) = class_of(place) {
        let field = at.map_or_else(|| "programme".to_owned(), |at| format!("programme.{at}.day"));
        return Some((Section::Programme, field));
    }
    let no = place.strip_prefix("V.A, wiersz ")?;
    let at = numbers(content).iter().position(|n| n == no)?;
    Some((Section::Costs, format!("costs.{at}.name")))
}

/// The group that a place of the class programme names, and the row of that group, from 0.
fn class_of(place: &str) -> Option<(&str, Option<usize>)> {
    let rest = place.strip_prefix("Program, grupa ")?;
    let Some((group, row)) = rest.rsplit_once(", wiersz ") else { return Some((rest, None)) };
    Some((group, row.parse::<usize>().ok()?.checked_sub(1)))
}

/// The address of the field a place stands for; nothing for what is outside the form.
pub fn href_of(id: &OfferId, content: &OfferContent, place: &str) -> Option<String> {
    let (section, field) = field_of(content, place)?;
    let ask = class_of(place).map(|(group, _)| group_query(group)).unwrap_or_default();
    Some(format!("/oferty/{id}/{}{ask}#{field}", section.slug()))
}

/// `?grupa=E1-G1`.
pub fn group_query(group: &str) -> String {
    serde_urlencoded::to_string([("grupa", group)]).map(|q| format!("?{q}")).unwrap_or_default()
}

const PLAIN: &[(&str, Section, &str)] = &[
    ("II.2, osoba", Section::Task, "contact_name"),
    ("II.2, telefon", Section::Task, "contact_phone"),
    ("II.2, e-mail", Section::Task, "contact_email"),
    ("III.1", Section::Task, "title"),
    ("III.2, początek", Section::Task, "starts"),
    ("III.2, koniec", Section::Task, "ends"),
    ("III.3, miejsce", Section::Task, "place"),
    ("III.3, grupa docelowa", Section::Task, "target_group"),
    ("III.3, problemy", Section::Task, "problem"),
    ("III.4", Section::Plan, "activities"),
    ("III.5, efekty", Section::Results, "effect_direct"),
    ("III.5, zmiana", Section::Results, "effect_change"),
    ("III.5, trwałość", Section::Results, "effect_durable"),
    ("III.6", Section::Results, "results"),
    ("III.6, mierniki", Section::Results, "measures"),
    ("IV.1", Section::Resources, "experience"),
    ("IV.2", Section::Resources, "resources"),
    ("IV.2, trenerzy", Section::Resources, "trainers"),
    ("IV.2, grupy", Section::Resources, "hours"),
    ("V.A", Section::Costs, "costs"),
    ("V.A, koszty administracyjne", Section::Costs, "costs"),
    ("V.B", Section::Costs, "grant"),
    ("V.B, wiersz 1", Section::Costs, "grant"),
    ("V.B, wiersz 2", Section::Costs, "grant"),
    ("V.B, wiersz 3", Section::Costs, "own_financial"),
    ("V.B, wiersz 3.1", Section::Costs, "own_financial"),
    ("V.B, wiersz 4", Section::Costs, "recipients"),
    ("VI.1", Section::Other, "unpaid"),
    ("VI.1, forma", Section::Other, "fees_form"),
    ("VI.1, kwota", Section::Other, "fees_amount"),
    ("VI.2", Section::Other, "representation"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Organisation, OrganisationContent};
    use crate::law::{Nip, Severity};
    use crate::offer::model::{Activity, CostLine, Measure, PlannedClass, PlannedHours, PlannedResult, Trainer};
    use crate::offer::rules;

    #[test]
    fn every_gap_of_an_empty_form_leads_to_a_field() {
        let org = Organisation {
            id: crate::store::OrgId::new(),
            name: "Promyk".into(),
            krs: None,
            nip: Nip::parse("5252248481").unwrap(),
            regon: None,
            content: OrganisationContent::default(),
            version: 0,
            test: false,
        };
        let line = |activity| CostLine {
            activity,
            name: String::new(),
            unit: String::new(),
            unit_cost: crate::law::Money::ZERO,
            units: rust_decimal::Decimal::ZERO,
            trainer: false,
            years: Vec::new(),
        };
        let full_of_gaps = OfferContent {
            activities: vec![Activity::default()],
            results: vec![PlannedResult::default()],
            trainers: vec![Trainer::default()],
            measures: vec![Measure::default()],
            programme: vec![PlannedClass { group: "E1-G1".into(), ..PlannedClass::default() }],
            hours: vec![PlannedHours {
                group: "E1-G1".into(),
                persons: 0,
                minutes: crate::law::Minutes::ZERO,
                individual: crate::law::Minutes::ZERO,
            }],
            costs: vec![line(Some(1)), line(Some(7)), line(None)],
            ..OfferContent::default()
        };
        let paid = OfferContent { fees: Some(crate::offer::model::Fees::default()), ..OfferContent::default() };
        for content in [OfferContent::default(), paid, full_of_gaps] {
            let applies = Applies { paid: true, ..Applies::STATUTORY };
            let mut findings = rules::completeness(&content, &org, applies, &[]);
            findings.extend(rules::arithmetic(&content));
            assert!(findings.iter().all(|f| f.severity == Severity::Block));
            for f in findings.iter().filter(|f| f.place != "II.1") {
                assert!(field_of(&content, &f.place).is_some(), "{} leads nowhere", f.place);
            }
        }
        assert_eq!(field_of(&OfferContent::default(), "II.1"), None);
        let id = crate::store::OfferId::new();
        assert_eq!(
            href_of(&id, &OfferContent::default(), "Program, grupa E1-G1, wiersz 3"),
            Some(format!("/oferty/{id}/program?grupa=E1-G1#programme.2.day"))
        );
        assert_eq!(
            href_of(&id, &OfferContent::default(), "Program, grupa A, B"),
            Some(format!("/oferty/{id}/program?grupa=A%2C+B#programme"))
        );
    }
}
