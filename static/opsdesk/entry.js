// Prices and stock follow what is written, and the button that enters the order works once.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("entry");
  if (!form) return;
  let asked = 0;

  // The same page says what the rows are and cost; only the cells that show it are exchanged, never what is being written.
  const look = async () => {
    const number = ++asked;
    const body = new FormData(form);
    body.set("step", "check");
    const answer = await fetch(form.action || location.href, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok || number !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.querySelectorAll("[data-live]").forEach((cell) => {
      const fresh = page.querySelector(`[data-live="${cell.dataset.live}"]`);
      if (fresh) cell.replaceChildren(...fresh.childNodes);
    });
  };

  form.addEventListener("change", (event) => {
    if (/^(sku|quantity|price)_\d+$|^shop$/.test(event.target.name)) look().catch(() => {});
  });
  form.addEventListener("submit", (event) => {
    if (!event.submitter || !event.submitter.hasAttribute("data-once")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
});
