// Says ten minutes before it that the session will end, however much is typed. Counts by the server's clock.
const WARN_BEFORE = 600_000;
const serverNow = Date.parse(document.body.dataset.now ?? "");
const offset = Number.isNaN(serverNow) ? 0 : serverNow - Date.now();
const band = document.querySelector("[data-session-ends]");

function update() {
  const left = Date.parse(band.dataset.sessionEnds) - (Date.now() + offset);
  band.hidden = left > WARN_BEFORE || left <= 0;
}

if (band) {
  update();
  setInterval(update, 10_000);
  // The password was given again in place: a new session has its own end.
  document.addEventListener("session", ({ detail }) => {
    band.dataset.sessionEnds = detail.iso;
    band.textContent = detail.text;
    update();
  });
}
