//! Why a whole uploaded file cannot be read, in sentences for the person who sent it: what was found, what the limit
//! is, what to do.

use super::parcel::FileKind;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWorkbook {
    #[error("Plik jest pusty (0 bajtów). Sprawdź, czy plik zapisał się na dysku, i wyślij go ponownie.")]
    NoBytes,
    #[error("{}", not_xlsx(*.0))]
    NotXlsx(FileKind),
    #[error("Plik ma {} MB, a przyjmujemy najwyżej {} MB. Podziel dane na kilka plików.", megabytes(*.found), megabytes(*.limit))]
    TooManyBytes { found: u64, limit: u64 },
    #[error(
        "Plik po rozpakowaniu jest większy niż {} MB. Usuń z niego obrazy i zbędne arkusze albo podziel dane na kilka plików.",
        megabytes(*.limit)
    )]
    TooBigUnpacked { limit: u64 },
    #[error("Plik ma {found} arkuszy, a przyjmujemy najwyżej {limit}. Usuń arkusze, które nie są potrzebne.")]
    TooManySheets { found: usize, limit: usize },
    #[error(
        "Arkusz „{sheet}” ma dane w komórce {cell}, a czytamy najwyżej {limit} wierszy. Podziel dane na kilka plików albo usuń zbędne wiersze."
    )]
    TooManyRows { sheet: String, cell: String, limit: u32 },
    #[error(
        "Arkusz „{sheet}” ma dane w komórce {cell}, a czytamy najwyżej {limit} kolumn. Usuń kolumny, których nie ma we wzorze."
    )]
    TooManyColumns { sheet: String, cell: String, limit: u32 },
    #[error(
        "Arkusz „{sheet}”, komórka {cell}: tekst ma więcej niż {limit} znaków. Skróć go albo przenieś do osobnego załącznika."
    )]
    TooLongText { sheet: String, cell: String, limit: usize },
    #[error(
        "W pliku jest więcej niż {limit} wypełnionych komórek, licząc wszystkie arkusze, a tyle najwyżej czytamy. Usuń arkusze i komórki, których nie ma we wzorze, albo podziel dane na kilka plików."
    )]
    TooManyCells { limit: usize },
    #[error(
        "Teksty w komórkach pliku mają razem więcej niż {} MB, licząc powtórzone w każdej komórce, a tyle najwyżej czytamy. Skróć je, usuń arkusze, których nie ma we wzorze, albo podziel dane na kilka plików.",
        *.limit / (1024 * 1024)
    )]
    TooMuchText { limit: usize },
    #[error(
        "W pliku jest więcej niż {limit} osobnych tekstów, a tyle najwyżej czytamy. Usuń arkusze, których nie ma we wzorze, albo podziel dane na kilka plików."
    )]
    TooManyTexts { limit: usize },
    #[error(
        "Plik ma za dużo formatów komórek (najwyżej {limit}) albo są za długie. Pobierz wzór i wklej do niego same wartości („Wklej specjalnie › Wartości”)."
    )]
    TooManyFormats { limit: usize },
    #[error(
        "Plik XLSX jest uszkodzony i nie da się go odczytać. Otwórz go w Excelu lub LibreOffice, zapisz ponownie jako XLSX i wyślij jeszcze raz."
    )]
    Broken,
    #[error("W pliku nie ma żadnego arkusza z danymi. Pobierz wzór i wpisz dane w jego pierwszym arkuszu.")]
    NoSheets,
}

fn not_xlsx(kind: FileKind) -> String {
    let (what, way_out) = match kind {
        FileKind::Encrypted => {
            return "Plik jest zabezpieczony hasłem i nie możemy go odczytać. Usuń hasło (w Excelu: Plik › Informacje › \
                    Chroń skoroszyt), zapisz i wyślij ponownie."
                .to_owned();
        }
        FileKind::Xlsx | FileKind::OtherZip => ("archiwum ZIP bez skoroszytu", "Wyślij sam skoroszyt w formacie XLSX."),
        FileKind::XlsxWithMacros => {
            ("skoroszyt z makrami (XLSM)", "Zapisz go jako „Skoroszyt programu Excel (.xlsx)”, bez makr.")
        }
        FileKind::Xlsb => ("skoroszyt binarny (XLSB)", SAVE_AS),
        FileKind::OldOffice => ("plik starego pakietu Office (XLS albo DOC)", SAVE_AS),
        FileKind::Ods => ("arkusz ODS", "W LibreOffice wybierz „Zapisz jako” i format XLSX."),
        FileKind::Docx => ("dokument DOCX", "Przenieś tabelę do wzoru w formacie XLSX."),
        FileKind::Pdf => ("PDF", "Wyślij skoroszyt, z którego powstał; sama zmiana nazwy pliku nie zmienia formatu."),
        FileKind::Html => (
            "strona HTML albo XML",
            "Tak zapisują pliki „.xls” niektóre programy: otwórz plik w Excelu i zapisz jako XLSX.",
        ),
        FileKind::Text => ("plik tekstowy (na przykład CSV)", SAVE_AS),
        FileKind::Unknown => ("plik w nieznanym formacie", "Wyślij skoroszyt w formacie XLSX."),
    };
    format!("To nie jest plik XLSX, tylko {what}. {way_out}")
}

const SAVE_AS: &str = "Otwórz go w Excelu lub LibreOffice, wybierz „Zapisz jako” i format XLSX.";

/// Whole megabytes with one decimal, up, so that what is over the limit never looks equal to it.
fn megabytes(bytes: u64) -> String {
    const TENTH: u64 = 104_858;
    let tenths = bytes.div_ceil(TENTH);
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{},{}", tenths / 10, tenths % 10) }
}
