//! The rules in the order of their ids. A row: id, strongest severity, mark, sentence, basis and, where
//! the law of a period asks for it, the first and the last day; at the end, why no finding names the rule.

use super::RuleInfo;
use crate::law::finding::Severity::{Block, Info, Warn};
use crate::law::mark::Mark::{Derived, Found, Memory, Product};

use chrono::NaiveDate;

const fn day(y: i32, m: u32, d: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(y, m, d)
}

const PAI_FROM: Option<NaiveDate> = day(2014, 5, 27);
const PAI_TO: Option<NaiveDate> = day(2025, 5, 31);
const RSD_FROM: Option<NaiveDate> = day(2025, 6, 1);
const PROFILE_TO: Option<NaiveDate> = day(2019, 6, 13);

const UNCHECKED: &str = "program tego nie sprawdza";
const COUNTED: &str = "program liczy to sam, nikt tego nie wpisuje";
const SHOWN: &str = "program pokazuje to w rankingu, notatki nie wymaga";
const OTHERS: &str = "sprawdzają to R-CAP-02, R-HRS-01 i R-TS-03";

/// Reads the table; a period may be left out.
macro_rules! rules {
    ($($id:literal $severity:ident $mark:ident $what:literal $basis:literal $(from $from:ident)? $(to $to:ident)? $(instead $instead:ident)?;)*) => {
        /// Every rule the product names.
        pub const RULES: &[RuleInfo] = &[$(RuleInfo {
            id: $id,
            severity: $severity,
            what: $what,
            basis: $basis,
            from: rules!(@ $($from)?),
            to: rules!(@ $($to)?),
            mark: $mark,
            instead: rules!(@text $($instead)?),
        }),*];
    };
    (@text $text:ident) => { $text };
    (@text) => { "" };
    (@ $bound:ident) => { $bound };
    (@) => { None };
}

rules! {
    "R-AMD-01" Block Derived "Zmiana ogłoszenia nie skraca terminu składania ofert; może go tylko wydłużyć."
        "art. 13 ust. 1 UDPP; równe traktowanie oferentów (art. 5 ust. 3 UDPP)";
    "R-AMD-02" Block Product "Zmiana ogłoszenia coś zmienia i podaje powód."
        "ustalenie przyjęte w programie";
    "R-AMD-03" Block Product "Po terminie ogłoszenia nie zmienia się; wyjątkiem jest dłuższy termin w 24 godziny po przerwie z ostatniej doby przed nim, przed otwarciem ofert."
        "równe traktowanie oferentów (art. 5 ust. 3 UDPP); ustalenie przyjęte w programie";
    "R-AMD-04" Block Product "Po ogłoszeniu nie zmienia się programu, zasad prawnych, edycji ani grup konkursu."
        "ustalenie przyjęte w programie; inny konkurs wymaga nowego ogłoszenia";
    "R-AMD-05" Info Derived "Zmiana tego, pod co pisze się oferty (art. 13 ust. 2 pkt 1–4 i 6), otwiera nowe 21 dni; dłuższy termin, inny dzień wyboru, koszty z poprzednich lat i sprostowanie oczywistej omyłki nie."
        "art. 13 ust. 1 i 2 UDPP";
    "R-ANN-01" Block Found "Ogłoszenie zawiera wszystkie siedem elementów; wybór jest po dniu terminu, a koszty podobnych zadań podaje za dwa lata, także gdy wynoszą zero."
        "art. 13 ust. 2 UDPP";
    "R-ANN-02" Block Found "Warunki realizacji w ogłoszeniu podają liczbę osób, godziny, terminy edycji, wielkość grupy i limit stawki."
        "art. 13 ust. 2 pkt 4 UDPP";
    "R-ANN-03" Block Found "Na złożenie ofert jest co najmniej 21 pełnych dni od ostatniego z trzech obowiązkowych ogłoszeń i od dnia, w którym je zapisano."
        "art. 13 ust. 1 i 3 UDPP; art. 110–111 KC przez analogię";
    "R-ANN-04" Warn Derived "Termin składania ofert nie powinien wypadać w sobotę ani w dzień wolny od pracy."
        "art. 115 KC przez analogię";
    "R-ANN-05" Block Found "Wyniki i unieważnienie ogłasza się w tych samych trzech miejscach co konkurs."
        "art. 15 ust. 2h i 2j, art. 18a ust. 2 UDPP";
    "R-ANN-06" Warn Memory "Nie żąda się odpisu z KRS: wystarcza wydruk, a urząd sam sprawdza rejestr."
        "art. 4 ust. 4aa ustawy o Krajowym Rejestrze Sądowym";
    "R-ANN-07" Block Derived "Edycja zaczyna się po terminie składania ofert, a najlepiej także po dniu wyboru."
        "art. 13 ust. 2 pkt 4–6 i art. 15 ust. 4 UDPP";
    "R-ATT-01" Block Product "Przed zamknięciem miesiąca każda nieobecność jest usprawiedliwiona, nieusprawiedliwiona albo na zwolnieniu lekarskim."
        "art. 236 ustawy z 20.03.2025" from RSD_FROM instead UNCHECKED;
    "R-ATT-02" Warn Product "Godzina bez uczestników nie liczy się do limitu; obecność poniżej połowy grupy wymaga wyjaśnienia."
        "ustalenie przyjęte w programie";
    "R-AWD-01" Block Found "Suma przyznanych dotacji nie przekracza puli konkursu."
        "art. 13 ust. 2 pkt 2 i art. 15 ust. 2g UDPP";
    "R-AWD-02" Block Product "Dotację dostaje tylko oferta wybrana, i nie większą, niż wnioskowała."
        "art. 15 ust. 2g UDPP";
    "R-AWD-03" Block Product "Organ, który odstępuje od opinii komisji, zapisuje powody."
        "art. 15 ust. 2a i 2i UDPP";
    "R-AWD-04" Block Product "Każda złożona oferta ma rozstrzygnięcie, a niewybrana i odrzucona także powód."
        "art. 15 ust. 2g–2i UDPP";
    "R-CANCEL-01" Block Found "Konkurs unieważnia się, gdy nie złożono ofert albo żadna nie spełnia wymogów; inny powód wymaga zastrzeżenia w ogłoszeniu."
        "art. 18a ust. 1 UDPP";
    "R-CAP-01" Block Found "Dotacja nie może przekroczyć limitu za zaplanowane godziny pracy trenerów."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
    "R-CAP-02" Block Found "Wykorzystana dotacja nie może przekroczyć limitu za przeprowadzone godziny; nadwyżka podlega zwrotowi."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
    "R-CAP-03" Block Found "Stawka trenera za godzinę nie może być wyższa niż limit."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
    "R-CAP-04" Info Derived "Program podaje, ile dotacji przypada na jedną godzinę, oraz limit liczony proporcjonalnie do liczby osób."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
    "R-CAP-05" Block Product "Wypłacone transze nie mogą przekroczyć limitu za godziny przeprowadzone i jeszcze zaplanowane; gdy limit na to nie pozwala, wypłaca się mniej."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
    "R-COM-01" Block Found "Członek komisji otwiera i ocenia oferty dopiero po oświadczeniu o bezstronności, gdy zna listę oferentów."
        "art. 15 ust. 2f UDPP; art. 24 KPA";
    "R-COM-02" Block Product "Członek komisji, którego dotyczy konflikt interesów, jest wyłączony z całego konkursu."
        "art. 15 ust. 2f UDPP; art. 24 KPA";
    "R-COM-03" Block Found "Osoba wskazana przez organizację, która bierze udział w konkursie, jest wyłączona z komisji."
        "art. 15 ust. 2d UDPP";
    "R-COM-04" Warn Found "Komisja bez osób wskazanych przez organizacje potrzebuje zapisanego powodu."
        "art. 15 ust. 2da UDPP";
    "R-COM-05" Warn Product "Komisja ma przewodniczącego z ramienia organu i kworum: połowę oceniających, nie mniej niż 3."
        "art. 15 ust. 2b UDPP; regulamin pracy komisji";
    "R-COM-06" Warn Found "Regulamin komisji jest zgodny z rocznym programem współpracy powiatu z organizacjami."
        "art. 5a ust. 4 pkt 11 UDPP";
    "R-CON-01" Block Found "Umowę podpisuje się po ogłoszeniu wyników."
        "art. 15 ust. 4 UDPP";
    "R-CON-02" Block Found "Umowa trwa najwyżej 5 lat."
        "art. 16 ust. 3 UDPP";
    "R-CON-03" Block Found "Dotację wykorzystuje się do 31 grudnia każdego roku budżetowego."
        "art. 221 ust. 3 pkt 3 ufp";
    "R-CON-04" Block Found "Umowa zawiera wszystkie klauzule, których wymagają zasady programu."
        "art. 62a ust. 11 ustawy z 20.04.2004; art. 200 ust. 2 ustawy z 20.03.2025" from PAI_FROM;
    "R-CON-05" Warn Product "Umowę podpisuje się bez zbędnej zwłoki; po 14 dniach od wyników potrzebne jest wyjaśnienie."
        "art. 15 ust. 4 UDPP";
    "R-COR-01" Block Product "Uzupełnienie braków nie może zmieniać zakresu, ceny ani osób."
        "zasady konkursu w ogłoszeniu";
    "R-COR-02" Block Product "Do uzupełnienia wzywa się raz; brak, który można uzupełnić, wyklucza ofertę dopiero po terminie z wezwania albo po uzupełnieniu."
        "zasady konkursu w ogłoszeniu; równe traktowanie oferentów (art. 5 ust. 3 UDPP)";
    "R-COR-03" Block Product "Uzupełnienie wpływa przed terminem z wezwania; liczy się chwila, w której dotarło do systemu."
        "zasady konkursu w ogłoszeniu";
    "R-CRIT-01" Block Found "Każde kryterium odpowiada punktowi ustawy, wszystkie właściwe punkty są ujęte, a nowy oferent dostaje wartość neutralną."
        "art. 15 ust. 1 UDPP";
    "R-CRIT-02" Block Derived "Kryteria i wagi są stałe od ogłoszenia; zmiana wymaga nowego ogłoszenia i nowych 21 dni."
        "art. 13 ust. 1 i ust. 2 pkt 6 UDPP";
    "R-FRM-01" Block Product "Karta formalna pyta o wymogi konkursu, a wynik oceny wynika z odpowiedzi; odrzucenie ma powód."
        "art. 14 i art. 15 ust. 1 UDPP";
    "R-HRS-01" Block Found "W każdym tygodniu grupa ma co najmniej 10 godzin zajęć, a gdy ogłoszenie żąda więcej – tyle, ile żąda; w niepełnym tygodniu odpowiednio mniej."
        "art. 62a ust. 5 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-HRS-02" Block Found "Edycja trwa dokładnie 2 miesiące (PAI) albo najwyżej 6 miesięcy (reintegracja)."
        "art. 62b ust. 1 ustawy z 20.04.2004; art. 200 ust. 3 ustawy z 20.03.2025" from PAI_FROM;
    "R-HRS-03" Block Product "Grupa ma najwyżej 10 osób, chyba że ogłoszenie pozwala na więcej; mniej niż 6 osób wymaga uzasadnienia."
        "art. 62c ust. 3 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-HRS-04" Block Product "Godzina ma 60 minut; 45 minut tylko wtedy, gdy tak mówi ogłoszenie."
        "zasady konkursu w ogłoszeniu";
    "R-HRS-05" Block Found "Dzień zajęć trwa dokładnie 4 godziny."
        "art. 200 ust. 3 ustawy z 20.03.2025" from RSD_FROM;
    "R-HRS-06" Block Product "Zajęcia kończą się później, niż się zaczynają, tego samego dnia."
        "ustalenie przyjęte w programie";
    "R-HRS-07" Block Derived "Zajęcia odbywają się w terminie edycji i umowy."
        "termin realizacji zadania w umowie";
    "R-HRS-08" Block Product "Grupa nie ma więcej godzin zajęć, niż mieszczą dni jej edycji: po 24 na dobę, a w zajęciach indywidualnych po tyle na każdą osobę."
        "ustalenie przyjęte w programie; od liczby godzin zależy limit dotacji";
    "R-HRS-09" Block Product "Ogłoszenie może żądać więcej godzin zajęć w tygodniu niż przepisy, nigdy mniej; gdy przepis ustala długość dnia zajęć – pełnych dni."
        "art. 62a ust. 5 ustawy z 20.04.2004; art. 200 ust. 3 ustawy z 20.03.2025";
    "R-INT-01" Warn Derived "Odsetki liczy się według stawek z każdego dnia; okres po ostatniej znanej zmianie trzeba sprawdzić."
        "art. 53–56d Ordynacji podatkowej";
    "R-JOINT-01" Block Found "Ofertę wspólną składa co najmniej dwóch oferentów, a każdy potwierdził dokładnie tę treść, która jest składana."
        "art. 14 ust. 2 UDPP";
    "R-JOINT-02" Block Found "Oferta wspólna wskazuje, jakie działania wykonuje każdy z oferentów."
        "art. 14 ust. 3 pkt 1 UDPP";
    "R-JOINT-03" Warn Product "Organizacja występuje w jednym konkursie w więcej niż jednej ofercie."
        "ustalenie przyjęte w programie";
    "R-LAW-01" Block Found "Nowego konkursu PAI nie można ogłosić od 1.06.2025, chyba że organ zapisał inną podstawę prawną."
        "art. 460 i 461 ustawy z 20.03.2025 (Dz.U. 2025 poz. 620)" from RSD_FROM;
    "R-LAW-02" Block Derived "Konkurs ogłasza się według zasad, które obowiązują w dniu ogłoszenia."
        "przepisy wskazane w zasadach programu";
    "R-LOC-01" Block Product "Program lokalny podaje własną podstawę prawną, czas, limit, uczestników, oferentów i klauzule umowy."
        "podstawa prawna wpisana przez urząd";
    "R-LOC-02" Block Product "Ogłoszenie programu lokalnego mówi o opłatach od odbiorców, części III.6 i zajęciach zgodnie ze swoimi zasadami."
        "podstawa prawna wpisana przez urząd; oferta, część III.6, przypis 3 (Dz.U. 2018 poz. 2057); art. 11 ust. 1 i art. 13 ust. 2 UDPP";
    "R-MODE-01" Block Found "Przy powierzeniu zadania nie ocenia się wkładu własnego."
        "art. 15 ust. 1 pkt 4 UDPP";
    "R-MODE-02" Warn Derived "Przy powierzeniu oferta nie powinna wykazywać wkładu finansowego ani świadczeń od odbiorców."
        "art. 11 ust. 1 UDPP";
    "R-MODE-03" Block Found "Małych dotacji bez konkursu nie stosuje się do tego zadania."
        "art. 19a UDPP; art. 62a ust. 10 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-MODE-04" Block Found "Wkładu własnego wymaga się tylko przy wspieraniu zadania, a jego wysokość podaje ogłoszenie."
        "art. 11 ust. 1 i art. 15 ust. 1 pkt 4 UDPP";
    "R-OFF-01" Block Derived "Wartość kosztu to koszt jednostkowy razy liczba jednostek, zaokrąglony do grosza."
        "oferta, część V.A (Dz.U. 2018 poz. 2057)";
    "R-OFF-02" Block Derived "Wartość kosztu to suma jego wartości w kolejnych latach zadania."
        "oferta, część V.A (Dz.U. 2018 poz. 2057)";
    "R-OFF-03" Block Derived "Sumy działań, kosztów administracyjnych i wszystkich kosztów zgadzają się ze składnikami."
        "oferta, część V.A (Dz.U. 2018 poz. 2057)";
    "R-OFF-04" Block Derived "Suma kosztów w źródłach finansowania równa się sumie zestawienia kosztów."
        "oferta, część V.A i V.B (Dz.U. 2018 poz. 2057)";
    "R-OFF-05" Block Derived "Wkład własny to suma wkładu finansowego i niefinansowego."
        "oferta, część V.B (Dz.U. 2018 poz. 2057)";
    "R-OFF-06" Block Derived "Dotacja, wkład własny i świadczenia od odbiorców dają razem sumę kosztów."
        "oferta, część V.B (Dz.U. 2018 poz. 2057)";
    "R-OFF-07" Block Derived "Udziały procentowe źródeł są policzone do dwóch miejsc i dają 100%."
        "oferta, część V.B (Dz.U. 2018 poz. 2057)";
    "R-OFF-08" Block Derived "Podział kosztów między oferentów daje sumę wszystkich kosztów, także w każdym roku."
        "oferta, część V.C (Dz.U. 2018 poz. 2057)";
    "R-OFF-09" Block Derived "Każde działanie w kosztach odpowiada działaniu w harmonogramie."
        "oferta, część III.4 i V.A (Dz.U. 2018 poz. 2057)";
    "R-OFF-10" Block Found "Wnioskowana dotacja nie przekracza puli konkursu ani maksimum na ofertę."
        "art. 13 ust. 2 pkt 2 UDPP";
    "R-OFF-11" Block Found "Wnioskowana dotacja nie przekracza limitu za godziny grup w ofercie."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
    "R-OFF-12" Block Memory "Udział kosztów administracyjnych oraz, przy wspieraniu, wkładu własnego i dotacji mieści się w granicach z ogłoszenia, jeśli je podano."
        "zasady konkursu w ogłoszeniu; sam wzór oferty nie zna takiej granicy";
    "R-OFF-13" Block Product "Koszt jednostkowy i liczba jednostek są większe od zera, a liczby porządkowe się nie powtarzają."
        "oferta, część V.A (Dz.U. 2018 poz. 2057)";
    "R-OFF-14" Block Found "Wszystkie obowiązkowe pola oferty są wypełnione."
        "pouczenie wzoru oferty (Dz.U. 2018 poz. 2057)";
    "R-OFF-15" Block Product "Termin zadania i grupy z oferty odpowiadają edycjom i grupom ogłoszonym w konkursie."
        "zasady konkursu w ogłoszeniu; art. 13 ust. 2 pkt 4 UDPP";
    "R-OFF-16" Block Product "Czynność jest możliwa tylko w tym stanie oferty, w którym przewiduje ją procedura."
        "ustalenie przyjęte w programie";
    "R-OFF-17" Block Product "Godziny grupy wynikają z programu zajęć, a każdy trener z programu jest na liście trenerów z kwalifikacjami."
        "zasady konkursu w ogłoszeniu; program zajęć w ofercie";
    "R-OFF-20" Block Product "Plik, który czeka na sprawdzenie antywirusowe, wstrzymuje złożenie oferty."
        "ustalenie przyjęte w programie";
    "R-OFF-21" Block Product "Oświadczenia dotyczą ogłoszenia, które obowiązuje w chwili złożenia oferty."
        "oferta, część VII (Dz.U. 2018 poz. 2057)";
    "R-OFF-22" Warn Product "Zaległość w podatkach albo składkach, o której oferent oświadcza, ma skutek podany w ogłoszeniu."
        "oferta, część VII pkt 3 i 4 (Dz.U. 2018 poz. 2057); zasady konkursu w ogłoszeniu";
    "R-OFF-23" Block Product "Świadczenia od odbiorców (V.B, wiersz 4) i deklaracja odpłatności (VI.1) mówią to samo."
        "oferta, części V.B i VI.1 (Dz.U. 2018 poz. 2057)";
    "R-OFF-TERM" Block Found "Oferta wpływa przed terminem z ogłoszenia; liczy się chwila, w której dotarła do systemu."
        "art. 13 ust. 2 pkt 5 UDPP";
    "R-ORG-01" Block Found "Oferent wykazuje, że tworzy CIS lub KIS albo jest podmiotem ekonomii społecznej o właściwych celach statutowych."
        "art. 200 ust. 1 ustawy z 20.03.2025" from RSD_FROM;
    "R-ORG-02" Block Product "Organizacja ma zawsze co najmniej jednego właściciela konta."
        "ustalenie przyjęte w programie";
    "R-OUT-01" Warn Product "Przerwa w działaniu serwisu w ostatnich 24 godzinach przed terminem ofert jest powodem, by wydłużyć termin wszystkim, a przed terminem jednej organizacji – jej."
        "równe traktowanie oferentów (art. 5 ust. 3 UDPP); ustalenie przyjęte w programie";
    "R-PAY-01" Block Derived "Suma transz równa się kwocie dotacji."
        "§ 3 umowy";
    "R-PAY-02" Block Derived "Kolejną transzę wypłaca się po spełnieniu warunku z umowy."
        "§ 3 umowy";
    "R-PAY-03" Block Product "Wypłata idzie na rachunek podany w umowie."
        "§ 3 umowy";
    "R-PER-01" Block Found "Jedna osoba uczestniczy w programie łącznie najwyżej 6 miesięcy."
        "art. 62b ust. 2 ustawy z 20.04.2004" from PAI_FROM to PAI_TO instead UNCHECKED;
    "R-PER-02" Block Derived "Jedna osoba nie uczestniczy w dwóch edycjach naraz."
        "art. 62b ustawy z 20.04.2004" from PAI_FROM to PAI_TO instead UNCHECKED;
    "R-PER-03" Block Found "W dniu skierowania osoba miała ustalony profil pomocy III."
        "art. 62a ustawy z 20.04.2004 w brzmieniu do 13.06.2019" from PAI_FROM to PROFILE_TO instead UNCHECKED;
    "R-PER-04" Warn Product "Jest potwierdzenie, że osoba korzysta ze świadczeń pomocy społecznej."
        "art. 62a ustawy z 20.04.2004" from PAI_FROM to PAI_TO instead UNCHECKED;
    "R-PER-05" Block Found "W dniu skierowania osoba jest długotrwale bezrobotna."
        "art. 2 pkt 4 i art. 200 ust. 1 ustawy z 20.03.2025" from RSD_FROM instead UNCHECKED;
    "R-PRE-01" Block Product "Opinia powiatowej rady rynku pracy jest wydana przed ogłoszeniem konkursu."
        "art. 62a ust. 3 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-PRE-02" Block Found "Dla każdej gminy zapisano, że nie zawarto porozumienia z OPS lub CUS."
        "art. 62a ust. 9 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-PRE-03" Block Found "Przed pierwszym skierowaniem jest porozumienie o współpracy z OPS."
        "art. 62a ust. 12 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-PRE-04" Warn Found "Jest porozumienie starosty z gminą o pracach społecznie użytecznych."
        "art. 73a ust. 2 ustawy z 20.04.2004" from PAI_FROM to PAI_TO;
    "R-PRE-05" Block Derived "Pula konkursu mieści się w planie środków Funduszu Pracy."
        "art. 62c ust. 2 ustawy z 20.04.2004; art. 268 ustawy z 20.03.2025" from PAI_FROM;
    "R-PRE-06" Block Product "Liczby osób w gminach, edycjach i grupach programu są równe; konkurs ma edycje, grupy i zasady zatwierdzonego programu."
        "ustalenie przyjęte w programie";
    "R-PUB-01" Block Product "Konkurs ogłasza inna osoba niż ta, która przygotowała projekt albo jego program."
        "zasada dwóch par oczu przyjęta w programie; art. 11 ust. 2b UDPP";
    "R-PUB-02" Block Product "W trzech miejscach wisi treść zatwierdzona wcześniej przez organ, pod numerem i z sumą kontrolną z zatwierdzenia."
        "art. 11 ust. 2b, art. 13 ust. 2 i 3 UDPP; ustalenie przyjęte w programie";
    "R-REP-01" Block Found "Sprawozdanie końcowe składa się w 30 dni od zakończenia zadania; termin z dnia wolnego przechodzi na następny roboczy."
        "art. 18 ust. 1 UDPP; art. 115 KC przez analogię";
    "R-REP-02" Block Found "Na sprawozdanie częściowe jest co najmniej 30 dni od doręczenia wezwania."
        "art. 18 ust. 3 UDPP" instead UNCHECKED;
    "R-REP-03" Warn Memory "Po spóźnieniu organ wzywa do złożenia sprawozdania w 7 dni; brak oznacza dotację użytą niezgodnie z przeznaczeniem."
        "§ 9 umowy" instead UNCHECKED;
    "R-REP-04" Block Found "Sprawozdanie opisuje każdy rezultat i każde działanie z umowy oraz zawiera oświadczenia."
        "art. 18 ust. 4 UDPP; Dz.U. 2018 poz. 2057, zał. nr 5";
    "R-REP-10" Block Memory "Sumy w obu kolumnach rozliczenia wydatków zgadzają się ze składnikami."
        "sprawozdanie, część II.1 (Dz.U. 2018 poz. 2057)";
    "R-REP-11" Block Memory "Suma wydatków równa się sumie źródeł, z których je pokryto."
        "sprawozdanie, część II.1 i II.2 (Dz.U. 2018 poz. 2057)";
    "R-REP-12" Block Memory "Udziały procentowe w rozliczeniu są policzone do dwóch miejsc."
        "sprawozdanie, część II.2 (Dz.U. 2018 poz. 2057)" instead COUNTED;
    "R-REP-13" Block Derived "Niewykorzystana dotacja, odsetki i przychody wracają do urzędu."
        "§ 10 umowy; art. 251 ufp odpowiednio";
    "R-REP-14" Block Memory "Wydatek z dotacji ponad koszt z umowy mieści się w dozwolonym przesunięciu; nadwyżka podlega zwrotowi."
        "§ 5 umowy";
    "R-REP-15" Block Memory "Wydatki poniesiono w terminie ponoszenia wydatków z umowy."
        "§ 2 umowy" instead UNCHECKED;
    "R-REP-16" Block Product "Sprawozdania częściowe i końcowe dają razem całość, a żaden miesiąc nie powtarza się."
        "art. 18 UDPP";
    "R-REP-17" Block Found "Limit i liczbę godzin sprawdza się na godzinach przeprowadzonych."
        "art. 62a ust. 5 i art. 62c ust. 3 ustawy z 20.04.2004" from PAI_FROM instead OTHERS;
    "R-REP-18" Block Product "Gdy oferta zapowiada opłaty od odbiorców, sprawozdanie podaje ich warunki i kwoty; opłata wyższa niż w ofercie wymaga wyjaśnienia, a opłaty niewydane na zadanie wracają do urzędu."
        "sprawozdanie, część II.2 i II.3; oferta, część VI.1 (Dz.U. 2018 poz. 2057)";
    "R-SCO-01" Warn Product "Różnica ocen ponad 30% maksimum kryterium wymaga notatki z dyskusji."
        "regulamin pracy komisji" instead SHOWN;
    "R-SCO-02" Block Product "Oferty ocenia się po ich otwarciu i ocenie formalnej, a przed rozstrzygnięciem."
        "art. 15 ust. 1 i 2a UDPP";
    "R-SCO-03" Block Product "Zapieczętowanej karty oceny nie zmienia się."
        "regulamin pracy komisji";
    "R-SIG-01" Warn Product "Ofertę i potwierdzenie jej złożenia podpisują osoby uprawnione do reprezentacji, w sposób podany w rejestrze."
        "sposób reprezentacji z rejestru; zasady konkursu w ogłoszeniu";
    "R-SIG-02" Warn Product "Podpis elektroniczny obejmuje cały plik w obecnej treści, a certyfikat był ważny w chwili podpisania."
        "ustalenie przyjęte w programie";
    "R-SIG-03" Warn Product "Podpisuje się potwierdzenie tej wersji oferty, która jest w mocy."
        "zasady konkursu w ogłoszeniu";
    "R-TAB-01" Block Product "Wartość, której nie ma w tabeli, dopisuje administrator; program jej nie zgaduje."
        "ustalenie przyjęte w programie";
    "R-TAB-02" Block Product "Wiersz tabeli stawek ma wartość w rozsądnych granicach i podane źródło."
        "ustalenie przyjęte w programie";
    "R-TS-01" Block Product "Godziny jednego trenera ani jednej grupy nie nakładają się."
        "art. 62a ust. 11 pkt 5 ustawy z 20.04.2004; art. 200 ust. 2 pkt 6 ustawy z 20.03.2025" from PAI_FROM;
    "R-TS-02" Block Product "Godziny w karcie trenera, dzienniku i na listach obecności grupy są równe."
        "art. 62a ust. 11 pkt 5 ustawy z 20.04.2004; art. 200 ust. 2 pkt 6 ustawy z 20.03.2025" from PAI_FROM instead UNCHECKED;
    "R-TS-03" Block Found "Wartość godziny w karcie trenera nie przekracza limitu stawki."
        "art. 62c ust. 3 ustawy z 20.04.2004; art. 200 ust. 4 ustawy z 20.03.2025" from PAI_FROM;
}
