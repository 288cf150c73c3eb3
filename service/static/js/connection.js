// What waits in this page while the line is down: a bar under the head says how much, leaving warns.
const bar = document.getElementById("connexion");
let waiting = 0;
let down = !navigator.onLine;

export function watchTheLine() {
  addEventListener("online", () => tell(false));
  addEventListener("offline", () => tell(true));
  addEventListener("beforeunload", (event) => { if (down && waiting) event.preventDefault(); });
  draw();
}

export function isWaiting() { return waiting > 0; }

export function waits(more) { waiting += more; draw(); }

export function tell(isDown) { down = isDown; draw(); }

// Resolves when it is worth trying again.
export function back() {
  tell(true);
  return new Promise((resolve) => {
    const again = setTimeout(resolve, 3000);
    addEventListener("online", () => { clearTimeout(again); resolve(); }, { once: true });
  });
}

function draw() {
  if (!bar) return;
  bar.hidden = !down;
  const { none, one, many } = bar.dataset;
  bar.textContent = waiting === 0 ? none : waiting === 1 ? one : many.replace("{n}", waiting);
}
