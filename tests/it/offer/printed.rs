//! The printed offer and its receipt beside the list of fields of annex 1 to Dz.U. 2018 poz. 2057: every label
//! stands there, with what was filled in.

use super::classes::full_edition;
use super::joint::scene;
use super::{declarations, draft_of, find, post};
use crate::support::paper::{bare, pdf_text, says_in_order};
use crate::support::{Client, TestApp, sample};

const STATUTE: &[u8] = b"%PDF-1.7 statut stowarzyszenia";
const TASK: &str = "Integracja i reintegracja społeczna bezrobotnych";

/// Everything that can be filled in, filed with a file.
async fn filed(app: &TestApp) -> (Client, String) {
    let mut call = sample::pai_call(app);
    call.content.elements.task = TASK.into();
    app.state.store.write(|tx| konkurs::call::store::save(tx, &call)).unwrap();
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut org = sample::org_of(app, &ngo);
    org.content.website = "https://promyk.example".into();
    org.content.post_address = "skr. poczt. 7, 87-800 Włocławek".into();
    app.state.store.write(|tx| konkurs::account::store::save_organisation(tx, &org)).unwrap();
    let mut content = sample::offer_content(&call);
    content.programme = full_edition("E1-G1", "09:00:00", "14:00:00");
    content.payment = "Poczęstunek zapewniamy sami.".into();
    content.other = "Wolontariat studentów psychologii.".into();
    content.activities[0].outside = "catering zewnętrznej firmy".into();
    let offer = draft_of(app, &call, &ngo, content);
    let path = format!("/oferty/{}", offer.id);
    ngo.upload(&format!("{path}/zalaczniki/inne"), &[], "file", "Statut.pdf", STATUTE).await.expect(303);
    post(&ngo, &format!("{path}/zlozenie"), declarations(app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    (ngo, path)
}

#[actix_web::test]
async fn the_printed_offer_has_every_field_of_the_form_filled_in() {
    let app = TestApp::new().await;
    let (ngo, path) = filed(&app).await;
    let text = pdf_text(&ngo.page(&format!("{path}/oferta.pdf")).await.body);
    let organ = app.state.config.office.organ.clone();
    let nip = sample::nip(1);
    let ids = format!("KRS 0000249506, NIP {nip}");
    let fields = [
        "Oferta realizacji zadania publicznego, o której mowa w art. 14 ust. 1 ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie",
        "I. Podstawowe informacje o złożonej ofercie",
        "1. Organ administracji publicznej, do którego jest adresowana oferta",
        &organ,
        "2. Rodzaj zadania publicznego¹⁾",
        TASK,
        "II. Dane oferenta(-tów)",
        "1. Nazwa oferenta(-tów), forma prawna, numer w Krajowym Rejestrze Sądowym lub innej ewidencji, adres siedziby, strona www, adres do korespondencji, adres e-mail, numer telefonu",
        "Nazwa Stowarzyszenie Promyk",
        "Forma prawna stowarzyszenie",
        "Numer w Krajowym Rejestrze Sądowym lub innej ewidencji",
        &ids,
        "Adres siedziby ul. Długa 1, 87-800 Włocławek",
        "Strona www https://promyk.example",
        "Adres do korespondencji skr. poczt. 7, 87-800 Włocławek",
        "Adres e-mail biuro@example.pl",
        "Numer telefonu 54 000 00 00",
        "2. Dane osoby upoważnionej do składania wyjaśnień dotyczących oferty",
        "Imię i nazwisko Anna Prezes",
        "Numer telefonu 54 000 00 00",
        "Adres e-mail biuro@example.pl",
        "III. Opis zadania",
        "1. Tytuł zadania publicznego Warsztaty integracji społecznej",
        "2. Termin realizacji: data rozpoczęcia 11.01.2027",
        "Termin realizacji: data zakończenia 03.12.2027",
        "3. Syntetyczny opis zadania",
        "Miejsce realizacji świetlice w dziesięciu gminach powiatu",
        "Grupa docelowa 138 osób bezrobotnych",
        "Sposób rozwiązywania jej problemów / zaspokajania potrzeb",
        "bierność i wykluczenie; zajęcia w małych grupach",
        "Komplementarność z innymi działaniami prace społecznie użyteczne prowadzone przez gminy",
        "4. Plan i harmonogram działań na rok 2027",
        "(należy wymienić i opisać w porządku logicznym wszystkie planowane w ofercie działania oraz określić ich uczestników i miejsce ich realizacji)",
        "Lp.",
        "Nazwa działania",
        "Opis",
        "Grupa docelowa",
        "Planowany termin realizacji",
        "Zakres działania realizowany przez podmiot niebędący stroną umowy²⁾",
        "Warsztaty",
        "zajęcia grupowe z czterech tematów",
        "wszystkie grupy",
        "od 11.01.2027 do 03.12.2027",
        "catering zewnętrznej firmy",
        "5. Opis zakładanych rezultatów realizacji zadania publicznego – należy opisać:",
        "1) co będzie bezpośrednim efektem (np. materialne „produkty” lub „usługi” zrealizowane na rzecz uczestników zadania) realizacji oferty? 1 350 godzin zajęć",
        "2) jaka zmiana społeczna zostanie osiągnięta poprzez realizację zadania? większa aktywność uczestników",
        "3) czy przewidywane jest wykorzystanie rezultatów osiągniętych w trakcie realizacji oferty w dalszych działaniach organizacji? – trwałość rezultatów zadania grupy wsparcia po projekcie",
        "6. Dodatkowe informacje dotyczące rezultatów realizacji zadania publicznego³⁾",
        "Nazwa rezultatu",
        "Planowany poziom osiągnięcia rezultatów (wartość docelowa)",
        "Sposób monitorowania rezultatów / źródło informacji o osiągnięciu wskaźnika",
        "Osoby, które ukończyły program",
        "120",
        "listy obecności, karty indywidualne",
        "IV. Charakterystyka oferenta",
        "1. Informacja o wcześniejszej działalności oferenta, w szczególności w zakresie, którego dotyczy zadanie publiczne",
        "od 2008 r. prowadzimy warsztaty dla bezrobotnych",
        "2. Zasoby kadrowe, rzeczowe i finansowe oferenta, które będą wykorzystane do realizacji zadania",
        "czworo trenerów, trzy sale",
        "Ewa Trener psycholog, 10 lat praktyki",
        "V. Kalkulacja przewidywanych kosztów realizacji zadania publicznego",
        "V.A. Zestawienie kosztów realizacji zadania",
        "(w sekcji V-A należy skalkulować i zamieścić wszystkie koszty realizacji zadania niezależnie od źródła finansowania wskazanego w sekcji V-B)",
        // What stands over the columns stands a line higher.
        "Wartość [PLN]⁴⁾",
        "Rodzaj kosztu",
        "Rodzaj miary",
        "Koszt jednostkowy [PLN]",
        "Liczba jednostek",
        "Razem Rok 1 (2027)",
        "I. Koszty realizacji działań",
        "I.1.1 Wynagrodzenia trenerów godzina 55,00 1350 74 250,00 74 250,00",
        "I.1.2 Wynajem sal grupa 400,00 15 6 000,00 6 000,00",
        "Suma kosztów realizacji zadania",
        "80 250,00",
        "II. Koszty administracyjne",
        "II.1 Koordynacja i księgowość miesiąc 600,00 8 4 800,00 4 800,00",
        "Suma kosztów administracyjnych",
        "4 800,00",
        "Suma wszystkich kosztów realizacji zadania",
        "85 050,00",
        "V.B. Źródła finansowania kosztów realizacji zadania",
        "1 Suma wszystkich kosztów realizacji zadania 85 050,00 100,00",
        "2 Planowana dotacja w ramach niniejszej oferty 85 050,00 100,00",
        "3 Wkład własny⁵⁾ 0,00 0,00",
        "3.1 Wkład własny finansowy 0,00 0,00",
        "3.2 Wkład własny niefinansowy (osobowy i rzeczowy) 0,00 0,00",
        "4 Świadczenia pieniężne od odbiorców zadania 0,00 0,00",
        "V.C. Podział kosztów realizacji zadania pomiędzy oferentów⁶⁾",
        "nie dotyczy",
        "VI. Inne informacje",
        "1. Deklaracja o zamiarze odpłatnego lub nieodpłatnego wykonania zadania publicznego",
        "Zadanie zostanie wykonane nieodpłatnie. Poczęstunek zapewniamy sami.",
        "2. W przypadku oferty wspólnej – należy przedstawić sposób reprezentacji podmiotów wobec organu administracji publicznej (wraz z przytoczeniem podstawy prawnej)",
        "nie dotyczy",
        "3. Inne działania, które mogą mieć znaczenie przy ocenie oferty, w tym odnoszące się do kalkulacji przewidywanych kosztów oraz oświadczeń zawartych w sekcji VII",
        "Wolontariat studentów psychologii.",
        "VII. Oświadczenia⁸⁾",
        "Oświadczam(my), że:",
        "1) proponowane zadanie publiczne będzie realizowane wyłącznie w zakresie działalności pożytku publicznego oferenta",
        "2) pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej działalności pożytku publicznego",
        "3) oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych",
        "4) oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu składek na ubezpieczenia społeczne",
        "5) dane zawarte w części II niniejszej oferty są zgodne z Krajowym Rejestrem Sądowym",
        "6) wszystkie informacje podane w ofercie oraz załącznikach są zgodne z aktualnym stanem prawnym i faktycznym",
        "7) w zakresie związanym z otwartym konkursem ofert, w tym z gromadzeniem, przetwarzaniem i przekazywaniem danych osobowych",
        "złożyły stosowne oświadczenia zgodnie z przepisami o ochronie danych osobowych",
        "Oświadczenia złożył(a): Anna Prezes, prezes zarządu",
        "Załączniki",
        "Statut.pdf",
        "Data: 23.11.2026",
        "Za oferenta",
        "podpis osoby upoważnionej do składania oświadczeń woli w imieniu oferenta",
        "Przypisy",
        "¹⁾ Rodzaj zadania mieści się w zakresie zadań, które wymienia art. 4 ustawy",
        "²⁾ Dotyczy tej części zadania, którą wykona podmiot niebędący stroną umowy (art. 16 ust. 4 ustawy).",
        "³⁾ Organ może w ogłoszeniu odstąpić od tej części, jeżeli rodzaj zadania nie pozwala jej wypełnić.",
        "⁴⁾ Gdy zadanie trwa dłużej, tabela ma więcej kolumn z latami.",
        "⁵⁾ Suma wierszy 3.1 i 3.2.",
        "⁶⁾ Wypełnia się tylko w ofercie wspólnej.",
        "⁷⁾ Gdy zadanie trwa dłużej, tabela ma więcej kolumn z latami.",
        "⁸⁾ Katalog oświadczeń jest otwarty.",
        "Załącznik: opis zajęć",
        "1. Grupy i godziny",
        "Edycja",
        "E1-G1 1 (11.01.2027–10.03.2027)",
        "2. Program zajęć",
        "praca nad motywacją 90 h",
        "E1-G1 11.01.2027 09:00–14:00 praca nad motywacją Ewa Trener grupowe",
        "3. Mierniki efektów u pojedynczej osoby",
        "gotowość do podjęcia pracy kwestionariusz samooceny i opinia prowadzącego na początku i na końcu edycji",
        "4. Status oferenta i podstawa w statucie",
        "Stowarzyszenie Promyk",
        "podmiot ekonomii społecznej (ustawa z 5.08.2022)",
        "decyzja wojewody nr 7/2024",
    ];
    says_in_order(&text, &fields);
    assert!(!bare(&text).contains("zalega*") && !text.contains("WERSJA ROBOCZA"));
}

#[actix_web::test]
async fn the_printed_joint_offer_has_every_offeror_the_division_and_the_representation() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    let text = pdf_text(&s.lead.page(&s.path("/oferta.pdf")).await.body);
    says_in_order(
        &text,
        &[
            "Oferta wspólna realizacji zadania publicznego LOK/1/2026/O-1",
            "Oferta wspólna realizacji zadania publicznego, o której mowa w art. 14 ust. 2",
            "Oferent 1",
            "Nazwa Stowarzyszenie Promyk",
            "Oferent 2",
            "Nazwa Fundacja Razem",
            "wykonuje: Stowarzyszenie Promyk, Fundacja Razem",
            "V.C. Podział kosztów realizacji zadania pomiędzy oferentów⁶⁾",
            "Wartość [PLN]⁷⁾",
            "Razem Rok 1 (2027)",
            "1 Stowarzyszenie Promyk 50 050,00 50 050,00",
            "2 Fundacja Razem 35 000,00 35 000,00",
            "Suma wszystkich kosztów realizacji zadania 85 050,00 85 050,00",
            "Zakres działań poszczególnych oferentów (art. 14 ust. 3 pkt 1",
            "Stowarzyszenie Promyk 1. Warsztaty grupy w gminie Kowal",
            "Fundacja Razem 1. Warsztaty grupy w gminie Kowal",
            "Promyk na podstawie umowy partnerskiej z 2.11.2026 (art. 14 ust. 3 pkt 2 UDPP)",
            "Stowarzyszenie Promyk Oświadczam(my), że:",
            "Oświadczenia złożył(a): Anna Prezes, prezes zarządu",
            "Fundacja Razem Oświadczam(my), że:",
            "Oświadczenia złożył(a): Jan Razem, prezes, 23.11.2026, 12:00:00",
            "Za oferenta: Stowarzyszenie Promyk",
            "Za oferenta: Fundacja Razem",
            "4. Status oferenta i podstawa w statucie",
            "Stowarzyszenie Promyk",
            "Fundacja Razem",
        ],
    );
}

#[actix_web::test]
async fn the_printed_receipt_says_what_was_filed_when_and_how_it_is_checked() {
    let app = TestApp::new().await;
    let (ngo, path) = filed(&app).await;
    let bytes = ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body;
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    let version = app.state.store.read(|r| konkurs::offer::store::version(r, &id, 1)).unwrap();
    let offer = find(&app, &id);
    let call = app.state.store.read(|r| konkurs::call::store::find(r, &offer.call)).unwrap();
    let who = format!("{}@example.pl", sample::nip(1));
    let file = konkurs::store::digest_bytes(STATUTE);
    let title = format!("Konkurs LOK/1/2026 – {}", call.content.title);
    says_in_order(
        &pdf_text(&bytes),
        &[
            "Potwierdzenie złożenia oferty",
            "Numer oferty LOK/1/2026/O-1",
            "Chwila wpływu 23.11.2026, 12:00:00",
            &title,
            "Oferent Stowarzyszenie Promyk",
            "Tytuł zadania publicznego Warsztaty integracji społecznej",
            "Ofertę złożył(a)",
            &who,
            "Suma kontrolna złożonej treści (SHA-256)",
            &version.sha256,
            "Zmiana choćby jednego znaku oferty daje inną sumę.",
            "Numer i sumę kontrolną może sprawdzić każdy, bez konta, na stronie:",
            "Załączniki",
            "Statut.pdf",
            &file,
            "Potwierdzenie wystawił system teleinformatyczny; nie wymaga podpisu.",
        ],
    );
}
