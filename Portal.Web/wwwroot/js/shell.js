// What pages do without a circuit: the theme, menus, the chosen project, and coming back after the connection or the server was gone.

const root = document.documentElement;

// The secret of a link (an invitation, an address to be confirmed, a new password) stands behind the hash sign, which is never
// sent. It is kept for this tab, so that it outlives signing in, and taken out of the address at once. What is not used within an
// hour is forgotten, and so is all of it when somebody signs out.
const secrets = { portal_inv_: 'invitation', portal_mail_: 'mail', portal_reset_: 'reset' };

function keepSecret() {
  const prefix = Object.keys(secrets).find(known => location.hash.startsWith(`#${known}`));
  if (!prefix) return false;
  sessionStorage.setItem(`portal-${secrets[prefix]}`, location.hash.slice(1));
  sessionStorage.setItem('portal-secret-until', Date.now() + 3600000);
  history.replaceState(history.state, '', location.pathname + location.search);
  // What this page says to have used was another one.
  for (const said of document.querySelectorAll('[data-forget]')) delete said.dataset.forget;
  return true;
}

// What a page says to those with and without a secret, and which one is of no use any more.
function showSecrets() {
  const used = document.querySelector('[data-forget]')?.dataset.forget;
  if (used) sessionStorage.removeItem(`portal-${used}`);
  if (Date.now() > Number(sessionStorage.getItem('portal-secret-until')))
    for (const kind of Object.values(secrets)) sessionStorage.removeItem(`portal-${kind}`);
  for (const kind of Object.values(secrets))
    root.toggleAttribute(`data-has-${kind}`, sessionStorage.getItem(`portal-${kind}`) !== null);
}

// Not loaded again as it was: that may have been the answer to a form.
const lookAgain = () => location.replace(location.pathname + location.search);
// The link may have been followed when the page that says to have used one was there, and this script not yet.
const answered = document.querySelector('[data-forget]') !== null;
if (keepSecret() && answered) lookAgain();
showSecrets();
addEventListener('hashchange', () => keepSecret() && lookAgain());
Blazor.addEventListener('enhancedload', showSecrets);
setInterval(showSecrets, 60000);

// A form that needs the secret gets it when it is sent.
document.addEventListener('submit', event => {
  for (const field of event.target.querySelectorAll('input[data-secret]'))
    field.value = sessionStorage.getItem(`portal-${field.dataset.secret}`) ?? '';
}, true);

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
