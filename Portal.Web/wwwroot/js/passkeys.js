// Forms with a passkey: before such a form is sent, the portal is asked what to ask for, then the browser, and its answer goes
// into the form (W3C Web Authentication, level 3). One place for making passkeys and for showing them.

document.addEventListener('submit', event => {
  const form = event.target.closest?.('form[data-passkey]');
  const answer = form?.querySelector('[data-passkey-answer]');
  if (!form || answer.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, answer);
}, true);

async function ask(form, answer) {
  say(form, '');
  const button = form.querySelector('button[type="submit"]');
  button.disabled = true;
  try {
    const options = await optionsOf(form);
    const credential = form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    answer.value = JSON.stringify(credential.toJSON());
    HTMLFormElement.prototype.submit.call(form);
  } catch (error) {
    say(form, wordsOf(error));
  } finally {
    button.disabled = false;
  }
}

async function optionsOf(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON)
    throw new Refused('This browser knows no passkeys here: the portal has to be reached by https.');
  const response = await fetch(form.dataset.passkeyOptions, { method: 'POST', body: new FormData(form) });
  const told = response.headers.get('content-type')?.includes('json') ? await response.json() : null;
  if (!response.ok || !told) throw new Refused(told?.message ?? 'The portal did not answer. Load the page again.');
  return told;
}

function wordsOf(error) {
  if (error instanceof Refused) return error.message;
  if (error.name === 'InvalidStateError') return 'This device holds a passkey of this account already.';
  if (error.name === 'SecurityError') return 'Passkeys do not work at this address: it has to be a name and not a number.';
  return 'No passkey came. Try it once more.';
}

function say(form, words) {
  form.querySelector('[data-passkey-said]').textContent = words;
}

class Refused extends Error {}
