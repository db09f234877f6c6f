// The form of a listing: the fields of the chosen category, and how complete it is while somebody writes.
(() => {
  const form = document.getElementById("listing-form");
  if (!form) return;
  const asked = document.getElementById("category-fields");
  const progress = document.getElementById("listing-progress");

  form.elements.category.addEventListener("change", async (event) => {
    const kept = new Map([...asked.querySelectorAll("input, select, textarea")].map((field) => [field.name, field.value]));
    const answer = await fetch(`${asked.dataset.url}?category=${encodeURIComponent(event.target.value)}`);
    if (!answer.ok) return;
    asked.innerHTML = await answer.text();
    asked.querySelectorAll("input, select, textarea").forEach((field) => {
      if (kept.has(field.name)) field.value = kept.get(field.name);
    });
    check();
  });

  let waiting;
  let latest = 0;
  async function check() {
    const mine = ++latest;
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    if (answer.ok && mine === latest) {
      const open = progress.querySelector("details")?.open;
      progress.innerHTML = await answer.text();
      if (open) progress.querySelector("details")?.setAttribute("open", "");
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 800);
  });
})();
