// A scanner is a keyboard that ends with Enter. Whatever it types, wherever the focus is, is one code: on a page with
// form[data-scan-station] it is posted at once, and the answer is said in words, colour and sound; on a page with
// form[data-scan-open] it is looked up. Scans wait for each other, so none is lost and their order is kept.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const station = document.querySelector("form[data-scan-station]");
  const form = station || document.querySelector("form[data-scan-open]");
  if (!form) return;
  const field = form.querySelector("input[name=code]");
  const says = document.getElementById("scan-says");
  const state = document.getElementById("scan-state");
  let typed = "";
  let queue = Promise.resolve();
  let sound;

  const tone = (frequency, seconds, after = 0) => {
    sound = sound || new AudioContext();
    const wave = sound.createOscillator();
    const volume = sound.createGain();
    volume.gain.value = 0.3;
    wave.type = "square";
    wave.frequency.value = frequency;
    wave.connect(volume).connect(sound.destination);
    wave.start(sound.currentTime + after);
    wave.stop(sound.currentTime + after + seconds);
  };
  const right = () => tone(1200, 0.08);
  const wrong = () => [0, 0.25, 0.5].forEach((after) => tone(220, 0.2, after));

  const tell = (ok, text) => {
    says.textContent = text;
    says.classList.toggle("od-right", ok);
    says.classList.toggle("od-wrong", !ok);
    document.body.classList.toggle("od-stop", !ok);
    if (ok) right(); else wrong();
  };

  const post = async (code) => {
    const body = new FormData(form);
    body.set("code", code);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Scan": "1" } });
      const said = await answer.json();
      state.innerHTML = said.html;
      tell(said.ok, said.text);
      if (said.finished) {
        form.hidden = true;
        document.querySelector("#pack-check input[type=checkbox]")?.focus();
      }
    } catch {
      tell(false, form.dataset.lost);
    }
  };

  const take = (code) => {
    if (!code) return;
    if (!station) {
      field.value = code;
      form.submit();
      return;
    }
    queue = queue.then(() => post(code));
  };

  form.addEventListener("submit", (event) => {
    if (!station) return;
    event.preventDefault();
    take(field.value.trim());
    field.value = "";
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || form.hidden) return;
    if (event.key === "Enter" && typed) {
      event.preventDefault();
      take(typed.trim());
      typed = "";
    } else if (event.key.length === 1 && !(event.key === " " && event.target.closest("input, button, a, summary"))) {
      typed += event.key;
    } else if (event.key === "Escape") {
      typed = "";
    }
  });
});
