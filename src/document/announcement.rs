//! The announcement of a contest as the printer wants it: the same skeleton that becomes a DOCX and plain
//! text, with the deadline and a notice above it.

use serde::Serialize;

use super::outline::{Outline, OutlinePart, OutlineTable};
use super::paper::{Align, Block, Fact, Head, Paper, RowStyle, Section, Table, TableColumn, TableRow};
use super::pdf::Template;

#[derive(Clone, Debug, Default, Serialize)]
pub struct AnnouncementPaper {
    pub head: Head,
    /// Until when offers are taken, in words.
    pub deadline: String,
    /// What a reader must know first, such as a cancellation.
    pub notice: Option<String>,
    pub sections: Vec<Section>,
}

impl Paper for AnnouncementPaper {
    const TEMPLATE: Template = Template::Announcement;
}

impl Outline {
    /// The same as sections of a printed document: a heading opens a section, what follows fills it.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let mut out: Vec<Section> = Vec::new();
        for part in &self.parts {
            if let OutlinePart::Heading(level, text) = part {
                out.push(Section { level: *level, ..Section::new(text.clone(), Vec::new()) });
                continue;
            }
            if out.is_empty() {
                out.push(Section::default());
            }
            let (Some(last), Some(block)) = (out.last_mut(), block(part)) else { continue };
            last.blocks.push(block);
        }
        out
    }
}

fn block(part: &OutlinePart) -> Option<Block> {
    match part {
        OutlinePart::Heading(..) => None,
        OutlinePart::Paragraph(text) => Some(Block::paragraph(text.clone())),
        OutlinePart::List(items) => Some(Block::List { items: items.clone() }),
        OutlinePart::Facts(rows) => {
            Some(Block::Facts { rows: rows.iter().map(|(l, v)| Fact::new(l.clone(), v.clone())).collect() })
        }
        OutlinePart::Table(t) => Some(Block::Table(table(t))),
    }
}

/// How much of the page a column of words gets beside the others: by its longest cell.
fn share(t: &OutlineTable, at: usize) -> u8 {
    let longest = t.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.chars().count()).max();
    u8::try_from(longest.unwrap_or(0) / 15).unwrap_or(u8::MAX).clamp(1, 4)
}

fn table(t: &OutlineTable) -> Table {
    let columns = t.columns.iter().enumerate().map(|(at, c)| {
        // A short label without figures, such as "Nr", takes what its text needs.
        let align = match (c.figures, c.label.chars().count() < 5) {
            (true, _) => Align::Right,
            (false, true) => Align::Center,
            (false, false) => Align::Left,
        };
        let width = (align == Align::Left).then(|| share(t, at));
        TableColumn::new(c.label.clone(), align, width)
    });
    let rows = t.rows.iter().map(|row| {
        let style = match (row.bold, row.cells.len()) {
            (true, 1) => RowStyle::Group,
            (true, _) => RowStyle::Sum,
            (false, _) => RowStyle::Plain,
        };
        TableRow { style, cells: row.cells.clone() }
    });
    Table { caption: Some(t.caption.clone()), columns: columns.collect(), rows: rows.collect(), totals: None }
}

#[cfg(test)]
mod tests {
    use super::super::outline::{OutlineColumn, OutlineRow};
    use super::*;

    #[test]
    fn a_heading_opens_a_section_and_tables_keep_their_figures() {
        let mut o = Outline::new("Ogłoszenie");
        o.paragraph("Na początku.");
        o.heading(2, "Pieniądze");
        let column = |label: &str, figures| OutlineColumn { label: label.into(), figures };
        o.table(OutlineTable {
            caption: "Transze".into(),
            columns: vec![column("Nr", false), column("Warunek wypłaty", false), column("Udział", true)],
            over: None,
            rows: vec![OutlineRow { cells: vec!["Razem".into()], bold: true }],
        });
        let sections = o.sections();
        assert_eq!((sections.len(), sections[0].heading.clone(), sections[1].level), (2, None, 2));
        let Some(Block::Table(table)) = sections[1].blocks.first() else { panic!("no table") };
        let aligned: Vec<Align> = table.columns.iter().map(|c| c.align).collect();
        assert_eq!(aligned, [Align::Center, Align::Left, Align::Right]);
        assert_eq!(table.rows[0].style, RowStyle::Group);
    }
}
