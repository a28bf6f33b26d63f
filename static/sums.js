// Live sums. The server recomputes them: these are only for the eye.
//   [data-sum="costs"]                         a number that counts towards costs
//   [data-total="costs"]                       where the sum of costs is shown
//   [data-units] × [data-unit-cost] = [data-value]   within one row
// Numbers are whole ten-thousandths, so that nothing is lost on the way.
const SCALE = 10_000n;
const NARROW_SPACE = "\u202f";

// "12 345,67", "12345.67" and "12.345,67" are one number; an empty field and a word are none.
export function parse(text) {
  const bare = text.replaceAll(/[\s\u00a0\u202f]|zł|godz\./g, "");
  if (!/^-?\d[\d.,]*$/.test(bare)) return null;
  const at = Math.max(bare.lastIndexOf(","), bare.lastIndexOf("."));
  const whole = (at < 0 ? bare : bare.slice(0, at)).replaceAll(/[.,]/g, "");
  const part = at < 0 ? "" : bare.slice(at + 1);
  const digits = part.slice(0, 4).padEnd(4, "0");
  const size = BigInt(whole.replace("-", "") || "0") * SCALE + BigInt(digits);
  return bare.startsWith("-") ? -size : size;
}

export function format(number) {
  const size = number < 0n ? -number : number;
  const cents = (size + 50n) / 100n;
  const whole = String(cents / 100n).replaceAll(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  return `${number < 0n ? "−" : ""}${whole},${String(cents % 100n).padStart(2, "0")}`;
}

const read = (element) => parse(element.value ?? element.textContent ?? "");

function write(element, number) {
  const text = number === null ? "" : format(number);
  if ("value" in element && element.tagName === "INPUT") element.value = text;
  else element.textContent = text && `${text}${element.dataset.suffix ?? `${NARROW_SPACE}zł`}`;
}

function multiply(scope) {
  for (const value of scope.querySelectorAll("[data-value]")) {
    const line = value.closest("[data-row], tr, fieldset");
    const units = line?.querySelector("[data-units]");
    const cost = line?.querySelector("[data-unit-cost]");
    if (!units || !cost) continue;
    const a = read(units);
    const b = read(cost);
    write(value, a === null || b === null ? null : (a * b + SCALE / 2n) / SCALE);
  }
}

function total(scope) {
  const sums = new Map();
  for (const element of scope.querySelectorAll("[data-sum]")) {
    const group = element.dataset.sum;
    sums.set(group, (sums.get(group) ?? 0n) + (read(element) ?? 0n));
  }
  for (const element of scope.querySelectorAll("[data-total]")) {
    write(element, sums.get(element.dataset.total) ?? 0n);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form");
  if (!form?.querySelector("[data-total], [data-value]")) return;
  multiply(form);
  total(form);
});
