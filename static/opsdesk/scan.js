// Counting a delivery without a mouse: whatever is typed outside a field goes into the first one; Enter goes on to the next
// field and, in the last one, counts; lot, use-by day and location of the last piece stay for the next.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-scan]");
  if (!form) return;
  const fields = [...form.querySelectorAll("[data-scan-field]")];
  const kept = `scan:${form.dataset.scan}`;
  const stays = ["location"];

  const last = JSON.parse(sessionStorage.getItem(kept) || "{}");
  fields.forEach((field) => {
    if (stays.includes(field.name) && !field.value) field.value = last[field.name] || "";
  });
  const wrong = form.querySelector("[role=alert]")?.parentElement?.querySelector("[data-scan-field]");
  const start = wrong || fields[0];
  start.focus();
  start.select();

  form.addEventListener("keydown", (event) => {
    const at = fields.indexOf(event.target);
    if (event.key !== "Enter" || at < 0 || at === fields.length - 1) return;
    event.preventDefault();
    fields[at + 1].focus();
    fields[at + 1].select?.();
  });

  form.addEventListener("submit", () => {
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    sessionStorage.setItem(kept, JSON.stringify(values));
  });

  document.addEventListener("keydown", (event) => {
    const elsewhere = !event.target.closest("input, select, textarea, a, button, summary");
    if (elsewhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) fields[0].focus();
  });
});
