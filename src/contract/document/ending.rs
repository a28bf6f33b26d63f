//! §§ 10–19: return of money, ways to end the contract, final provisions.

use super::{Terms, listed, paragraph, plain, point};
use crate::document::Section;
use crate::law::show_date;

pub fn returns(t: &Terms<'_>) -> Section {
    let c = t.c;
    let labour = if c.rules.is_local() { "" } else { " Funduszu Pracy" };
    // The account in the settings is that of the Labour Fund.
    let account = if t.office.account.is_empty() || c.rules.is_local() {
        format!("rachunek{labour} wskazany przez Zleceniodawcę")
    } else {
        format!("rachunek{labour} nr {}", t.office.account)
    };
    let mut out = plain(
        10,
        "Zwrot środków finansowych",
        vec![
            point(format!(
                "Dotację i przychody, o których mowa w § 2, Zleceniobiorca wykorzystuje do {}.",
                show_date(c.use_until)
            )),
            point(format!(
                "Niewykorzystaną część zwraca do {}, czyli najpóźniej 15 dni po terminie jej wykorzystania{}.",
                show_date(c.return_until),
                if c.years().len() > 1 {
                    ", a część przeznaczoną na rok, który się skończył – do 31 stycznia roku następnego"
                } else {
                    ""
                }
            )),
            point(
                "Dotację wykorzystaną niezgodnie z przeznaczeniem, pobraną nienależnie lub w nadmiernej wysokości \
                 Zleceniobiorca zwraca w ciągu 15 dni od stwierdzenia tych okoliczności. Zwrotowi podlega ta część dotacji, \
                 której okoliczności dotyczą.",
            ),
            listed(
                "Od kwot podlegających zwrotowi nalicza się odsetki w wysokości określonej jak dla zaległości podatkowych:",
                [
                    "od części niewykorzystanej – od dnia następującego po upływie terminu zwrotu;",
                    "od dotacji wykorzystanej niezgodnie z przeznaczeniem – od dnia przekazania dotacji;",
                    "od dotacji pobranej nienależnie lub w nadmiernej wysokości – od dnia następującego po upływie terminu \
                     zwrotu.",
                ],
            ),
            point(format!("Zwrotu dokonuje się na {account}, z podaniem numeru umowy.")),
            point(
                "Zasady zwrotu i terminy naliczania odsetek Strony ustalają w umowie, przyjmując odpowiednio przepisy o \
                 zwrocie dotacji z budżetu jednostki samorządu terytorialnego.",
            ),
        ],
    );
    out.basis = Some("art. 221 ust. 3 pkt 6, art. 251 i 252 ufp, stosowane odpowiednio".into());
    out
}

pub fn by_agreement() -> Section {
    plain(
        11,
        "Rozwiązanie umowy za porozumieniem Stron",
        vec![
            point(
                "Strony mogą rozwiązać umowę za porozumieniem, gdy wystąpią okoliczności, za które żadna z nich nie \
                 odpowiada i które uniemożliwiają wykonanie zadania, w tym siła wyższa.",
            ),
            point("Skutki finansowe i zwrot środków Strony określają w protokole."),
        ],
    )
}

pub fn withdrawal() -> Section {
    plain(
        12,
        "Odstąpienie od umowy przez Zleceniobiorcę",
        vec![
            point(
                "Do dnia przekazania dotacji Zleceniobiorca może odstąpić od umowy, jeżeli wykonanie zadania stało się \
                 niemożliwe; oświadczenie składa niezwłocznie po powzięciu wiadomości o przyczynie.",
            ),
            point(
                "Zleceniobiorca może odstąpić od umowy także wtedy, gdy Zleceniodawca nie przekaże dotacji w terminie.",
            ),
        ],
    )
}

pub fn termination() -> Section {
    plain(
        13,
        "Rozwiązanie umowy przez Zleceniodawcę",
        vec![
            listed(
                "Zleceniodawca może rozwiązać umowę ze skutkiem natychmiastowym, gdy:",
                [
                    "dotację wykorzystano niezgodnie z przeznaczeniem, pobrano nienależnie lub w nadmiernej wysokości;",
                    "zadanie jest wykonywane nieterminowo lub nienależycie, w szczególności zmniejszono jego zakres rzeczowy;",
                    "dotację lub jej część przekazano osobie trzeciej, choć umowa na to nie pozwala;",
                    "nie złożono sprawozdania w terminie i na zasadach z § 9;",
                    "odmówiono poddania się kontroli albo w wyznaczonym terminie nie usunięto nieprawidłowości;",
                    "oferta okazała się nieważna albo złożyły ją osoby do tego nieuprawnione.",
                ],
            ),
            point(
                "Rozwiązując umowę, Zleceniodawca podaje kwotę dotacji do zwrotu z odsetkami jak dla zaległości podatkowych \
                 liczonymi od dnia przekazania dotacji, termin zwrotu i numer rachunku.",
            ),
        ],
    )
}

pub fn things() -> Section {
    plain(
        14,
        "Rzeczy zakupione ze środków dotacji",
        vec![
            point(
                "Rzeczy związanych z realizacją zadania, zakupionych ze środków dotacji, Zleceniobiorca nie zbywa przez 5 lat \
                 od dnia zakupu.",
            ),
            point(
                "Z ważnych przyczyn Zleceniodawca może zgodzić się na wcześniejsze zbycie, jeżeli uzyskane środki \
                 Zleceniobiorca przeznaczy na cele statutowe.",
            ),
        ],
    )
}

pub fn form() -> Section {
    let mut out = plain(
        15,
        "Forma pisemna",
        vec![
            point(
                "Umowę zawiera się w formie pisemnej pod rygorem nieważności. Formie pisemnej odpowiada forma elektroniczna z \
                 kwalifikowanymi podpisami obu Stron.",
            ),
            point("Zmiany umowy wymagają aneksu w tej samej formie pod rygorem nieważności."),
            point("Rozwiązanie umowy i odstąpienie od niej wymagają formy pisemnej."),
            point("Wątpliwości związane z realizacją umowy Strony wyjaśniają na piśmie albo pocztą elektroniczną."),
        ],
    );
    out.basis = Some("art. 16 ust. 2 UDPP, art. 77 i 78¹ KC".into());
    out
}

pub fn third_parties() -> Section {
    plain(
        16,
        "Odpowiedzialność wobec osób trzecich",
        vec![point(
            "Za szkody powstałe w związku z realizacją zadania odpowiedzialność wobec osób trzecich ponosi wyłącznie \
             Zleceniobiorca.",
        )],
    )
}

pub fn personal_data(t: &Terms<'_>) -> Section {
    let taught = t.applies().classes;
    let mut out = plain(
        17,
        "Ochrona danych osobowych",
        vec![
            point(if taught {
                "Administratorem danych uczestników jest Zleceniodawca. Powierza on Zleceniobiorcy ich przetwarzanie \
                 wyłącznie w celu i przez czas realizacji umowy, w zakresie niezbędnym do prowadzenia i dokumentowania zajęć."
            } else {
                "Jeżeli wykonanie zadania wymaga danych odbiorców, ich administratorem jest Zleceniodawca. Powierza on \
                     Zleceniobiorcy ich przetwarzanie wyłącznie w celu i przez czas realizacji umowy, w zakresie niezbędnym do \
                     wykonania i dokumentowania zadania."
            }),
            point(format!(
                "W sprawozdaniach i korespondencji elektronicznej {} oznacza się kodami, bez imion, nazwisk i numerów PESEL.",
                if taught { "uczestników" } else { "odbiorców" }
            )),
            listed(
                "Zleceniobiorca:",
                [
                    "dopuszcza do danych tylko osoby upoważnione i zobowiązane do poufności;",
                    "stosuje środki bezpieczeństwa odpowiednie do ryzyka;",
                    "zawiadamia Zleceniodawcę o naruszeniu ochrony danych najpóźniej w ciągu 24 godzin od jego wykrycia;",
                    "nie powierza danych dalej bez pisemnej zgody Zleceniodawcy;",
                    "po zakończeniu umowy zwraca dane albo je usuwa, poza tymi, które musi przechowywać na podstawie \
                     przepisów.",
                ],
            ),
            point(format!(
                "Danych swoich pracowników{} i reprezentantów każda ze Stron jest osobnym administratorem i sama \
                 wypełnia wobec nich obowiązek informacyjny.",
                if taught { ", trenerów" } else { "" }
            )),
        ],
    );
    out.basis = Some("art. 28 i 32 RODO".into());
    out
}

pub fn accessibility(t: &Terms<'_>) -> Section {
    let mut out = plain(
        18,
        "Dostępność",
        vec![
            point(format!(
                "Zleceniobiorca {} i przekazuje informacje w sposób dostępny dla osób ze szczególnymi potrzebami, \
                 spełniając co najmniej minimalne wymagania architektoniczne, cyfrowe i informacyjno-komunikacyjne.",
                if t.applies().classes { "prowadzi zajęcia" } else { "wykonuje zadanie" }
            )),
            point(
                "Gdy w indywidualnym przypadku pełnej dostępności nie da się zapewnić, Zleceniobiorca zapewnia dostęp \
                 alternatywny i odnotowuje to w sprawozdaniu.",
            ),
        ],
    );
    out.basis = Some("art. 4 ust. 3 i art. 6 ustawy z 19.07.2019 o zapewnianiu dostępności".into());
    out
}

pub fn last(t: &Terms<'_>) -> Section {
    let mut attached = vec![
        format!("załącznik nr 1 – {};", if t.applies().classes { "program zajęć" } else { "plan działań" }),
        "załącznik nr 2 – kosztorys;".to_owned(),
        format!("załącznik nr 3 – {};", if t.applies().measures { "mierniki efektów" } else { "rezultaty" }),
    ];
    if !t.c.partners.is_empty() {
        attached.push("umowa między oferentami, którzy złożyli ofertę wspólną (art. 14 ust. 4 UDPP);".to_owned());
    }
    let offer = format!("oferta nr {} z aktualizacjami", t.c.offer_number);
    match &t.c.supplement {
        None => attached.push(format!("{offer}.")),
        Some(given) => {
            let (on, hash) = (show_date(given.on), &given.sha256);
            attached.push(format!("{offer};"));
            attached.push(format!("uzupełnienie oferty złożone {on}, suma kontrolna SHA-256: {hash}."));
        }
    }
    let copies = if t.c.partners.is_empty() {
        "Umowę w postaci papierowej sporządza się w dwóch jednobrzmiących egzemplarzach, po jednym dla każdej ze Stron."
    } else {
        "Umowę w postaci papierowej sporządza się w jednobrzmiących egzemplarzach: po jednym dla Zleceniodawcy i dla \
         każdego z oferentów, którzy złożyli ofertę wspólną."
    };
    let points = vec![
        point(
            "W sprawach nieuregulowanych umową stosuje się w szczególności ustawę o działalności pożytku publicznego i o \
             wolontariacie, ustawę o finansach publicznych, ustawę o rachunkowości, Prawo zamówień publicznych, ustawę o \
             odpowiedzialności za naruszenie dyscypliny finansów publicznych i Kodeks cywilny.",
        ),
        point("Spory rozstrzyga sąd powszechny właściwy dla siedziby Zleceniodawcy."),
        point(copies),
        listed("Załącznikami do umowy są:", attached),
    ];
    paragraph(t, 19, "Postanowienia końcowe", "", points)
}
