// What pages do without a circuit: the theme, menus, and coming back after the connection or the server was gone.

const root = document.documentElement;

document.addEventListener('click', event => {
  const choice = event.target.closest?.('[data-theme-choice]')?.dataset.themeChoice;
  if (choice) setTheme(choice);
  for (const menu of document.querySelectorAll('details[data-menu][open]'))
    if (!menu.contains(event.target) || event.target.closest('a')) menu.open = false;
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

function setTheme(choice) {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  const age = choice === 'auto' ? 0 : 31536000;
  document.cookie = `portal-theme=${choice}; path=/; max-age=${age}; samesite=strict${secure}`;
  if (choice === 'auto') root.removeAttribute('data-theme');
  else root.dataset.theme = choice;
}

// Blazor tells its state by classes of this element. "failed" means it gave up; "rejected" that the server is back but knows
// the page no more (it was restarted): then only loading again helps.
const reconnect = document.getElementById('components-reconnect-modal');
let waiting = false;

new MutationObserver(() => {
  const state = [...reconnect.classList].find(name => name.startsWith('components-reconnect-'))?.slice(21);
  if (state === 'rejected') location.reload();
  else if (state === 'hide') document.body.dataset.live = 'true';
  else if (state) delete document.body.dataset.live;
  if (state === 'show' || state === 'failed') comeBack();
}).observe(reconnect, { attributes: true, attributeFilter: ['class'] });

// Blazor's own tries grow far apart. This asks once a second whether the server answers, and has it try at once when it does.
async function comeBack() {
  if (waiting) return;
  waiting = true;
  while (document.body.dataset.live !== 'true') {
    await new Promise(next => setTimeout(next, 1000));
    if (!await answers()) continue;
    try {
      if (document.body.dataset.live !== 'true' && !await Blazor.reconnect()) location.reload();
    } catch {
      location.reload();
    }
  }
  waiting = false;
}

async function answers() {
  try {
    return (await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false; // no answer yet: the loop asks again
  }
}

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.copied = '';
  setTimeout(() => delete button.dataset.copied, 1600);
});
