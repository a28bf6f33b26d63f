// Saves a part of the form a second after typing stops: one request at a time, the last state wins. What is
// not saved is said loudly, tried again, and kept in this browser.
import { Copy, SAVED_AS, forgetArrived, typedOf } from "./copy.js";
import { signIn } from "./sign_in_again.js";

const PAUSE = 1_000;
const FIRST_WAIT = 5;
const LONGEST_WAIT = 60;
const PATIENCE = 20_000;

class Autosave {
  constructor(place, form) {
    this.place = place;
    this.form = form;
    this.state = place.querySelector("[data-autosave-state]");
    this.alert = place.querySelector("[data-autosave-alert]");
    this.copy = new Copy(place.dataset.copy, place.dataset.key);
    this.saved = typedOf(this.text());
    this.failures = 0;
    this.leftOut = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("beforeunload", (event) => this.leave(event));
    addEventListener("online", () => { if (this.failures > 0) this.save(); });
    this.offer();
  }

  value(name) {
    return this.form.elements.namedItem(name);
  }

  // The form without what only says what it was filled from.
  text() {
    const own = [...new FormData(this.form)].filter(([name]) => !name.startsWith("_") && name !== "version" && name !== "base");
    return new URLSearchParams(own).toString();
  }

  unsaved() {
    return this.leftOut || typedOf(this.text()) !== this.saved;
  }

  say(text) {
    this.state.textContent = text;
  }

  // Says it loudly, with buttons: [label, what it does].
  cry(text, ...buttons) {
    const line = document.createElement("p");
    line.textContent = text;
    const all = buttons.map(([label, deed]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button secondary";
      button.textContent = label;
      button.addEventListener("click", deed);
      return button;
    });
    this.alert.replaceChildren(line, ...all);
    this.alert.className = "autosave-alert";
  }

  hush() {
    this.alert.replaceChildren();
    this.alert.className = "";
  }

  typed() {
    if (!this.unsaved()) return;
    const { version, base } = this.seen();
    this.copy.keep({ text: this.text(), version, base, at: new Date().toTimeString().slice(0, 5), older: this.older });
    if (this.stopped) return;
    this.wait(PAUSE);
  }

  seen() {
    return { version: this.value("version").value, base: this.value("base").value };
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy || this.asking || this.stopped || this.leaving) return;
    if (typedOf(this.text()) === this.saved && !this.confirm) return;
    this.busy = true;
    const sent = typedOf(this.text());
    this.rows = new Map([...this.form.elements].filter((field) => field.name.endsWith(SAVED_AS)).map((field) => [field.name, field]));
    this.say("zapisuję…");
    try {
      const answer = await fetch(this.place.dataset.autosave, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(this.form)),
        signal: AbortSignal.timeout(PATIENCE),
      });
      this.took(answer, await answer.json(), sent);
    } catch {
      this.failed();
    }
    this.busy = false;
    if (this.waiting) {
      const button = this.waiting;
      this.waiting = undefined;
      this.form.requestSubmit(button.isConnected && button.form === this.form ? button : null);
    }
  }

  took(answer, said, sent) {
    const status = answer.status;
    if ("saved_at" in said) return this.done(said, sent);
    if (status === 401 || (said.other_session && said.email === "")) return this.ended(said.token);
    if (said.other_session && said.email === this.place.dataset.email) return this.goOn(said.token);
    if (status >= 500 || status === 429 || status === 408) return this.failed(Number(answer.headers.get("Retry-After")) || 0);
    this.say("");
    this.failures = 0;
    if (said.stale) {
      this.stopped = true;
      return this.cry(`NIE ZAPISANO. ${said.error}`, ["Porównaj i wybierz", () => this.form.requestSubmit()]);
    }
    if (status === 422) {
      this.saved = sent;
      this.leftOut = true;
      return this.cry(`NIE ZAPISANO. ${Object.values(said.errors ?? {}).join(" ") || said.error} ${this.where()}`);
    }
    const why = said.other_session ? `W tej przeglądarce zalogowano inne konto (${said.email}).` : said.error;
    this.saved = sent;
    this.leftOut = true;
    return this.cry(`NIE ZAPISANO. ${why} ${this.where()}`);
  }

  done(said, sent) {
    document.dispatchEvent(new Event("contact"));
    this.failures = 0;
    this.confirm = false;
    this.saved = sent;
    this.value("version").value = said.version;
    this.value("base").value = said.base;
    // by field, not by name: rows may have come or gone while the answer was on its way
    for (const [name, field] of this.rows) field.value = said.rows[name] ?? "";
    const bad = Object.entries(said.errors);
    this.leftOut = bad.length > 0;
    this.hush();
    const without = bad.map(([name, why]) => `${this.named(name)}: ${why}`).join(" ");
    this.say(this.leftOut ? `zapisano ${said.saved_at}, ale bez pola ${without}` : `zapisano ${said.saved_at}`);
    this.place.classList.toggle("partly", this.leftOut);
    if (said.sums && typedOf(this.text()) === sent) this.sums(said.sums);
    if (typedOf(this.text()) !== sent) this.wait(PAUSE);
    else if (!this.leftOut) this.goBack(this.older);
  }

  named(name) {
    const label = this.form.querySelector(`label[for="${CSS.escape(name)}"]`);
    const row = label?.closest("[data-row]")?.querySelector(".row-name")?.textContent.trim();
    const text = label?.textContent.replaceAll(/\s+/g, " ").trim() ?? name;
    return row ? `„${text}” (${row})` : `„${text}”`;
  }

  sums(sums) {
    const write = (selector, text) => {
      for (const place of this.form.querySelectorAll(selector)) place.textContent = text;
    };
    for (const [name, text] of Object.entries(sums.totals)) write(`[data-total="${CSS.escape(name)}"]`, text);
    [...this.form.querySelectorAll("[data-value]")].forEach((place, at) => { place.textContent = sums.values[at] ?? ""; });
    write("[data-plus]", sums.own);
    [...this.form.querySelectorAll("[data-share]")].forEach((place, at) => { place.textContent = sums.shares[at] ?? ""; });
  }

  where() {
    return this.copy.kept ? "Kopia jest w tej przeglądarce." : "Nie zamykaj tej karty.";
  }

  // `least`: how many seconds the server asks to be left alone.
  failed(least = 0) {
    this.failures += 1;
    const seconds = Math.max(least, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1)));
    this.say("");
    const copy = this.copy.kept ? "kopia jest w tej przeglądarce" : "nie zamykaj tej karty";
    this.cry(`NIE ZAPISANO – próbuję ponownie za ${seconds} s (${copy})`, ["Spróbuj teraz", () => this.save()]);
    this.wait(seconds * 1_000);
  }

  goOn(token) {
    for (const field of document.querySelectorAll("input[name=_token]")) field.value = token;
    this.again = (this.again ?? 0) + 1;
    if (this.again > 3) return this.failed();
    this.hush();
    return this.wait(0);
  }

  async ended(token) {
    this.say("");
    this.cry(`NIE ZAPISANO – sesja się skończyła. ${this.where()}`, ["Zaloguj się i zapisz", () => this.ended(token)]);
    if (this.asking) return;
    this.asking = true;
    const fresh = await signIn(this.place.dataset.email, token);
    this.asking = false;
    if (fresh === null) return;
    this.again = 0;
    this.goOn(fresh);
  }

  submitted(event) {
    if (this.busy) {
      event.preventDefault();
      this.waiting = event.submitter ?? this.form.querySelector("button[type=submit]");
      return;
    }
    this.leaving = true;
    clearTimeout(this.timer);
    const mark = this.value("_nadano") ?? this.form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "_nadano" }));
    mark.value = this.copy.sent();
  }

  leave(event) {
    if (!this.leaving && this.unsaved()) event.preventDefault();
  }

  async offer() {
    this.decide(await this.copy.read());
  }

  // A copy of an earlier visit: saved again when it stands in the form already, offered when it does not.
  // Until that is decided, what is typed now is kept in front of it.
  decide(kept) {
    this.older = kept ?? undefined;
    if (!kept) return;
    if (typedOf(kept.text) === typedOf(this.text())) {
      this.older = kept.older;
      this.confirm = true;
      this.wait(0);
    } else {
      this.cry(`W tej przeglądarce jest niezapisana kopia tej części z ${kept.at}.`,
        ["Przywróć", () => this.restore(kept)], ["Odrzuć", () => { this.hush(); this.goBack(kept.older); }]);
    }
  }

  // The newest copy is done with; an older one, if there is any, takes its place.
  goBack(older) {
    if (older) this.copy.keep(older);
    else this.copy.drop();
    this.decide(older);
  }

  // The server writes the form again from the copy, without saving; its rows come along.
  restore(kept) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.form.action;
    const pairs = [...new URLSearchParams(kept.text), ["version", kept.version], ["base", kept.base],
      ["_token", this.value("_token").value], ["_add", "kopia"]];
    for (const [name, value] of pairs) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      form.append(field);
    }
    form.hidden = true;
    document.body.append(form);
    this.leaving = true;
    form.submit();
  }
}

forgetArrived();
const place = document.querySelector("[data-autosave]");
const form = place && [...document.querySelectorAll("main form")].find((f) => f.elements.namedItem("base"));
if (form) new Autosave(place, form);
