// A scanner types a code and Enter: go to the row of that SKU or barcode, and to its number.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-find-row]");
  if (!box) return;
  const said = document.querySelector("[data-find-result]");
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const code = box.value.trim();
    const row = [...document.querySelectorAll("[data-row]")].find((one) => code && (one.dataset.row === code || one.dataset.barcode === code));
    said.textContent = row ? "" : said.dataset.missing;
    box.value = "";
    if (!row) return;
    const field = row.querySelector("input[type=number]");
    field.focus();
    field.select();
  });
  // Enter in a number goes back to the scanner's box instead of sending the form
  document.querySelectorAll("[data-row] input[type=number]").forEach((field) => field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    box.focus();
  }));
});
