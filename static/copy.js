// A copy of unsaved work in this browser, closed with a key that the server gives only to the person who
// typed it. Without https there is no such key, and then there is no copy.
const bytes = (hex) => new Uint8Array(hex.match(/../g).map((pair) => Number.parseInt(pair, 16)));
const coded = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
const decoded = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

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

  keep(value) {
    return this.then(async () => {
      if (!this.key) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(value));
      const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, text);
      localStorage.setItem(this.name, `${coded(iv)}.${coded(closed)}`);
      this.kept = true;
    });
  }

  drop() {
    return this.then(() => {
      localStorage.removeItem(this.name);
      localStorage.removeItem(`${this.name}:sent`);
      this.kept = false;
    });
  }

  // The form was sent by its button; what it was filled from tells later whether it arrived.
  sent(base) {
    if (this.kept) localStorage.setItem(`${this.name}:sent`, base);
  }

  wasSent() {
    return localStorage.getItem(`${this.name}:sent`);
  }

  async read() {
    try {
      const stored = localStorage.getItem(this.name);
      if (!stored || !this.key) return null;
      const [iv, closed] = stored.split(".").map(decoded);
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.key, closed);
      this.kept = true;
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return null; // of another password, or not ours
    }
  }
}
