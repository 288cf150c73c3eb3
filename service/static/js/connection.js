// A bar under the head while there is no connection; forms keep what was typed.
export function announceLostConnection(bar) {
  if (!bar) return;
  const show = () => { bar.hidden = navigator.onLine; };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
