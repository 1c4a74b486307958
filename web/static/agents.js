// Shortcuts of the agents' pages: each presses a link that the page already has. Described at /agents/clavier.
(() => {
  const NEXT = { n: 'a[rel="next"]', j: 'a[rel="next"]', p: 'a[rel="prev"]', k: 'a[rel="prev"]', q: 'a[data-key="q"]', "?": 'a[data-go="?"]' };
  const FOCUS = { a: "#actes", "/": "#q" };
  let going = false;
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const press = (event, selector) => {
    const link = document.querySelector(selector);
    if (link) { event.preventDefault(); link.click(); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key;
    if (going) {
      going = false;
      if (/^[a-z]$/.test(key)) press(event, `a[data-go="${key}"]`);
    } else if (key === "g") {
      going = true;
      setTimeout(() => { going = false; }, 1500);
    } else if (NEXT[key]) {
      press(event, NEXT[key]);
    } else if (FOCUS[key]) {
      const place = document.querySelector(FOCUS[key]);
      if (place) { event.preventDefault(); place.focus(); place.scrollIntoView(); }
    }
  });
})();
