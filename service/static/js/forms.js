// After a refused form the summary has the focus, so that it is read first.
export function focusFirstProblem(root) {
  root.querySelector("[data-focus]")?.focus();
}
