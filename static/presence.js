// Tells the server every half a minute that this part is open and says who else is in it, and whether this person has
// it open in another card; on the page of the offer it only looks. A card that nobody sees is told to its own person only.
const EVERY = 30_000;
const LEFT = "konkurs:karta";

function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

// What this card of the browser showed before; a copy of the card does not take it along, because only a page that
// is left writes it down.
function takeLeft() {
  try {
    const left = sessionStorage.getItem(LEFT) ?? "";
    sessionStorage.removeItem(LEFT);
    return left;
  } catch {
    return "";
  }
}

class Presence {
  constructor(place) {
    this.place = place;
    this.tab = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
    this.timer = setInterval(() => this.tick(), EVERY);
    document.addEventListener("visibilitychange", () => this.tick());
    if (!place.dataset.section) return;
    this.left = takeLeft();
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => { if (event.persisted) this.comeBack(); });
    this.tick();
  }

  token() {
    return document.querySelector("main form input[name=_token]")?.value ?? "";
  }

  ask() {
    const headers = { Accept: "application/json" };
    const section = this.place.dataset.section;
    if (!section) return fetch(this.place.dataset.presence, { headers });
    const body = new URLSearchParams({ section, tab: this.tab, left: this.left, _token: this.token() });
    if (document.visibilityState !== "visible") body.set("hidden", "true");
    this.left = "";
    return fetch(this.place.dataset.presence, { method: "POST", headers, body });
  }

  async tick() {
    const hidden = document.visibilityState !== "visible";
    if (this.gone || (hidden && (this.out || !this.place.dataset.section))) return;
    try {
      const answer = await this.ask();
      // Signed out, or closed: the form itself says so when something is saved.
      this.out = answer.redirected || !answer.ok;
      if (!this.out) this.say(await answer.json());
    } catch {
      // The next sign comes in half a minute.
    }
  }

  // Said twice: now, and by the next page of this card, because the first may get lost.
  leave() {
    this.gone = true;
    const body = new URLSearchParams({ gone: "true", tab: this.tab, _token: this.token() });
    navigator.sendBeacon?.(this.place.dataset.presence, body);
    try {
      sessionStorage.setItem(LEFT, this.tab);
    } catch {
      // Without a store the card is forgotten by itself.
    }
  }

  comeBack() {
    this.gone = false;
    this.left = takeLeft();
    this.tick();
  }

  say(said) {
    if (this.place.dataset.section) return write(this.place, said.said);
    for (const place of this.place.querySelectorAll("[data-presence-of]")) {
      write(place, said.parts[place.dataset.presenceOf] ?? "");
    }
    return undefined;
  }
}

for (const place of document.querySelectorAll("[data-presence]")) new Presence(place);
