// Adds an empty row to a table of forms: <button data-add-row="skus">, <template id="template-skus">, <tbody id="rows-skus">.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  const name = button.dataset.addRow;
  const total = document.getElementById(`id_${name}-TOTAL_FORMS`);
  const row = document.getElementById(`template-${name}`).content.firstElementChild.cloneNode(true);
  row.innerHTML = row.innerHTML.replaceAll("__prefix__", total.value);
  const body = document.getElementById(`rows-${name}`);
  const heads = body.closest("table").querySelectorAll("thead th");
  row.querySelectorAll("td").forEach((cell, index) => {
    const field = cell.querySelector("input, select, textarea");
    if (field) field.setAttribute("aria-label", `${heads[index].textContent} ${Number(total.value) + 1}`);
  });
  body.append(row);
  total.value = Number(total.value) + 1;
  row.querySelector("input, select")?.focus();
});
