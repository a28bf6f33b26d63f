//! The look of a sheet: one format a kind of cell, made once a workbook.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::sheet_cell::Kind;

/// Number formats are written the locale-independent way: Excel shows `,` and `.` as the reader's own separators,
/// so a Polish reader sees `12 345,67 zł`.
pub fn number_format(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "@",
        Kind::Money => "#,##0.00\\ \"zł\"",
        Kind::Hours => "[h]:mm",
        Kind::Date => "dd.mm.yyyy",
        Kind::Time => "hh:mm",
        Kind::Integer => "#,##0",
        Kind::Percent => "0.00%",
    }
}

const KINDS: [Kind; 7] = [Kind::Text, Kind::Money, Kind::Hours, Kind::Date, Kind::Time, Kind::Integer, Kind::Percent];

pub struct Styles {
    header: Format,
    band: Format,
    label: Format,
    text: Format,
    quoted: Format,
    /// Kind, in a table, in a total, in a list of facts.
    kinds: Vec<(Kind, Format, Format, Format)>,
}

impl Styles {
    pub fn new() -> Self {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            header: header(),
            band: Format::new().set_bold().set_font_color(Color::RGB(0x8A_1C_1C)),
            label: Format::new().set_bold().set_align(FormatAlign::Top),
            quoted: text.clone().set_quote_prefix(),
            text,
            kinds: KINDS.into_iter().map(|kind| (kind, body(kind), total(kind), fact(kind))).collect(),
        }
    }

    pub fn header(&self) -> &Format {
        &self.header
    }

    /// What stands above the sheets of a rehearsal; it runs over the cells beside it.
    pub fn band(&self) -> &Format {
        &self.band
    }

    pub fn label(&self) -> &Format {
        &self.label
    }

    /// `quoted` keeps a text that looks like a formula a text when a person edits the cell in Excel.
    pub fn text(&self, quoted: bool) -> &Format {
        if quoted { &self.quoted } else { &self.text }
    }

    pub fn body(&self, kind: Kind) -> &Format {
        self.of(kind).map_or(&self.text, |(_, body, _, _)| body)
    }

    pub fn total(&self, kind: Kind) -> &Format {
        self.of(kind).map_or(&self.text, |(_, _, total, _)| total)
    }

    pub fn fact(&self, kind: Kind) -> &Format {
        self.of(kind).map_or(&self.text, |(_, _, _, fact)| fact)
    }

    fn of(&self, kind: Kind) -> Option<&(Kind, Format, Format, Format)> {
        self.kinds.iter().find(|(known, _, _, _)| *known == kind)
    }
}

fn header() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E3_ECEB))
        .set_border_bottom(FormatBorder::Thin)
}

fn body(kind: Kind) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    if kind == Kind::Text { format.set_text_wrap() } else { format.set_num_format(number_format(kind)) }
}

fn total(kind: Kind) -> Format {
    body(kind).set_bold().set_border_top(FormatBorder::Thin)
}

/// Facts stand in one column: all to the left, so that the eye reads down.
fn fact(kind: Kind) -> Format {
    body(kind).set_align(FormatAlign::Left)
}
