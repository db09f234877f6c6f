// A page that waits for the worker loads itself again after the seconds that it names: <p data-reload="3">.
const waiting = document.querySelector("[data-reload]");
if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.reload) * 1000);
