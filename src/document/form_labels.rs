//! The words of the offer's form (Dz.U. 2018 poz. 2057, annex 1), once: the printed form, the pages, the exports and
//! the parts that are filled in all read them here. They are to be the words of the regulation to the letter; numbers
//! (`III.4`) stand where they are shown.

use serde::Serialize;

#[derive(Clone, Copy, Debug, Serialize)]
pub struct FormLabels {
    /// Ends the heading..
    pub act: &'static str,
    pub single: &'static str,
    pub common: &'static str,
    /// I.
    pub part_1: &'static str,
    /// I.1.
    pub organ: &'static str,
    /// I.2.
    pub task_kind: &'static str,
    /// II.
    pub part_2: &'static str,
    /// II.1 and its parts.
    pub offeror: &'static str,
    pub name: &'static str,
    pub legal_form: &'static str,
    pub register: &'static str,
    pub address: &'static str,
    pub website: &'static str,
    pub correspondence: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    /// II.2; its telephone and e-mail are called like those of an offeror.
    pub contact: &'static str,
    pub contact_name: &'static str,
    /// III.
    pub part_3: &'static str,
    /// III.1.
    pub title: &'static str,
    /// III.2.
    pub starts: &'static str,
    pub ends: &'static str,
    /// III.3 and its parts.
    pub summary: &'static str,
    pub place: &'static str,
    pub target_group: &'static str,
    pub problem: &'static str,
    pub complementarity: &'static str,
    /// III.4: the year follows.
    pub plan: &'static str,
    pub plan_hint: &'static str,
    /// III.5 and its questions.
    pub results: &'static str,
    pub results_hint: &'static str,
    pub effect_direct: &'static str,
    pub effect_change: &'static str,
    pub effect_durable: &'static str,
    /// III.6.
    pub indicators: &'static str,
    /// IV.
    pub part_4: &'static str,
    /// IV.1.
    pub experience: &'static str,
    /// IV.2.
    pub resources: &'static str,
    /// V.
    pub part_5: &'static str,
    /// V.A.
    pub costs: &'static str,
    pub costs_hint: &'static str,
    pub costs_actions: &'static str,
    pub costs_admin: &'static str,
    pub sum_actions: &'static str,
    pub sum_admin: &'static str,
    /// Also V.B row 1 and the last row of V.C.
    pub sum_all: &'static str,
    /// V.B and its rows 2 to 4.
    pub sources: &'static str,
    pub grant: &'static str,
    pub own: &'static str,
    pub own_financial: &'static str,
    pub own_in_kind: &'static str,
    pub recipients: &'static str,
    /// V.C.
    pub split: &'static str,
    /// VI.
    pub part_6: &'static str,
    /// VI.1.
    pub payment: &'static str,
    /// VI.2.
    pub representation: &'static str,
    /// VI.3.
    pub other: &'static str,
    /// VII.
    pub part_7: &'static str,
    pub declare: &'static str,
    /// The task annex of this product.
    pub annex: &'static str,
    pub groups: &'static str,
    pub programme: &'static str,
    pub topics: &'static str,
    pub measures: &'static str,
    pub standing: &'static str,
    /// Part of V.C here: what each offeror of a joint offer performs.
    pub shares: &'static str,
    /// III.4.
    pub plan_columns: [&'static str; 6],
    /// III.6.
    pub indicator_columns: [&'static str; 3],
    /// IV.2.
    pub trainer_columns: [&'static str; 2],
    /// V.A; a column a year follows.
    pub cost_columns: [&'static str; 6],
    /// Stands over the last of these and of those of V.C, and over the years.
    pub value: &'static str,
    /// V.B.
    pub source_columns: [&'static str; 4],
    /// V.C; a column a year follows.
    pub split_columns: [&'static str; 3],
    pub share_columns: [&'static str; 3],
    /// The annex.
    pub group_columns: [&'static str; 5],
    pub topic_columns: [&'static str; 2],
    pub programme_columns: [&'static str; 6],
    pub measure_columns: [&'static str; 3],
    pub standing_columns: [&'static str; 4],
    pub footnotes: &'static str,
    /// The footnotes of the form and what stands in the text for each. The words of the eighth are those of the
    /// regulation; the others say in our words what the regulation says, until they are read beside its text.
    pub notes: [&'static str; 8],
    pub marks: [&'static str; 8],
}

/// The form of the regulation of 24.10.2018.
pub const FORM: FormLabels = FormLabels {
    act: "ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie",
    single: "Oferta realizacji zadania publicznego",
    common: "Oferta wspólna realizacji zadania publicznego",
    part_1: "Podstawowe informacje o złożonej ofercie",
    organ: "Organ administracji publicznej, do którego jest adresowana oferta",
    task_kind: "Rodzaj zadania publicznego",
    part_2: "Dane oferenta(-tów)",
    offeror: "Nazwa oferenta(-tów), forma prawna, numer w Krajowym Rejestrze Sądowym lub innej ewidencji, adres siedziby, strona www, adres do korespondencji, adres e-mail, numer telefonu",
    name: "Nazwa",
    legal_form: "Forma prawna",
    register: "Numer w Krajowym Rejestrze Sądowym lub innej ewidencji",
    address: "Adres siedziby",
    website: "Strona www",
    correspondence: "Adres do korespondencji",
    email: "Adres e-mail",
    phone: "Numer telefonu",
    contact: "Dane osoby upoważnionej do składania wyjaśnień dotyczących oferty",
    contact_name: "Imię i nazwisko",
    part_3: "Opis zadania",
    title: "Tytuł zadania publicznego",
    starts: "Termin realizacji: data rozpoczęcia",
    ends: "Termin realizacji: data zakończenia",
    summary: "Syntetyczny opis zadania",
    place: "Miejsce realizacji",
    target_group: "Grupa docelowa",
    problem: "Sposób rozwiązywania jej problemów / zaspokajania potrzeb",
    complementarity: "Komplementarność z innymi działaniami",
    plan: "Plan i harmonogram działań na rok",
    plan_hint: "należy wymienić i opisać w porządku logicznym wszystkie planowane w ofercie działania oraz określić ich uczestników i miejsce ich realizacji",
    results: "Opis zakładanych rezultatów realizacji zadania publicznego",
    results_hint: "należy opisać:",
    effect_direct: "co będzie bezpośrednim efektem (np. materialne „produkty” lub „usługi” zrealizowane na rzecz uczestników zadania) realizacji oferty?",
    effect_change: "jaka zmiana społeczna zostanie osiągnięta poprzez realizację zadania?",
    effect_durable: "czy przewidywane jest wykorzystanie rezultatów osiągniętych w trakcie realizacji oferty w dalszych działaniach organizacji? – trwałość rezultatów zadania",
    indicators: "Dodatkowe informacje dotyczące rezultatów realizacji zadania publicznego",
    part_4: "Charakterystyka oferenta",
    experience: "Informacja o wcześniejszej działalności oferenta, w szczególności w zakresie, którego dotyczy zadanie publiczne",
    resources: "Zasoby kadrowe, rzeczowe i finansowe oferenta, które będą wykorzystane do realizacji zadania",
    part_5: "Kalkulacja przewidywanych kosztów realizacji zadania publicznego",
    costs: "Zestawienie kosztów realizacji zadania",
    costs_hint: "w sekcji V-A należy skalkulować i zamieścić wszystkie koszty realizacji zadania niezależnie od źródła finansowania wskazanego w sekcji V-B",
    costs_actions: "Koszty realizacji działań",
    costs_admin: "Koszty administracyjne",
    sum_actions: "Suma kosztów realizacji zadania",
    sum_admin: "Suma kosztów administracyjnych",
    sum_all: "Suma wszystkich kosztów realizacji zadania",
    sources: "Źródła finansowania kosztów realizacji zadania",
    grant: "Planowana dotacja w ramach niniejszej oferty",
    own: "Wkład własny",
    own_financial: "Wkład własny finansowy",
    own_in_kind: "Wkład własny niefinansowy (osobowy i rzeczowy)",
    recipients: "Świadczenia pieniężne od odbiorców zadania",
    split: "Podział kosztów realizacji zadania pomiędzy oferentów",
    part_6: "Inne informacje",
    payment: "Deklaracja o zamiarze odpłatnego lub nieodpłatnego wykonania zadania publicznego",
    representation: "W przypadku oferty wspólnej – należy przedstawić sposób reprezentacji podmiotów wobec organu administracji publicznej (wraz z przytoczeniem podstawy prawnej)",
    other: "Inne działania, które mogą mieć znaczenie przy ocenie oferty, w tym odnoszące się do kalkulacji przewidywanych kosztów oraz oświadczeń zawartych w sekcji VII",
    part_7: "Oświadczenia",
    declare: "Oświadczam(my), że:",
    annex: "Załącznik: opis zajęć",
    groups: "Grupy i godziny",
    programme: "Program zajęć",
    topics: "Godziny według tematów, wszystkie grupy",
    measures: "Mierniki efektów u pojedynczej osoby",
    standing: "Status oferenta i podstawa w statucie",
    shares: "Zakres działań poszczególnych oferentów (art. 14 ust. 3 pkt 1 ustawy o działalności pożytku publicznego i o wolontariacie)",
    plan_columns: [
        "Lp.",
        "Nazwa działania",
        "Opis",
        "Grupa docelowa",
        "Planowany termin realizacji",
        "Zakres działania realizowany przez podmiot niebędący stroną umowy",
    ],
    indicator_columns: [
        "Nazwa rezultatu",
        "Planowany poziom osiągnięcia rezultatów (wartość docelowa)",
        "Sposób monitorowania rezultatów / źródło informacji o osiągnięciu wskaźnika",
    ],
    trainer_columns: ["Imię i nazwisko", "Kwalifikacje"],
    cost_columns: ["Lp.", "Rodzaj kosztu", "Rodzaj miary", "Koszt jednostkowy [PLN]", "Liczba jednostek", "Razem"],
    value: "Wartość [PLN]",
    source_columns: ["Lp.", "Nazwa źródła", "Wartość [PLN]", "Udział [%]"],
    split_columns: ["Lp.", "Oferent", "Razem"],
    share_columns: ["Oferent", "Działania (III.4)", "Zakres"],
    group_columns: ["Grupa", "Edycja", "Liczba osób", "Godziny grupowe", "Godziny indywidualne"],
    topic_columns: ["Temat", "Godziny"],
    programme_columns: ["Grupa", "Data", "Godziny", "Temat", "Trener", "Rodzaj"],
    measure_columns: ["Co mierzymy", "Jak", "Kiedy"],
    standing_columns: ["Oferent", "Status", "Potwierdzenie statusu", "Podstawa w statucie"],
    footnotes: "Przypisy",
    notes: [
        "Rodzaj zadania mieści się w zakresie zadań, które wymienia art. 4 ustawy o działalności pożytku publicznego i o wolontariacie.",
        "Dotyczy tej części zadania, którą wykona podmiot niebędący stroną umowy (art. 16 ust. 4 ustawy). W ofercie wspólnej podaje się też, który oferent wykonuje działanie.",
        "Organ może w ogłoszeniu odstąpić od tej części, jeżeli rodzaj zadania nie pozwala jej wypełnić.",
        "Gdy zadanie trwa dłużej, tabela ma więcej kolumn z latami.",
        "Suma wierszy 3.1 i 3.2.",
        "Wypełnia się tylko w ofercie wspólnej.",
        "Gdy zadanie trwa dłużej, tabela ma więcej kolumn z latami.",
        "Katalog oświadczeń jest otwarty.",
    ],
    marks: ["¹⁾", "²⁾", "³⁾", "⁴⁾", "⁵⁾", "⁶⁾", "⁷⁾", "⁸⁾"],
};

impl Default for FormLabels {
    fn default() -> FormLabels {
        FORM
    }
}

/// A footnote of the form, by what it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    TaskKind,
    Outside,
    Indicators,
    CostYears,
    Own,
    Split,
    SplitYears,
    Declarations,
}

impl FormLabels {
    /// `label` with what stands for its footnote.
    #[must_use]
    pub fn noted(&self, label: &str, note: Note) -> String {
        let [kind, outside, indicators, cost_years, own, split, split_years, declarations] = self.marks;
        let mark = match note {
            Note::TaskKind => kind,
            Note::Outside => outside,
            Note::Indicators => indicators,
            Note::CostYears => cost_years,
            Note::Own => own,
            Note::Split => split,
            Note::SplitYears => split_years,
            Note::Declarations => declarations,
        };
        format!("{label}{mark}")
    }

    /// The footnotes as they are printed: `¹⁾ Rodzaj…`.
    #[must_use]
    pub fn footnote_lines(&self) -> Vec<String> {
        self.marks.iter().zip(self.notes).map(|(mark, note)| format!("{mark} {note}")).collect()
    }

    /// The heading of an offer.
    #[must_use]
    pub fn heading(&self, joint: bool) -> String {
        let (kind, no) = if joint { (self.common, 2) } else { (self.single, 1) };
        format!("{kind}, o której mowa w art. 14 ust. {no} {}", self.act)
    }

    /// The heading with both alternatives, of which one is struck out.
    #[must_use]
    pub fn heading_blank(&self) -> String {
        format!("{}* / {}*, o której mowa w art. 14 ust. 1* / 2* {}", self.single, self.common, self.act)
    }
}
