// "?" opens the handbook's page of the present screen, wherever nobody is writing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const place = event.target;
  if (place instanceof Element && (place.isContentEditable || place.closest("input, textarea, select"))) return;
  const link = document.getElementById("od-help");
  if (!link) return;
  event.preventDefault();
  window.location.assign(link.href);
});
