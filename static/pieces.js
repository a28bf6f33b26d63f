// Sends a large file in pieces: what arrived stays there, and after any break the rest is sent.
//   form[data-pieces][data-piece]   where such a file is announced; the most bytes of one request
//   [data-upload-alert]             where a break is said loudly, with the button to go on
import { announce } from "./announce.js";
import { signIn } from "./sign_in_again.js";

const PATIENCE = 120_000;
const FIRST_WAIT = 5;
const LONGEST_WAIT = 60;

export const megabytes = (bytes) => `${(Math.floor(bytes * 10 / 1024 / 1024) / 10).toFixed(1).replace(".", ",")} MB`;
const pause = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });
const running = new WeakMap();

// Why the server took nothing: `again` when coming later may help, `anew` when only a new beginning does, `wait`
// when only the person can go on.
class Refusal extends Error {
  constructor(text, kind) {
    super(text);
    this.kind = kind;
  }
}

// The SHA-256 of the file, or nothing where the browser does not tell it (an address without https).
async function digest(file) {
  if (!crypto.subtle) return "";
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Sending {
  constructor(form, file, show) {
    Object.assign(this, { form, file, show, arrived: 0, failures: 0 });
    this.state = form.querySelector("[data-upload-state]");
    this.alert = form.querySelector("[data-upload-alert]");
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", "Wysyłanie pliku");
    this.state.after(this.bar);
    this.leave = (event) => event.preventDefault();
    this.online = () => { if (this.timer) this.run(); };
    addEventListener("beforeunload", this.leave);
    addEventListener("online", this.online);
    form.dataset.sending = "";
  }

  // Another file was chosen, or this one is done.
  end() {
    clearTimeout(this.timer);
    this.over = true;
    this.bar.remove();
    this.hush();
    this.busy(false);
    delete this.form.dataset.sending;
    removeEventListener("beforeunload", this.leave);
    removeEventListener("online", this.online);
  }

  busy(busy) {
    this.form.querySelector("button[type=submit]").disabled = busy;
  }

  hush() {
    this.alert.replaceChildren();
    this.alert.className = "";
  }

  cry(text, label) {
    const line = document.createElement("p");
    line.textContent = text;
    this.alert.replaceChildren(line);
    if (label) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button secondary";
      button.textContent = label;
      button.addEventListener("click", () => this.run());
      this.alert.append(button);
    }
    this.alert.className = "autosave-alert";
  }

  // In words and as a bar; aloud only at every quarter.
  progress(arrived) {
    const percent = Math.floor((arrived / this.file.size) * 100);
    const text = `Wysłano ${megabytes(arrived)} z ${megabytes(this.file.size)} (${percent}%).`;
    if (Math.floor(percent / 25) > Math.floor(this.bar.value / 25)) announce(text);
    this.arrived = arrived;
    this.bar.value = percent;
    this.state.textContent = text;
  }

  async run() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.working || this.over) return;
    this.working = true;
    this.hush();
    this.busy(true);
    try {
      await this.send();
    } catch (error) {
      if (!this.over) this.broke(error);
    }
    this.working = false;
  }

  async send() {
    const { file, form } = this;
    this.state.textContent = `Przygotowujemy plik „${file.name}” (${megabytes(file.size)})…`;
    this.sha256 ??= await digest(file);
    const about = { name: file.name, size: file.size, sha256: this.sha256, modified: file.lastModified };
    let step = await this.post(form.dataset.pieces, () => new URLSearchParams({ ...about, _token: this.token().value }));
    if (step.offset > this.arrived) announce(`Część pliku „${file.name}” już dotarła. Wysyłamy resztę.`);
    while (!this.over && step.page === undefined) {
      const from = step.offset;
      this.progress(from);
      const piece = new Blob([await file.slice(from, from + step.piece).arrayBuffer()]);
      if (from + piece.size >= file.size) this.state.textContent = "Wysyłamy ostatnią część i sprawdzamy plik…";
      step = await this.post(step.url, () => {
        const body = new FormData();
        body.set("_token", this.token().value);
        body.set("offset", from);
        body.set("piece", piece, "piece");
        return body;
      });
      this.failures = 0;
    }
    if (this.over) return;
    this.end();
    this.show(this.form, step.page);
  }

  token() {
    return this.form.elements.namedItem("_token");
  }

  // The page that comes after the last piece, or how it goes on.
  async post(url, body) {
    const answer = await fetch(url, {
      method: "POST", headers: { Accept: "application/json" }, body: body(), signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
      // The page after the last piece, or what it was refused with; any other one comes from a server in between.
      const page = await answer.text();
      if (page.includes("data-attachments")) return { page };
      if (answer.status === 413) throw new Refusal("Serwer po drodze nie przepuszcza tak dużych części. Napisz do urzędu.", "never");
      throw new Refusal("Serwer chwilowo nie odpowiada.", "again");
    }
    const said = await answer.json();
    if (answer.ok || (answer.status === 409 && "offset" in said)) return said;
    const own = said.email === this.form.dataset.email;
    if (answer.status === 401 || (said.other_session && (said.email === "" || own))) {
      await this.enter(own ? said.token : undefined);
      return this.post(url, body);
    }
    if (answer.status === 429) {
      if (said.error) this.state.textContent = said.error;
      await pause(Number(answer.headers.get("Retry-After")) || 1);
      return this.post(url, body);
    }
    const later = answer.status >= 500 || answer.status === 408;
    const gone = answer.status === 404 || answer.status === 409;
    throw new Refusal(Object.values(said.errors ?? {})[0] ?? said.error, later ? "again" : gone ? "anew" : "never");
  }

  // The session ended: the password in place, or the token of the one that began in another window.
  async enter(known) {
    const token = known ?? await signIn(this.form.dataset.email, this.token().value);
    if (token === null) throw new Refusal("Sesja się skończyła, więc wysyłanie wstrzymano.", "wait");
    for (const field of document.querySelectorAll("input[name=_token]")) field.value = token;
    this.token().value = token;
  }

  broke(error) {
    const { name, size } = this.file;
    const there = this.arrived > 0 ? `Dotarło ${megabytes(this.arrived)} z ${megabytes(size)} i to nie przepadnie.` : "";
    const open = `Plik „${name}” nie jest jeszcze dołączony.`;
    this.busy(false);
    if (error.kind === "never") {
      this.end();
      this.cry(`Pliku „${name}” nie dołączono. ${error.message}`);
    } else if (error.kind === "anew") {
      this.arrived = 0;
      this.cry(`Tego wysyłania już nie ma: plik „${name}” dotarł z innego okna, wysyłasz stąd inny plik albo minął czas.`
        + " Odśwież stronę, żeby zobaczyć dołączone pliki, albo wyślij ten plik od nowa.", "Wyślij od nowa");
    } else if (error.name === "NotReadableError" || error.name === "NotFoundError") {
      this.end();
      this.cry(`Pliku „${name}” nie da się już odczytać z tego komputera. ${there} Wybierz ten sam plik jeszcze raz.`);
    } else if (error.kind === "wait") {
      this.cry(`${open} ${error.message} ${there}`, "Wyślij dalej");
    } else {
      const wait = Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT);
      this.failures += 1;
      const why = error.kind === "again" ? error.message : "Połączenie z serwerem się zerwało.";
      this.cry(`${open} ${why} ${there} Spróbujemy sami za ${wait} s.`, "Wyślij dalej");
      this.timer = setTimeout(() => this.run(), wait * 1000);
    }
  }
}

// Sends the file; `show` gets the form and the page that comes after the last piece.
export function sendPieces(form, file, show) {
  running.get(form)?.end();
  const sending = new Sending(form, file, show);
  running.set(form, sending);
  return sending.run();
}
