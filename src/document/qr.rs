//! A QR code as a picture of squares: one path for a page, one SVG file for a print.

use qrcode::{Color, EcLevel, QrCode};

/// The quiet zone around the code that readers need, in modules.
const QUIET: usize = 4;

/// A code of `size` × `size` modules, the quiet zone counted in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Qr {
    pub size: usize,
    /// The dark modules as an SVG path in units of one module.
    pub path: String,
}

impl Qr {
    /// The code of `text`, readable with up to 15 % of it damaged; none for a text that no code can hold.
    #[must_use]
    pub fn of(text: &str) -> Option<Qr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            for (from, length) in runs(row) {
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", from + QUIET, y + QUIET));
            }
        }
        Some(Qr { size: width + 2 * QUIET, path })
    }

    /// The whole picture as an SVG file, black on white.
    #[must_use]
    pub fn svg(&self) -> String {
        let (size, path) = (self.size, &self.path);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"{size}\" height=\"{size}\">\
             <rect width=\"{size}\" height=\"{size}\" fill=\"#ffffff\"/><path d=\"{path}\" fill=\"#000000\"/></svg>"
        )
    }
}

/// Where dark modules begin in a row, and how many stand side by side.
fn runs(row: &[Color]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (x, color) in row.iter().enumerate() {
        match (color, out.last_mut()) {
            (Color::Light, _) => {}
            (Color::Dark, Some((from, length))) if *from + *length == x => *length += 1,
            (Color::Dark, _) => out.push((x, 1)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_as_runs() {
        let row: Vec<Color> = "##.#.".chars().map(|c| if c == '#' { Color::Dark } else { Color::Light }).collect();
        assert_eq!(runs(&row), [(0, 2), (3, 1)]);
        assert_eq!(runs(&[]), []);
    }

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_zone() {
        let qr = Qr::of("https://konkurs.example.pl/sprawdz?nr=PAI%2F2%2F2026%2FO-7").unwrap();
        assert_eq!((qr.size - 8 - 17) % 4, 0, "a QR code has 17 + 4n modules");
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "the upper edge of the first corner: {}", qr.path);
        let right = qr.size - QUIET - 7;
        assert!(qr.path.contains(&format!("M{right} 4h7v1h-7z")));
        assert!(qr.path.contains(&format!("M4 {right}h7v1h-7z")));
        assert_eq!(Qr::of(&"x".repeat(5000)), None);
    }
}
