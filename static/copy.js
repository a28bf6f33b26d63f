// A copy of unsaved work in this browser, closed with a key that the server gives only to the person who
// typed it. Without https there is no such key, and then there is no copy.
const bytes = (hex) => new Uint8Array(hex.match(/../g).map((pair) => Number.parseInt(pair, 16)));
const coded = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
const decoded = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

// A field that says which saved row a row was: the server numbers it, nobody types it.
export const SAVED_AS = ".was";

// What a person typed, of a whole form.
export const typedOf = (text) =>
  new URLSearchParams([...new URLSearchParams(text)].filter(([name]) => !name.endsWith(SAVED_AS))).toString();

export class Copy {
  constructor(name, key) {
    this.name = name;
    this.turn = Promise.resolve();
    this.key = globalThis.crypto?.subtle?.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
    this.kept = false;
  }

  // Keeps and drops follow one another in the order they were asked for.
  then(deed) {
    this.turn = this.turn.then(deed).catch(() => { this.kept = false; });
    return this.turn;
  }

  // A newer text than the one that was sent: that one's arrival says nothing of it.
  keep(value) {
    this.unsent();
    return this.then(async () => {
      if (!this.key) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(value));
      const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, text);
      this.stored = `${coded(iv)}.${coded(closed)}`;
      localStorage.setItem(this.name, this.stored);
      this.kept = true;
    });
  }

  // Only what this page kept or found: another tab may have put its own in the place.
  drop() {
    return this.then(() => {
      this.kept = false;
      if (localStorage.getItem(this.name) !== this.stored) return;
      localStorage.removeItem(this.name);
      this.unsent();
    });
  }

  // The form is sent by its button: the mark travels along, and comes back with the answer when it arrived.
  sent() {
    try {
      const mark = crypto.randomUUID();
      localStorage.setItem(`${this.name}:sent`, mark);
      return mark;
    } catch {
      return ""; // no copies here
    }
  }

  unsent() {
    try {
      localStorage.removeItem(`${this.name}:sent`);
    } catch {
      // no copies here
    }
  }

  async read() {
    try {
      const stored = localStorage.getItem(this.name);
      if (!stored || !this.key) return null;
      const [iv, closed] = stored.split(".").map(decoded);
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.key, closed);
      this.kept = true;
      this.stored = stored;
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return null; // of another password, or not ours
    }
  }
}

const ARRIVED = "#dotarlo-";

// The server says in the address of the next page which form arrived; the copy of that one may go.
export function forgetArrived() {
  if (!location.hash.startsWith(ARRIVED)) return;
  const mark = location.hash.slice(ARRIVED.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    const sent = Object.keys(localStorage).filter((name) => name.endsWith(":sent") && localStorage.getItem(name) === mark);
    for (const name of sent) {
      localStorage.removeItem(name);
      localStorage.removeItem(name.slice(0, -":sent".length));
    }
  } catch {
    // no copies here
  }
}
