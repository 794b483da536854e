// Opens and closes the browser's own dialogs.
export function open(dialog) {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('[data-first], input, select, textarea, .dialog-foot button')?.focus();
}

export function close(dialog) {
  if (dialog.open) dialog.close();
}
