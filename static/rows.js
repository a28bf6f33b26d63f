// Adds and removes rows in place. Without this script the same buttons send the form, and the server does it.
import { announce } from "./announce.js";

const NAMED = ["id", "name", "for", "value", "aria-describedby", "aria-labelledby"];

const rowsOf = (group) => [...group.querySelectorAll("[data-row]")]
  .filter((row) => row.closest("[data-rows]") === group);

// costs.3.name -> costs.1.name, everywhere in the row where such a name stands.
function number(row, prefix, index) {
  const old = new RegExp(`(^|\\s)${prefix.replaceAll(".", "\\.")}\\.\\d+(?=[.\\s-]|$)`, "g");
  const renamed = (text) => text.replace(old, `$1${prefix}.${index}`);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of NAMED) {
      // what a person typed or chose is not a name
      if (attribute === "value" && element.name !== "_remove" && element.name !== "_add") continue;
      if (element.hasAttribute(attribute)) {
        element.setAttribute(attribute, renamed(element.getAttribute(attribute)));
      }
    }
    if (element.hasAttribute("data-row-number")) element.textContent = String(index + 1);
  }
}

function forget(input, ending) {
  const ids = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.endsWith(ending));
  if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "));
  else input.removeAttribute("aria-describedby");
}

// A field that follows from another part of the form is typed in a new row, whose hint would not be true.
function unlock(input) {
  input.readOnly = false;
  forget(input, "-hint");
  input.closest(".field")?.querySelector(".hint")?.remove();
}

function clear(row) {
  for (const input of row.querySelectorAll("input, select, textarea")) {
    if (input.type === "checkbox" || input.type === "radio") {
      input.checked = false;
    } else if (input.tagName === "SELECT") {
      input.selectedIndex = 0;
    } else {
      input.value = "";
      input.defaultValue = "";
    }
    input.removeAttribute("aria-invalid");
    forget(input, "-error");
    if (input.readOnly) unlock(input);
  }
  for (const error of row.querySelectorAll(".field-error")) error.remove();
  for (const field of row.querySelectorAll(".has-error")) field.classList.remove("has-error");
  for (const value of row.querySelectorAll("[data-value]:not(input)")) value.textContent = "";
}

const firstInput = (row) => row?.querySelector("input:not([type=hidden]), select, textarea");

function changed(group) {
  group.dispatchEvent(new Event("input", { bubbles: true }));
}

function add(group) {
  const rows = rowsOf(group);
  const last = rows.at(-1);
  if (!last) return false; // nothing to copy: let the server do it
  const row = last.cloneNode(true);
  clear(row);
  number(row, group.dataset.rows, rows.length);
  last.after(row);
  firstInput(row)?.focus();
  announce(`Dodano wiersz ${rows.length + 1}.`);
  changed(group);
  return true;
}

function remove(group, row) {
  const rows = rowsOf(group);
  const at = rows.indexOf(row);
  if (at < 0) return false;
  if (rows.length === 1) {
    clear(row);
    firstInput(row)?.focus();
  } else {
    row.remove();
    rowsOf(group).forEach((other, index) => number(other, group.dataset.rows, index));
    const near = rowsOf(group)[Math.min(at, rows.length - 2)];
    firstInput(near)?.focus();
  }
  announce(`Usunięto wiersz ${at + 1}.`);
  changed(group);
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[name=_add], button[name=_remove]");
  const group = button?.closest("[data-rows]");
  if (!group) return;
  const done = button.name === "_add" ? add(group) : remove(group, button.closest("[data-row]"));
  if (done) event.preventDefault();
});
