// No page has a <base>, and the policy allows none (base-uri 'none'): markup of others could say by one where links lead. Blazor's
// script goes by it, so it is told here that all pages of this place are its own, and where what it asks for stands.

Object.defineProperty(document, 'baseURI', { value: `${location.origin}/` });

const [ask, send] = [fetch, navigator.sendBeacon.bind(navigator)];
window.fetch = (what, how) => ask(typeof what === 'string' ? new URL(what, document.baseURI) : what, how);
navigator.sendBeacon = (where, what) => send(new URL(where, document.baseURI), what);
