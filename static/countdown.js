// Keeps "zostało: …" true while the page is open. Counts by the server's clock, not the reader's.
const serverNow = Date.parse(document.body.dataset.now ?? "");
const offset = Number.isNaN(serverNow) ? 0 : serverNow - Date.now();

export function left(milliseconds) {
  if (milliseconds <= 0) return "termin minął";
  const minutes = Math.ceil(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const parts = days > 0
    ? [`${days} ${days === 1 ? "dzień" : "dni"}`, hours > 0 && `${hours} godz.`]
    : [hours > 0 && `${hours} godz.`, rest > 0 && `${rest} min`];
  return `zostało: ${parts.filter(Boolean).join(" ")}`;
}

function update() {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const place = time.parentElement.querySelector("[data-left]");
    const deadline = Date.parse(time.dateTime);
    if (place && !Number.isNaN(deadline)) place.textContent = left(deadline - (Date.now() + offset));
  }
}

if (document.querySelector("time[data-countdown]")) {
  update();
  setInterval(update, 20_000);
}
