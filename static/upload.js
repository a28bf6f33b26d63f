// Sends a file without leaving the page: how far it is, and where it stands afterwards. Without this script
// the same form sends the file and the server shows the same page.
//   form[data-upload][data-most]   one file; the most bytes it may have; data-email: whose session it was
//   [data-upload-state]            where the form says what is going on
//   [data-attachments]             the part of the page that comes back with the answer
// A large file goes in pieces (pieces.js).
import { announce } from "./announce.js";
import { megabytes, sendPieces } from "./pieces.js";
import { signIn } from "./sign_in_again.js";

const PATIENCE = 20_000;

function say(form, text) {
  const place = form.querySelector("[data-upload-state]");
  if (place) place.textContent = text;
  announce(text);
}

function progress(form) {
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", "Wysyłanie pliku");
  form.querySelector("[data-upload-state]")?.after(bar);
  return bar;
}

function show(form, html, word) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector("[data-attachments]");
  const old = document.querySelector("[data-attachments]");
  if (!next || !old) {
    say(form, word ?? "Nie wiadomo, czy plik dotarł. Odśwież stronę: lista pokaże, co jest dołączone.");
    return;
  }
  const id = form.closest("section")?.id;
  // What is still being sent from another place of the page goes on there.
  for (const other of old.querySelectorAll("form[data-sending]")) {
    next.querySelector(`#${other.closest("section").id} form[data-upload]`)?.replaceWith(other);
  }
  old.replaceWith(next);
  if (word) {
    const again = id && document.getElementById(id)?.querySelector("form[data-upload]");
    if (again) say(again, word);
    return;
  }
  const flash = page.querySelector(".flash-place");
  const here = document.querySelector(".flash-place");
  if (flash && here) here.innerHTML = flash.innerHTML;
  announce(flash?.textContent.trim() || next.querySelector(".error-summary")?.textContent.trim() || "");
  const summary = next.querySelector(".error-summary");
  (summary ?? (id ? document.getElementById(id)?.querySelector("input[type=file]") : null))?.focus();
}

// What the server says of a request that it refused as a whole; nothing for a page, or for what a proxy says.
function sentence(text) {
  try {
    const said = JSON.parse(text);
    return Object.values(said.errors ?? {})[0] ?? said.error;
  } catch {
    return undefined;
  }
}

// No answer came, or one of a server in trouble, and the file may have arrived all the same: the list is read again before anything is said of it.
async function unsure(form, file, why = "Połączenie się zerwało.") {
  say(form, `${why} Sprawdzamy, czy plik „${file.name}” dotarł…`);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && !answer.redirected) {
      const word = `${why} Lista pokazuje, co dotarło: jeśli nie ma na niej pliku „${file.name}”, wyślij go jeszcze raz.`;
      return show(form, await answer.text(), word);
    }
  } catch {
    // said below
  }
  return say(form, `${why} Nie wiadomo, czy plik „${file.name}” dotarł. Sprawdź połączenie i odśwież stronę: lista pokaże, co jest dołączone.`);
}

function send(form, file) {
  const request = new XMLHttpRequest();
  const bar = progress(form);
  const button = form.querySelector("button[type=submit]");
  const over = () => {
    bar.remove();
    button.disabled = false;
    delete form.dataset.sending;
  };
  const failed = () => {
    over();
    unsure(form, file);
  };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    if (event.loaded === event.total) say(form, "Wysłano. Sprawdzamy plik…");
  });
  request.addEventListener("load", () => {
    over();
    const refused = sentence(request.responseText);
    if (request.status === 401 && form.dataset.email) again(form, file);
    else if (request.status >= 500) unsure(form, file, refused);
    else if (refused) say(form, `Pliku „${file.name}” nie dołączono. ${refused}`);
    else show(form, request.responseText);
  });
  request.addEventListener("error", failed);
  request.addEventListener("abort", failed);
  button.disabled = true;
  form.dataset.sending = "";
  say(form, `Wysyłamy plik „${file.name}” (${megabytes(file.size)})…`);
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json"); // a refusal; a page that shows the form comes as it is
  request.send(new FormData(form));
}

// The session ended: the file is still chosen here, so after the password it is sent once more.
async function again(form, file) {
  say(form, `Sesja się skończyła i pliku „${file.name}” nie zapisano. Podaj hasło, a wyślemy go jeszcze raz.`);
  const token = await signIn(form.dataset.email, form.elements.namedItem("_token").value);
  if (token === null) return;
  for (const field of document.querySelectorAll("input[name=_token]")) field.value = token;
  send(form, file);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-upload]")) return;
  const file = form.querySelector("input[type=file]")?.files[0];
  if (!file) return; // the server says it
  event.preventDefault();
  const most = Number(form.dataset.most);
  if (most && file.size > most) {
    say(form, `Plik „${file.name}” ma ${megabytes(file.size)}, a może mieć najwyżej ${megabytes(most)}. Zmniejsz go albo podziel.`);
    return;
  }
  if (form.dataset.pieces && file.size > Number(form.dataset.piece)) sendPieces(form, file, show);
  else send(form, file);
});
