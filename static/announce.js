// Says a short sentence to people who do not see the page change.
export function announce(text) {
  const place = document.querySelector("[data-announce]");
  if (place) place.textContent = text;
}
