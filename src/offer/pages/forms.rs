//! Between the content of an offer and the fields of its forms.

mod fill;
mod partial;
mod read;
mod rows;

pub use fill::fill;
pub use partial::partial;
pub use read::{places, read};

use std::collections::BTreeMap;

use crate::error::AppError;
use crate::web::Fields;

/// More rows than any task needs; a form beyond is somebody's mistake.
const MOST_ROWS: usize = 200;
/// Classes of a whole programme: fifteen groups of ninety hours, an hour each.
const MOST_CLASSES: usize = 1_500;
const MOST_FIELDS: usize = 20_000;

/// A form and how many rows each of its tables shows.
pub struct Sheet {
    pub fields: Fields,
    pub rows: BTreeMap<&'static str, Vec<usize>>,
}

/// Refuses what is too long to look at.
pub fn check_size(form: &Fields, tables: &[&'static str]) -> Result<(), AppError> {
    for table in tables {
        let most = if *table == "programme" { MOST_CLASSES } else { MOST_ROWS };
        if form.pairs().len() > MOST_FIELDS || form.rows(table).len() > most {
            return Err(AppError::TooLarge(format!(
                "Tabela może mieć najwyżej {most} wierszy. Połącz podobne wiersze."
            )));
        }
    }
    Ok(())
}

/// Whether the form asks for a row more or less instead of saving.
pub fn rearranges(form: &Fields) -> bool {
    !form.text("_add").is_empty() || !form.text("_remove").is_empty()
}

/// The form with its rows numbered from 0, one added or removed where the form asks for it; an empty
/// table shows one empty row.
pub fn arrange(form: &Fields, tables: &[&'static str]) -> Sheet {
    let (add, remove) = (form.text("_add"), form.text("_remove"));
    let mut pairs: Vec<(String, String)> =
        form.pairs().iter().filter(|(key, _)| !tables.iter().any(|t| in_table(key, t))).cloned().collect();
    let mut rows = BTreeMap::new();
    for table in tables {
        let gone = remove.strip_prefix(*table).and_then(|rest| rest.strip_prefix('.'));
        let kept: Vec<String> = form.rows(table).into_iter().filter(|row| Some(row.as_str()) != gone).collect();
        for (at, row) in kept.iter().enumerate() {
            let prefix = format!("{table}.{row}.");
            let cells = form.pairs().iter().filter_map(|(k, v)| Some((k.strip_prefix(&prefix)?, v)));
            pairs.extend(cells.map(|(name, v)| (format!("{table}.{at}.{name}"), v.clone())));
        }
        let count = kept.len() + usize::from(add == *table);
        rows.insert(*table, (0..count.max(1)).collect());
    }
    Sheet { fields: Fields::from_pairs(pairs), rows }
}

fn in_table(key: &str, table: &str) -> bool {
    key.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn rows_are_added_and_removed_and_nothing_is_lost() {
        let typed = [
            ("title", "T"),
            ("costs.0.name", "a"),
            ("costs.3.name", "b"),
            ("costs.3.units", "2"),
            ("costs.7.name", "c"),
        ];
        let mut more = typed.to_vec();
        more.push(("_add", "costs"));
        let sheet = arrange(&form(&more), &["costs"]);
        assert_eq!(sheet.rows["costs"], [0, 1, 2, 3]);
        assert_eq!(sheet.fields.cell("costs", "1", "units"), "2");
        assert_eq!(sheet.fields.cell("costs", "2", "name"), "c");
        assert_eq!(sheet.fields.text("title"), "T");

        let mut fewer = typed.to_vec();
        fewer.push(("_remove", "costs.3"));
        let sheet = arrange(&form(&fewer), &["costs"]);
        assert_eq!(sheet.rows["costs"], [0, 1]);
        assert_eq!(sheet.fields.cell("costs", "0", "name"), "a");
        assert_eq!(sheet.fields.cell("costs", "1", "name"), "c");
        assert_eq!(arrange(&form(&[]), &["costs"]).rows["costs"], [0]);
    }
}
