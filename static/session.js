// Says that the session is about to end: five minutes before nothing was done for too long, with a button that
// keeps it, and ten minutes before its end in any case. Typing keeps it too. Counts by the server's clock; pages
// of the same browser tell each other of what they sent.
const WARN_BEFORE = 600_000;
const WARN_IDLE = 300_000;
const KEEP_EVERY = 600_000;
const OWN_PAGE = "/konto";

class Idle {
  constructor(band) {
    this.band = band;
    this.text = band.querySelector("[data-session-idle-text]");
    this.button = band.querySelector("button");
    this.told = this.text.textContent;
    this.tabs = new BroadcastChannel("konkurs-session");
    this.tabs.addEventListener("message", () => this.kept());
    for (const name of ["contact", "session"]) document.addEventListener(name, () => this.met());
    document.addEventListener("input", () => this.typed());
    this.button.addEventListener("click", () => this.stay());
    setInterval(() => this.look(), 1_000);
    this.met();
  }

  // The server has just answered this page.
  met() {
    this.kept();
    this.tabs.postMessage("kept");
  }

  kept() {
    this.contact = Date.now();
    this.over = false;
    this.band.hidden = true;
  }

  look() {
    const left = Number(this.band.dataset.sessionIdle) * 1_000 - (Date.now() - this.contact);
    if (this.over || left > WARN_IDLE) return;
    this.say(left > 0 ? this.told : "Długo nic się tu nie działo i sesja mogła się już skończyć.", true);
  }

  say(text, button) {
    if (this.text.textContent !== text) this.text.textContent = text;
    this.button.hidden = !button;
    this.band.hidden = false;
  }

  typed() {
    if (Date.now() - this.contact > KEEP_EVERY) this.stay();
  }

  async stay() {
    if (this.asking || this.over) return;
    this.asking = true;
    try {
      const answer = await fetch(OWN_PAGE, { cache: "no-store" });
      if (answer.redirected) {
        this.over = true;
        this.say("Sesja się skończyła. To, co tu wpisano, nie przepadło: przy następnym zapisie poprosimy o hasło.", false);
      } else if (answer.ok) {
        this.met();
      }
    } catch {
      // No answer, like a bad one: the band stays, and so does its button.
    }
    this.asking = false;
  }
}

const serverNow = Date.parse(document.body.dataset.now ?? "");
const offset = Number.isNaN(serverNow) ? 0 : serverNow - Date.now();
const end = document.querySelector("[data-session-ends]");
const idle = document.querySelector("[data-session-idle]");

function update() {
  const left = Date.parse(end.dataset.sessionEnds) - (Date.now() + offset);
  end.hidden = left > WARN_BEFORE || left <= 0;
}

if (end) {
  update();
  setInterval(update, 10_000);
  // The password was given again in place: a new session has its own end.
  document.addEventListener("session", ({ detail }) => {
    end.dataset.sessionEnds = detail.iso;
    end.textContent = detail.text;
    update();
  });
}
if (idle) new Idle(idle);
