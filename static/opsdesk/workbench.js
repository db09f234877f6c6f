// The workbench: j/k move through the queue, r reply, n note, e resolve; what comes in shows within a second.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const bench = document.querySelector(".od-bench");
  if (!bench) return;
  const news = document.getElementById("bench-news");
  const body = document.getElementById("bench-body");
  const presence = document.getElementById("bench-presence");
  const lookup = document.getElementById("bench-lookup");
  const question = document.getElementById("bench-question");
  const title = document.title;
  const PAUSE = 500; // milliseconds between two questions
  const LOOK = 10; // every tenth question says that this ticket is still open here
  const SIGN = 5; // and another one of ten that the agent's page is open at all
  let newest = bench.dataset.newest;
  const heard = new Set(bench.dataset.heard.split(",").map(Number)); // messages that were shown already
  let unread = 0;
  let asked = 0;

  const rows = () => [...bench.querySelectorAll("[data-queue-row]")];
  const go = (step) => {
    const all = rows();
    const at = all.findIndex((row) => row.classList.contains("od-chosen"));
    const next = all[Math.max(0, Math.min(at + step, all.length - 1))];
    if (next) next.click();
  };

  const ring = () => {
    try {
      const sound = new AudioContext();
      const tone = sound.createOscillator();
      tone.frequency.value = 880;
      tone.connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.15);
      tone.onended = () => sound.close();
    } catch { /* a browser without sound still shows it */ }
  };

  const show = (item) => {
    news.querySelector(`[data-queue-row="${item.id}"]`)?.closest("li").remove();
    const link = document.createElement("a");
    link.className = "od-bench-row od-bench-new";
    link.href = item.url;
    link.dataset.queueRow = item.id;
    const subject = document.createElement("b");
    subject.textContent = item.subject;
    const number = document.createElement("span");
    number.className = "od-muted";
    number.textContent = ` ${item.number}`;
    link.append(subject, number);
    const line = document.createElement("li");
    line.append(link);
    news.prepend(line);
  };

  const refresh = async () => { // the conversation alone: what is being typed stays
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.getElementById("bench-said");
    if (!said) return;
    document.getElementById("bench-said").replaceWith(said);
    document.querySelector("[name=seen]").value = page.querySelector("[name=seen]").value;
    said.scrollTop = said.scrollHeight;
    const answers = page.getElementById("bench-answers");
    if (answers && !question?.value) document.getElementById("bench-answers")?.replaceWith(answers);
  };

  const stand = (told) => {
    presence.querySelectorAll("[name=state]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.value === told.state));
    });
    document.getElementById("bench-online").textContent = told.online;
  };
  presence?.addEventListener("submit", async (event) => { // without leaving the page: what is being typed stays
    event.preventDefault();
    const failed = document.getElementById("bench-presence-failed");
    const fields = new FormData(presence, event.submitter);
    try {
      const answer = await fetch(presence.action, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch" } });
      failed.hidden = answer.ok && !answer.redirected;
      if (failed.hidden) stand(await answer.json());
    } catch {
      failed.hidden = false;
    }
  });

  const insert = (button) => { // where the cursor is, on a line of its own
    const text = button.closest("[data-answer]").querySelector("[data-answer-text]").textContent;
    const before = body.value.slice(0, body.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n" : "";
    body.setRangeText(gap + text, body.selectionStart, body.selectionEnd, "end");
    body.focus();
  };
  bench.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button && body) insert(button);
  });
  let lookups = 0;
  lookup?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mine = ++lookups;
    try {
      const answer = await fetch(`${lookup.dataset.answers}?q=${encodeURIComponent(question.value)}`);
      if (!answer.ok || answer.redirected) return lookup.submit();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === lookups) document.getElementById("bench-answers").replaceChildren(...page.body.children);
    } catch { /* the network comes back */ }
  });

  const ask = async () => {
    const look = bench.dataset.ticket && asked % LOOK === 0 ? 1 : 0;
    const sign = presence && asked % LOOK === SIGN ? 1 : 0;
    asked += 1;
    try {
      const answer = await fetch(`${bench.dataset.feed}?after=${newest}&ticket=${bench.dataset.ticket}&look=${look}&sign=${sign}`);
      if (answer.ok && !answer.redirected) {
        const told = await answer.json();
        newest = told.last;
        const fresh = told.news.filter((item) => !heard.has(item.message));
        fresh.forEach((item) => heard.add(item.message));
        fresh.forEach(show);
        if (fresh.length) {
          unread += fresh.length;
          document.title = `(${unread}) ${title}`;
          ring();
          if (fresh.some((item) => item.id === bench.dataset.ticketId)) await refresh();
        }
        if (told.presence) stand(told.presence);
        if ("viewing" in told) {
          const notice = document.getElementById("bench-viewing");
          notice.textContent = told.viewing;
          notice.hidden = !told.viewing;
        }
      }
    } catch { /* the network comes back */ }
    setTimeout(ask, PAUSE);
  };

  const resolve = () => bench.querySelector('[data-command=resolve]')?.click();
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    r: () => body?.focus(),
    n: () => { body?.focus(); bench.querySelector("button[value=note]")?.classList.add("od-primary"); },
    e: resolve,
    i: () => bench.querySelector("[data-insert]")?.click(),
    a: () => question?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key === "Escape") return typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.getElementById("bench-macro")?.addEventListener("change", (event) => {
    body.value = event.target.value;
    body.focus();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    unread = 0;
    document.title = title;
  });
  const said = document.getElementById("bench-said");
  if (said) said.scrollTop = said.scrollHeight;
  ask();
});
