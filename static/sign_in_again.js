// The session ended in the middle of a form: the password is asked for in place.
function element(name, attributes, ...inside) {
  const out = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  out.append(...inside);
  return out;
}

function build(email) {
  const password = element("input", {
    id: "wejscie-haslo", name: "password", type: "password", autocomplete: "current-password", "aria-describedby": "wejscie-blad",
  });
  const error = element("p", { id: "wejscie-blad", class: "field-error", role: "alert" });
  const form = element("form", { method: "dialog", novalidate: "" },
    element("h2", { id: "wejscie-tytul" }, "Sesja się skończyła"),
    element("p", {}, "Nic nie przepadło: wszystko, co wpisano, jest na tej stronie. Podaj hasło, a zostanie zapisane."),
    element("p", {}, "Konto: ", element("strong", {}, email)),
    element("div", { class: "field" },
      element("label", { for: "wejscie-haslo" }, "Hasło"), error, element("span", { class: "input" }, password)),
    element("div", { class: "actions" },
      element("button", { class: "button primary", type: "submit" }, "Zaloguj i zapisz"),
      element("button", { class: "button quiet", type: "button", "data-close": "" }, "Zamknij")));
  const dialog = element("dialog", { class: "in-place", "aria-labelledby": "wejscie-tytul" }, form);
  document.querySelector("main").append(dialog);
  return { dialog, form, password, error };
}

async function enter(email, password, token) {
  const answer = await fetch("/konto/logowanie", {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ email, password, _token: token }),
  });
  return { status: answer.status, said: await answer.json() };
}

// The token of the new session, or null when the person closed the dialog.
export function signIn(email, token) {
  const { dialog, form, password, error } = build(email);
  return new Promise((done) => {
    let got = null;
    const tell = (text) => {
      error.textContent = text;
      password.toggleAttribute("aria-invalid", text !== "");
      if (text) password.setAttribute("aria-invalid", "true");
      password.focus();
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!password.value) return tell("Wpisz hasło.");
      try {
        let { status, said } = await enter(email, password.value, token);
        if (said.other_session) ({ status, said } = await enter(email, password.value, said.token));
        if (status === 200) {
          got = said.token;
          if (said.session) document.dispatchEvent(new CustomEvent("session", { detail: said.session }));
          dialog.close();
        } else {
          tell(said.errors?.password ?? said.error);
        }
      } catch {
        tell("Serwer nie odpowiada. Spróbuj jeszcze raz za chwilę.");
      }
      return undefined;
    });
    form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(got);
    });
    dialog.showModal();
    password.focus();
  });
}
