// Bars between panels: the pointer drags them, arrow keys, Home and End move them, a double click resets them.
// A size is a custom property of the frame (--ticket, --desk, --drawer), remembered by this browser.

const STEP = 16;
const KEPT = "panes";

export function startPanes(frame) {
  const kept = read();
  for (const bar of frame.querySelectorAll("[role=separator]")) {
    if (kept[bar.dataset.size]) resize(frame, bar, kept[bar.dataset.size]);
    bar.addEventListener("keydown", (event) => move(frame, bar, event));
    bar.addEventListener("pointerdown", (event) => drag(frame, bar, event));
    bar.addEventListener("dblclick", () => settle(frame, bar, Number(bar.dataset.usual)));
  }
}

const now = (bar) => Number(bar.ariaValueNow);
const lies = (bar) => bar.ariaOrientation === "horizontal";

function resize(frame, bar, size) {
  bar.ariaValueNow = Math.round(Math.min(Math.max(size, Number(bar.ariaValueMin)), Number(bar.ariaValueMax)));
  frame.style.setProperty(`--${bar.dataset.size}`, `${bar.ariaValueNow}px`);
}

function settle(frame, bar, size) {
  resize(frame, bar, size);
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...read(), [bar.dataset.size]: now(bar) }));
  } catch { /* then the size holds for this visit */ }
}

function move(frame, bar, event) {
  const grows = Number(bar.dataset.grows) * STEP;
  const [less, more] = lies(bar) ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  const to = {
    [more]: now(bar) + grows,
    [less]: now(bar) - grows,
    Home: Number(bar.ariaValueMin),
    End: Number(bar.ariaValueMax),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  settle(frame, bar, to);
}

function drag(frame, bar, event) {
  const at = lies(bar) ? "clientY" : "clientX";
  const [from, size] = [event[at], now(bar)];
  const to = (moved) => size + (moved[at] - from) * Number(bar.dataset.grows);
  const follow = (moved) => resize(frame, bar, to(moved));
  const drop = () => {
    bar.removeEventListener("pointermove", follow);
    settle(frame, bar, now(bar));
  };
  bar.setPointerCapture(event.pointerId);
  bar.addEventListener("pointermove", follow);
  bar.addEventListener("lostpointercapture", drop, { once: true });
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}
