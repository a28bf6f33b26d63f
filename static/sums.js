// Live sums. The server recomputes them: these are only for the eye.
//   [data-sum="costs all"]                     a number that counts towards costs and all
//   [data-by]                                  in a row with the choice "2" its numbers count towards costs:2 too
//   [data-total="costs"]                       where the sum of costs is shown; data-whole: no money, whole points
//   [data-total="x"][data-is="all"][data-less="costs"]   where all less costs is shown
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
  const whole = "whole" in element.dataset;
  const text = number === null ? "" : whole ? String(number / SCALE) : format(number);
  if ("value" in element && element.tagName === "INPUT") element.value = text;
  else element.textContent = text && `${text}${element.dataset.suffix ?? (whole ? "" : `${NARROW_SPACE}zł`)}`;
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

function sumsOf(scope) {
  const sums = new Map();
  const add = (group, number) => sums.set(group, (sums.get(group) ?? 0n) + number);
  for (const element of scope.querySelectorAll("[data-sum]")) {
    const number = read(element) ?? 0n;
    const by = element.closest("[data-row]")?.querySelector("[data-by]")?.value;
    for (const group of element.dataset.sum.split(" ")) {
      add(group, number);
      if (by) add(`${group}:${by}`, number);
    }
  }
  return sums;
}

function total(scope) {
  const sums = sumsOf(scope);
  const of = (group) => sums.get(group) ?? 0n;
  for (const element of scope.querySelectorAll("[data-total]")) {
    const { total, is, less } = element.dataset;
    write(element, less ? of(is) - of(less) : of(total));
  }
}

// The sum of the fields with these names.
const fields = (scope, names) => names.split(" ")
  .reduce((sum, name) => sum + (read(scope.elements.namedItem(name) ?? { value: "" }) ?? 0n), 0n);

//   [data-plus="a b"]                          the sum of the fields a and b
//   [data-share="a b"][data-of="costs"]        their share of the sum of costs, in percent
function shares(form) {
  for (const element of form.querySelectorAll("[data-plus]")) write(element, fields(form, element.dataset.plus));
  const sums = sumsOf(form);
  for (const element of form.querySelectorAll("[data-share]")) {
    const whole = sums.get(element.dataset.of) ?? 0n;
    const part = fields(form, element.dataset.share);
    element.textContent = whole > 0n ? `${format((part * 100n * SCALE + whole / 2n) / whole)}%` : "";
  }
}

//   [data-cap][data-follows="grant"]           the cap beside the money: limit, offer, rate of an hour
function cap(form) {
  const figure = form.querySelector("[data-cap][data-follows]");
  if (!figure) return;
  const part = (name) => figure.querySelector(`[data-cap-${name}]`);
  const limit = parse(figure.dataset.limit) ?? 0n;
  const offer = fields(form, figure.dataset.follows);
  const minutes = BigInt(figure.dataset.minutes);
  const over = offer > limit;
  write(part("offer"), offer);
  write(part("rest"), over ? offer - limit : limit - offer);
  part("label").textContent = over ? "ponad limit" : "wolne do limitu";
  if (minutes > 0n && part("rate")) {
    const cents = (offer / 100n * BigInt(figure.dataset.unit) + minutes / 2n) / minutes;
    part("rate").textContent = `${format(cents * 100n)}${NARROW_SPACE}zł/h`;
  }
  const percent = over || limit === 0n ? 100n : offer * 100n / limit;
  part("bar").setAttribute("width", `${percent}%`);
  part("bar").setAttribute("class", over ? "error" : "accent");
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form");
  if (!form?.querySelector("[data-total], [data-value], [data-cap]")) return;
  multiply(form);
  total(form);
  shares(form);
  cap(form);
});
