//! The rows the program comes with. Each says where it was read and how sure that is.

use chrono::NaiveDate;

use super::{DatedTable, DatedValue, Tables};
use crate::law::mark::Mark::{self, Derived, Found, FoundWeak};

/// First day (year, month, day), value × 100, source, mark.
type Row = ((i32, u32, u32), i64, &'static str, Mark);

const WAGES: &[Row] =
    &[((2025, 1, 1), 466_600, "Dz.U. 2024 poz. 1362", Found), ((2026, 1, 1), 480_600, "Dz.U. 2025 poz. 1242", Found)];

const PSU_CHAIN: &str = "roczna waloryzacja 1 czerwca, wyliczona między znanymi stawkami";
const PSU_HOURLY: &str = "minimalna stawka godzinowa; art. 142 ustawy z 20.03.2025 (Dz.U. 2025 poz. 620)";
const PSU: &[Row] = &[
    ((2015, 1, 1), 810, "sprawozdanie PUP we Włocławku za 2015 r.: kwota dzieli się przez 8,10 zł bez reszty", Derived),
    ((2017, 6, 1), 810, "ogłoszenia urzędów pracy na 1.06.2017", Found),
    ((2018, 6, 1), 830, PSU_CHAIN, Derived),
    ((2019, 6, 1), 850, PSU_CHAIN, Derived),
    ((2020, 6, 1), 870, PSU_CHAIN, Derived),
    ((2021, 6, 1), 900, PSU_CHAIN, Derived),
    ((2022, 6, 1), 950, PSU_CHAIN, Derived),
    ((2023, 6, 1), 1_090, "MCPS w Pabianicach, ogłoszenie na 1.06.2023", Found),
    ((2024, 6, 1), 1_220, PSU_CHAIN, Derived),
    ((2025, 6, 1), 3_050, PSU_HOURLY, Found),
    ((2026, 1, 1), 3_140, PSU_HOURLY, Found),
];

const LOMBARD: &str = "art. 56 § 1 Ordynacji podatkowej i stopa lombardowa NBP (odczytana pośrednio)";
const INTEREST: &[Row] = &[
    ((2013, 7, 4), 1_000, "zestawienie w prywatnym serwisie", FoundWeak),
    ((2014, 10, 9), 800, "zestawienie w prywatnym serwisie; najniższa stawka ustawowa", FoundWeak),
    ((2022, 2, 9), 850, LOMBARD, Derived),
    ((2022, 3, 9), 1_000, LOMBARD, Derived),
    ((2022, 4, 7), 1_200, LOMBARD, Derived),
    ((2022, 5, 6), 1_350, LOMBARD, Derived),
    ((2022, 6, 9), 1_500, LOMBARD, Derived),
    ((2022, 7, 8), 1_600, LOMBARD, Derived),
    ((2022, 9, 8), 1_650, "komunikaty urzędów o stawce od 8.09.2022", Found),
    ((2023, 9, 7), 1_500, LOMBARD, Derived),
    ((2023, 10, 5), 1_450, LOMBARD, Derived),
    ((2025, 5, 8), 1_350, LOMBARD, Derived),
    ((2025, 7, 3), 1_300, LOMBARD, Derived),
    ((2025, 9, 4), 1_250, LOMBARD, Derived),
    ((2025, 10, 9), 1_200, LOMBARD, Derived),
    ((2025, 11, 6), 1_150, LOMBARD, Derived),
    ((2025, 12, 4), 1_100, LOMBARD, Derived),
    ((2026, 3, 5), 1_050, LOMBARD, Derived),
];

impl Tables {
    /// The tables as shipped; the office's own rows are added with [`Tables::extend`].
    pub fn shipped() -> Self {
        Self { wages: table(WAGES), psu: table(PSU), interest: table(INTEREST) }
    }
}

fn table(rows: &[Row]) -> DatedTable {
    let rows = rows.iter().filter_map(|((y, m, d), value_x100, source, mark)| {
        Some(DatedValue {
            from: NaiveDate::from_ymd_opt(*y, *m, *d)?,
            value_x100: *value_x100,
            source: (*source).to_owned(),
            mark: *mark,
        })
    });
    DatedTable { rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_real_date_and_stands_in_order() {
        let tables = Tables::shipped();
        for (rows, table) in [(WAGES, &tables.wages), (PSU, &tables.psu), (INTEREST, &tables.interest)] {
            assert_eq!(rows.len(), table.rows().len());
            assert!(table.rows().is_sorted_by_key(|row| row.from));
            assert!(table.rows().iter().all(|row| row.value_x100 > 0 && !row.source.is_empty()));
        }
    }
}
