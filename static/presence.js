// Tells the server every half a minute that this part is open and says who else is in it; on the page of the
// offer it only looks. A page that nobody sees tells nothing.
const EVERY = 30_000;

function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

class Presence {
  constructor(place) {
    this.place = place;
    this.timer = setInterval(() => this.tick(), EVERY);
    document.addEventListener("visibilitychange", () => this.tick());
    if (place.dataset.section) this.tick();
  }

  ask() {
    const headers = { Accept: "application/json" };
    const section = this.place.dataset.section;
    if (!section) return fetch(this.place.dataset.presence, { headers });
    const token = document.querySelector("main form input[name=_token]")?.value ?? "";
    return fetch(this.place.dataset.presence, { method: "POST", headers, body: new URLSearchParams({ section, _token: token }) });
  }

  async tick() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await this.ask();
      // Signed out, or closed: the form itself says so when something is saved.
      if (answer.redirected || !answer.ok) return;
      this.say(await answer.json());
    } catch {
      // The next sign comes in half a minute.
    }
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
