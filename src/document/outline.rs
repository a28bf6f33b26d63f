//! A document as its skeleton: headings, paragraphs, pairs and tables. It becomes a DOCX to edit
//! ([`super::docx`]) or plain text for a page that takes nothing else.

/// A document without any look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Also the title in the file's properties.
    pub title: String,
    pub parts: Vec<OutlinePart>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlinePart {
    /// Level 1 to 3; the title stands above them.
    Heading(u8, String),
    Paragraph(String),
    List(Vec<String>),
    /// Label and value, a pair a row.
    Facts(Vec<(String, String)>),
    Table(OutlineTable),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineTable {
    pub caption: String,
    pub columns: Vec<OutlineColumn>,
    /// A label over all columns from this one on.
    pub over: Option<(usize, String)>,
    pub rows: Vec<OutlineRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineColumn {
    pub label: String,
    /// Figures stand on the right.
    pub figures: bool,
}

/// One cell a column; a row with a single cell spans the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineRow {
    pub cells: Vec<String>,
    pub bold: bool,
}

impl Outline {
    #[must_use]
    pub fn new(title: impl Into<String>) -> Outline {
        Outline { title: title.into(), parts: Vec::new() }
    }

    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.parts.push(OutlinePart::Heading(level, text.into()));
    }

    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.parts.push(OutlinePart::Paragraph(text.into()));
    }

    pub fn list(&mut self, items: Vec<String>) {
        self.parts.push(OutlinePart::List(items));
    }

    pub fn facts<L: Into<String>, V: Into<String>>(&mut self, rows: impl IntoIterator<Item = (L, V)>) {
        self.parts.push(OutlinePart::Facts(rows.into_iter().map(|(l, v)| (l.into(), v.into())).collect()));
    }

    pub fn table(&mut self, table: OutlineTable) {
        self.parts.push(OutlinePart::Table(table));
    }

    /// The same as plain text: what reads it aloud or copies it loses nothing but the look.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = underlined(&self.title, '=');
        for part in &self.parts {
            out.push('\n');
            match part {
                OutlinePart::Heading(1, text) => out.push_str(&underlined(text, '-')),
                OutlinePart::Heading(_, text) | OutlinePart::Paragraph(text) => out.push_str(&format!("{text}\n")),
                OutlinePart::List(items) => items.iter().for_each(|item| out.push_str(&format!("– {item}\n"))),
                OutlinePart::Facts(rows) => rows.iter().for_each(|(l, v)| out.push_str(&format!("{l}: {v}\n"))),
                OutlinePart::Table(table) => out.push_str(&table.plain()),
            }
        }
        out
    }
}

fn underlined(text: &str, line: char) -> String {
    let length = text.chars().count();
    format!("{text}\n{}\n", line.to_string().repeat(length))
}

impl OutlineTable {
    fn plain(&self) -> String {
        let mut out = format!("{}\n", self.caption);
        let label = |(at, c): (usize, &OutlineColumn)| match &self.over {
            Some((from, over)) if at >= *from => format!("{over}: {}", c.label),
            _ => c.label.clone(),
        };
        let labels: Vec<String> = self.columns.iter().enumerate().map(label).collect();
        out.push_str(&format!("{}\n", labels.join(" | ")));
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.replace('\n', " ")).collect();
            out.push_str(&format!("{}\n", cells.join(" | ")));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_everything_but_the_look() {
        let mut o = Outline::new("Oferta");
        o.heading(1, "I. Dane");
        o.facts([("NIP", "123"), ("KRS", "nie dotyczy")]);
        o.heading(2, "Opis");
        o.paragraph("Zażółć gęślą jaźń.");
        o.list(vec!["pierwsze".into(), "drugie".into()]);
        o.table(OutlineTable {
            caption: "Koszty".into(),
            columns: ["Lp.", "Kwota"].map(|label| OutlineColumn { label: label.into(), figures: false }).to_vec(),
            over: Some((1, "PLN".into())),
            rows: vec![OutlineRow { cells: vec!["1\na".into(), "5,00".into()], bold: false }],
        });
        assert_eq!(
            o.plain(),
            "Oferta\n======\n\nI. Dane\n-------\n\nNIP: 123\nKRS: nie dotyczy\n\nOpis\n\nZażółć gęślą jaźń.\n\
             \n– pierwsze\n– drugie\n\nKoszty\nLp. | PLN: Kwota\n1 a | 5,00\n"
        );
    }
}
