// What pages do without a circuit: the theme, menus, the chosen project, and coming back after the connection or the server was gone.

const root = document.documentElement;

// The address of the connection stands where base.js says that everything does.
Blazor.start({ circuit: { configureSignalR: connection => connection.withUrl('/_blazor') } });

// The secret of a link (an invitation, an address to be confirmed, a new password) stands behind the hash sign, which is never
// sent. It is taken out of the address at once, and brought to the portal, which keeps it for an hour where no script reads it
// (LinkSecrets.cs). A page that is another with it, and still shown, is loaded then; not again as it was, which may have been the answer
// to a form.
async function keepSecret() {
  if (!/^#portal_(inv|mail|reset)_/.test(location.hash)) return;
  const [secret, page] = [location.hash.slice(1), location.pathname + location.search];
  history.replaceState(history.state, '', page);
  try {
    await fetch('/links',
      { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret }) });
    const shown = location.pathname + location.search === page && document.querySelector('[data-link]');
    if (shown) location.replace(page);
  } catch {
    // No answer. Loading the page again tries once more.
    history.replaceState(history.state, '', `${page}#${secret}`);
  }
}

keepSecret();
addEventListener('hashchange', keepSecret);

document.addEventListener('click', event => {
  const choice = event.target.closest?.('[data-theme-choice]')?.dataset.themeChoice;
  if (choice) setTheme(choice);
  const project = event.target.closest?.('[data-project-choice]')?.dataset.projectChoice;
  if (project) {
    keep('portal-project', project, 31536000);
    location.assign('/');
  }
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
  keep('portal-theme', choice, choice === 'auto' ? 0 : 31536000);
  if (choice === 'auto') root.removeAttribute('data-theme');
  else root.dataset.theme = choice;
}

function keep(name, value, age) {
  // As CookieNames has it; what an older portal kept under the plain name is gone then.
  const plain = `path=/; max-age=${age}; samesite=strict`;
  if (location.protocol !== 'https:') document.cookie = `${name}=${value}; ${plain}`;
  else {
    document.cookie = `__Host-${name}=${value}; ${plain}; secure`;
    document.cookie = `${name}=; path=/; max-age=0; secure`;
  }
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
  await copy(button.dataset.copy);
  button.dataset.copied = '';
  setTimeout(() => delete button.dataset.copied, 1600);
});

// The clipboard's own interface is only there over https and on this machine; the old way works everywhere.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'sr' });
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

// Times go on without asking the server. The text node is kept, since Blazor holds on to it. Words as in Format.cs.
setInterval(() => {
  const now = Date.now();
  for (const element of document.querySelectorAll('[data-since]'))
    say(element, duration(now - Date.parse(element.dataset.since)));
  for (const element of document.querySelectorAll('time[data-ago]'))
    say(element, ago(now - Date.parse(element.dateTime)));
}, 1000);

function say(element, words) {
  if (words && element.firstChild && element.firstChild.data !== words) element.firstChild.data = words;
}

function duration(ms) {
  const s = Math.max(0, ms / 1000), pad = number => String(Math.floor(number)).padStart(2, '0');
  if (s < 60) return `${Math.floor(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${pad(s % 60)} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${pad(s % 3600 / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor(s % 86400 / 3600)} h`;
}

function ago(ms) {
  const s = Math.floor(ms / 1000);
  if (s < 10) return 'just now';
  if (s < 60) return `${s} s ago`;
  if (s < 3600) return `${Math.floor(s / 60)} min ago`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ago`;
  if (s < 30 * 86400) return `${Math.floor(s / 86400)} d ago`;
  return null; // older ones are dates, which stay
}
