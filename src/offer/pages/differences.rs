//! Two texts of one part side by side: what one person typed, and what somebody saved meanwhile.

use std::collections::BTreeMap;

use serde::Serialize;

use super::forms::{arrange, fill, read};
use super::labels::label;
use super::section::Section;
use crate::law::{parse_date, show_date};
use crate::offer::model::OfferContent;
use crate::web::Fields;

/// Tables longer than this are chosen as a whole.
const ROW_BY_ROW: usize = 60;
/// So many rows of a whole table are shown.
const SHOWN: usize = 100;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Mine,
    Saved,
}

impl Side {
    pub fn parse(code: &str) -> Option<Side> {
        match code {
            "mine" => Some(Side::Mine),
            "saved" => Some(Side::Saved),
            _ => None,
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    pub label: String,
    pub value: String,
}

/// One thing to choose: a field, a row, or a table whose rows do not match.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Difference {
    /// The name of the choice in the form.
    pub pick: String,
    pub label: String,
    pub mine: Vec<Line>,
    pub saved: Vec<Line>,
}

/// Both texts of one part.
pub struct Sides {
    section: Section,
    mine: Fields,
    saved: Fields,
    /// The activities of III.4, which the part of an offeror ticks.
    activities: Vec<String>,
}

type Row = BTreeMap<String, String>;

impl Sides {
    /// What `form` says beside what stands there now; spelling (`12,5` and `12,50`) is no difference.
    pub fn new(section: Section, form: &Fields, now: &OfferContent) -> Sides {
        let group = form.text("grupa");
        let mut content = now.clone();
        let mine = if read(section, form, &mut content).is_empty() {
            fill(section, &content, group)
        } else {
            arrange(form, section.tables()).fields
        };
        let activities = now.activities.iter().map(|a| a.name.clone()).collect();
        Sides { section, mine, saved: fill(section, now, group), activities }
    }

    /// Everything that differs, in the order of the form.
    pub fn differences(&self) -> Vec<Difference> {
        let one = |name: &str, value: &str| vec![Line { label: String::new(), value: shown(name, value) }];
        let mut out: Vec<Difference> = self
            .plain()
            .filter(|name| self.mine.text(name) != self.saved.text(name))
            .map(|name| Difference {
                pick: pick(name),
                label: self.named(name),
                mine: one(name, self.mine.text(name)),
                saved: one(name, self.saved.text(name)),
            })
            .collect();
        for table in self.section.tables() {
            out.extend(self.in_table(table));
        }
        out
    }

    /// The part made of the chosen texts.
    pub fn compose(&self, chosen: impl Fn(&str) -> Side) -> Fields {
        let side = |name: &str| if chosen(&pick(name)) == Side::Mine { &self.mine } else { &self.saved };
        let mut out = Fields::default();
        for name in self.plain() {
            out.set(name, side(name).text(name));
        }
        out.set("grupa", self.saved.text("grupa"));
        for table in self.section.tables() {
            let (mine, saved) = (rows(&self.mine, table), rows(&self.saved, table));
            let picked: Vec<Row> = if by_row(&mine, &saved) {
                let row = |at: usize, (m, s): (&Row, &Row)| {
                    let mine = chosen(&pick(&format!("{table}.{at}"))) == Side::Mine;
                    Row::from_iter(std::iter::once(("was".into(), (at + 1).to_string())).chain(if mine {
                        m.clone()
                    } else {
                        s.clone()
                    }))
                };
                mine.iter().zip(&saved).enumerate().map(|(at, both)| row(at, both)).collect()
            } else if chosen(&pick(table)) == Side::Mine {
                mine.into_iter().map(|row| with_home(row, &saved)).collect()
            } else {
                saved.iter().map(|row| with_home(row.clone(), &saved)).collect()
            };
            for (at, mut row) in picked.into_iter().enumerate() {
                if *table != "activities" {
                    row.remove("was");
                }
                row.into_iter().for_each(|(name, value)| out.set(format!("{table}.{at}.{name}"), value));
            }
        }
        out
    }

    /// What a field is called: `act2` is the second activity, `y0` of an offeror the first year of its column.
    fn named(&self, name: &str) -> String {
        if self.section != Section::Share {
            return label(name).to_owned();
        }
        let activity = |n: usize| Some(format!("Działanie {n}. {}", self.activities.get(n.checked_sub(1)?)?));
        match activity_no(name).and_then(activity) {
            Some(said) => said,
            None if name.starts_with('y') => format!("Część kosztów (V.C): {}", label(&format!("costs.{name}"))),
            None => label(name).to_owned(),
        }
    }

    fn plain(&self) -> impl Iterator<Item = &str> {
        self.saved.pairs().iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('.') && *name != "grupa")
    }

    fn in_table(&self, table: &str) -> Vec<Difference> {
        let (mine, saved) = (rows(&self.mine, table), rows(&self.saved, table));
        if mine == saved {
            return Vec::new();
        }
        if !by_row(&mine, &saved) {
            let all =
                |rows: &[Row]| rows.iter().take(SHOWN).enumerate().map(|(at, row)| in_one(table, at, row)).collect();
            let label = format!("{}: cała tabela", label(table));
            return vec![Difference { pick: pick(table), label, mine: all(&mine), saved: all(&saved) }];
        }
        let both = mine.iter().zip(&saved).enumerate().filter(|(_, (mine, saved))| mine != saved);
        both.map(|(at, (mine, saved))| Difference {
            pick: pick(&format!("{table}.{at}")),
            label: format!("{}, wiersz {}", label(table), at + 1),
            mine: cells(table, mine),
            saved: cells(table, saved),
        })
        .collect()
    }
}

/// `_wybor.costs.0`: a name of its own, which no field of a part has.
fn pick(name: &str) -> String {
    format!("_wybor.{name}")
}

/// `2` of `act2`, the tick of an offeror at the second activity.
fn activity_no(name: &str) -> Option<usize> {
    name.strip_prefix("act")?.parse().ok()
}

fn by_row(mine: &[Row], saved: &[Row]) -> bool {
    mine.len() == saved.len() && mine.len() <= ROW_BY_ROW
}

/// The rows that hold anything; where a row came from is no text of it.
fn rows(fields: &Fields, table: &str) -> Vec<Row> {
    let mut out: BTreeMap<usize, Row> = BTreeMap::new();
    for (key, value) in fields.pairs() {
        let Some(rest) = key.strip_prefix(table).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let Some((Ok(at), name)) = rest.split_once('.').map(|(at, name)| (at.parse(), name)) else { continue };
        if name != "was" && !value.trim().is_empty() {
            out.entry(at).or_default().insert(name.to_owned(), value.trim().to_owned());
        }
    }
    out.into_values().collect()
}

/// Costs hang on the number of their activity: a row finds the saved one of its name again.
fn with_home(mut row: Row, saved: &[Row]) -> Row {
    let at = saved.iter().position(|other| other.get("name").is_some() && other.get("name") == row.get("name"));
    row.insert("was".into(), at.map(|at| (at + 1).to_string()).unwrap_or_default());
    row
}

fn cells(table: &str, row: &Row) -> Vec<Line> {
    let line = |(name, value): (&String, &String)| Line {
        label: label(&format!("{table}.{name}")).to_owned(),
        value: shown(name, value),
    };
    row.iter().map(line).collect()
}

fn in_one(table: &str, at: usize, row: &Row) -> Line {
    let cells: Vec<String> = cells(table, row).into_iter().map(|c| format!("{}: {}", c.label, c.value)).collect();
    Line { label: format!("Wiersz {}", at + 1), value: cells.join("; ") }
}

fn shown(name: &str, value: &str) -> String {
    let tick = matches!(name, "unpaid" | "trainer" | "individual") || activity_no(name).is_some();
    match (tick, value) {
        (true, "") => "nie".to_owned(),
        (true, "true") => "tak".to_owned(),
        (_, "false") if name == "unpaid" => "nie, odpłatne".to_owned(),
        (_, "") => "(puste)".to_owned(),
        (_, "adm") if name == "activity" => "II. koszty administracyjne".to_owned(),
        (_, n) if name == "activity" => format!("I.{n}"),
        (_, text) => match parse_date(text) {
            Ok(day) if text.len() == 10 && text.contains('-') => show_date(day),
            Ok(_) | Err(_) => text.to_owned(),
        },
    }
}
