// What makes an open preview follow its notebook: the server says that there is a new page or an error, and this patches
// the page so that what is equal stays as it is, and where it is. Without it the page can be reloaded by hand.
(() => {
  const { version: first, failure } = document.currentScript.dataset;
  let version = first;

  const events = new EventSource("events");
  events.addEventListener("state", event => void follow(JSON.parse(event.data)));
  if (failure) showFailure(failure);

  async function follow(state) {
    if (state.version !== version) {
      const page = await fetch("page", { cache: "no-store" });
      if (page.ok) {
        version = page.headers.get("x-version");
        const text = await page.text();
        const fresh = new DOMParser().parseFromString(text, "text/html");
        // Scripts of interactive charts run when a page opens, and only those that its policy named then.
        if ([document, fresh].some(page => page.getElementById("live-charts"))) return location.reload();
        keepingPlace(() => patch(fresh));
      }
    }
    showFailure(state.failure);
  }

  function patch(fresh) {
    if (document.title !== fresh.title) document.title = fresh.title;
    document.documentElement.lang = fresh.documentElement.lang;
    morph(document.head, fresh.head);
    morph(document.body, fresh.body);
  }

  /** Elements whose inside is patched; all others are taken whole. */
  const CONTAINERS = new Set([
    "HEAD",
    "BODY",
    "MAIN",
    "DIV",
    "SECTION",
    "HEADER",
    "FOOTER",
    "NAV",
    "OL",
    "UL",
    "FIGURE",
    "ASIDE",
  ]);

  function morph(old, fresh) {
    const own = node => node.nodeType === 1 && node.hasAttribute("data-preview");
    const before = [...old.childNodes].filter(node => !own(node));
    const after = [...fresh.childNodes].filter(node => !own(node)).map(node => document.importNode(node, true));
    let start = 0;
    while (start < before.length && start < after.length && same(before[start], after[start])) start++;
    let ends = 0;
    while (
      ends < Math.min(before.length, after.length) - start &&
      same(before[before.length - 1 - ends], after[after.length - 1 - ends])
    )
      ends++;
    const gone = before.slice(start, before.length - ends);
    const next = before[before.length - ends] ?? null;
    for (const node of after.slice(start, after.length - ends)) {
      const partner = gone.shift();
      if (!partner) old.insertBefore(node, next);
      else if (partner.nodeName === node.nodeName && CONTAINERS.has(node.nodeName)) {
        for (const { name } of [...partner.attributes]) if (!node.hasAttribute(name)) partner.removeAttribute(name);
        for (const { name, value } of [...node.attributes])
          if (partner.getAttribute(name) !== value) partner.setAttribute(name, value);
        morph(partner, node);
      } else partner.replaceWith(node);
    }
    for (const node of gone) node.remove();
  }

  /** Equal but for what the reader opened. */
  function same(a, b) {
    if (a.isEqualNode(b)) return true;
    if (a.nodeType !== 1 || !a.querySelector("details[open]")) return false;
    const closed = a.cloneNode(true);
    for (const details of closed.querySelectorAll("details[open]")) details.removeAttribute("open");
    return closed.isEqualNode(b);
  }

  /** Does the change and puts back to its place what the reader looks at: the first block in the window that stays. */
  function keepingPlace(change) {
    const blocks = [...document.querySelectorAll("main > *, main > * > *")]
      .map(element => ({ element, top: element.getBoundingClientRect().top }))
      .filter(({ element, top }) => top + element.offsetHeight > 0 || top > 0);
    const y = window.scrollY;
    change();
    const anchor = blocks.find(({ element }) => element.isConnected);
    if (y === 0) window.scrollTo(0, 0);
    else if (anchor) window.scrollBy(0, anchor.element.getBoundingClientRect().top - anchor.top);
    else window.scrollTo(0, y);
  }

  function showFailure(text) {
    let box = document.querySelector("aside[data-preview]");
    if (!text) return box?.remove();
    if (!box) {
      box = document.createElement("aside");
      box.dataset.preview = "";
      box.setAttribute("role", "alert");
      document.body.append(box);
    }
    box.textContent = text;
  }
})();
