// Keeps a log's end in sight, until the reader scrolls away from it; scrolling back to the end follows again.
const states = new WeakMap();

export function settle(pane, follow) {
  let state = states.get(pane);
  if (!state) {
    state = { follow, away: false };
    states.set(pane, state);
    pane.addEventListener('scroll', () => { state.away = !atEnd(pane); }, { passive: true });
    // The drawn rows come in later than the text: whenever the content grows, the end is found again.
    new MutationObserver(() => toEnd(pane, state)).observe(pane, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
  }
  if (follow && !state.follow) state.away = false;
  state.follow = follow;
  toEnd(pane, state);
}

function toEnd(pane, state) {
  if (state.follow && !state.away) pane.scrollTop = pane.scrollHeight;
}

function atEnd(pane) {
  return pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40;
}
