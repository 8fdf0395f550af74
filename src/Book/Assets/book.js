(() => {
  "use strict";
  const root = document.documentElement;

  // ------------------------------------------------------------------------------------------------------------- colours
  const theme = document.querySelector(".theme-button");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const showTheme = () => {
    theme.setAttribute("aria-pressed", String(isDark()));
    repaint();
  };
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("rabbit-theme", root.dataset.theme); } catch { /* a browser may forbid it to files */ }
    showTheme();
  });
  prefersDark.addEventListener("change", showTheme);

  // ----------------------------------------------------------------------------------------------- the map on a narrow page
  const mapButton = document.querySelector(".map-button");
  mapButton?.addEventListener("click", () => {
    const open = document.getElementById("map").classList.toggle("open");
    mapButton.setAttribute("aria-expanded", String(open));
  });
  document.querySelector(".sidebar [aria-current]")?.scrollIntoView({ block: "nearest" });

  // -------------------------------------------------------------------------------------------------------------- charts
  // A chart is drawn when it comes near; the drawing in the page stays for print, and where this fails.
  const charts = [...document.querySelectorAll(".chart")];
  let plotly = null;
  const loadPlotly = () => (plotly ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = "assets/plotly/plotly.min.js";
    script.onload = () => loaded(window.Plotly);
    script.onerror = failed;
    document.head.append(script);
  }));
  const colour = (name) => {
    // light-dark() is resolved only where a colour is used.
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  };
  const layoutOf = (given) => {
    const [ink, line] = [colour("--ink"), colour("--line")];
    const axis = (one) => ({ ...one, gridcolor: line, zerolinecolor: line, linecolor: line });
    return {
      ...given,
      title: undefined,
      xaxis: axis(given.xaxis), yaxis: axis(given.yaxis),
      shapes: (given.shapes ?? []).map((shape) => ({ ...shape, line: { ...shape.line, color: ink } })),
      autosize: true, height: 360, margin: { l: 56, r: 20, t: 22, b: 44 },
      // A finger that drags wants to scroll.
      dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom", hovermode: "closest",
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink, family: getComputedStyle(document.querySelector(".top")).fontFamily, size: 12 },
      legend: { orientation: "h", y: -0.24, ...given.legend },
    };
  };
  const draw = async (chart) => {
    const figure = JSON.parse(chart.querySelector("script").textContent);
    const live = chart.querySelector(".live");
    const lib = await loadPlotly();
    live.hidden = false;
    if (figure.layout?.title?.text) live.before(Object.assign(document.createElement("p"), { className: "chart-title", textContent: figure.layout.title.text }));
    chart.classList.add("is-live");
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", chart.querySelector("svg").getAttribute("aria-label") ?? figure.layout?.title?.text ?? "Chart");
    chart.figure = figure;
    await lib.newPlot(live, figure.data, layoutOf(figure.layout ?? {}), { responsive: true, displaylogo: false, displayModeBar: false });
    live.dataset.drawn = "";
  };
  const stay = (chart) => {
    chart.classList.remove("is-live");
    chart.querySelector(".chart-title")?.remove();
    chart.querySelector(".live").hidden = true;
  };
  function repaint() {
    for (const chart of charts)
      if (chart.figure) window.Plotly.relayout(chart.querySelector(".live"), layoutOf(chart.figure.layout ?? {}));
  }
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target).catch(() => stay(target));
    }
  }, { rootMargin: "600px" });
  charts.forEach((chart) => near.observe(chart));

  // ---------------------------------------------------------------------------------- what scrolls can be reached by keys
  const reach = () => {
    for (const box of document.querySelectorAll("pre, .scroll, .display, .rh, .katex-display, .sidebar, .contents")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (scrolls && !box.hasAttribute("tabindex")) box.tabIndex = 0;
    }
  };
  new ResizeObserver(reach).observe(document.body);
  document.addEventListener("toggle", reach, true);

  // ---------------------------------------------------------------------------------------------------- copying of a cell
  for (const source of document.querySelectorAll(".source")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      const text = source.querySelector("code").textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(source.querySelector("code"));
        button.textContent = "Selected";
      }
    });
    source.append(button);
  }

  // ----------------------------------------------------------------------------------------------------- reading without code
  const codeButton = document.querySelector(".code-button");
  const showCode = () => {
    const hidden = root.dataset.code === "hidden";
    codeButton.textContent = hidden ? "Show the code" : "Hide the code";
  };
  codeButton?.addEventListener("click", () => {
    root.dataset.code = root.dataset.code === "hidden" ? "shown" : "hidden";
    try { localStorage.setItem("rabbit-code", root.dataset.code); } catch { /* a browser may forbid it to files */ }
    showCode();
  });
  if (codeButton) showCode();

  // ------------------------------------------------------------------------------------------------ where we are in a page
  const places = new Map([...document.querySelectorAll(".contents a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...places.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const here = headings.findLast((heading) => heading.getBoundingClientRect().top < 120);
    for (const link of places.values()) link.removeAttribute("aria-current");
    if (here) places.get(here.id).setAttribute("aria-current", "location");
  };
  if (headings.length) addEventListener("scroll", mark, { passive: true });

  // -------------------------------------------------------------------------------------------------------------- search
  const dialog = document.querySelector("dialog.search");
  const input = document.getElementById("search-text");
  const list = document.getElementById("search-results");
  const note = dialog.querySelector(".search-note");
  const sections = (window.rabbitSearch ?? []).map((section) => ({
    ...section, head: `${section.page} ${section.heading}`.toLowerCase(), body: section.text.toLowerCase(),
  }));
  const most = 20;
  let chosen = -1;

  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const scoreOf = (section, words) => {
    let score = 0;
    for (const word of words) {
      const [inHead, inBody] = [section.head.includes(word), section.body.includes(word)];
      if (!inHead && !inBody) return 0;
      const whole = new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u");
      score += (inHead ? 8 : 0) + (whole.test(section.head) ? 8 : 0) + (inBody ? 1 : 0) + (whole.test(section.body) ? 2 : 0);
    }
    return score;
  };
  // A mistyped word is read as the nearest word of the book, two letters away at most.
  const distance = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++)
        next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      row = next;
    }
    return row[b.length];
  };
  let known = null;
  const nearest = (word) => {
    known ??= new Set(sections.flatMap((section) => `${section.head} ${section.body}`.match(/[\p{L}]{3,}/gu) ?? []));
    if (word.length < 4 || sections.some((section) => section.head.includes(word) || section.body.includes(word))) return word;
    const near = [...known].filter((other) => Math.abs(other.length - word.length) <= 2)
      .map((other) => ({ other, away: distance(word, other) })).sort((a, b) => a.away - b.away)[0];
    return near && near.away <= (word.length > 5 ? 2 : 1) ? near.other : word;
  };
  const find = (words) => {
    const best = new Map();
    for (const section of sections) {
      const score = scoreOf(section, words);
      if (score > (best.get(section.at)?.score ?? 0)) best.set(section.at, { section, score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score);
  };
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const marked = (text, words) => {
    const lower = text.toLowerCase();
    const pieces = [];
    for (let at = 0; at < text.length;) {
      const next = words.map((word) => ({ word, from: lower.indexOf(word, at) })).filter((hit) => hit.from >= 0).sort((a, b) => a.from - b.from)[0];
      if (!next) { pieces.push(text.slice(at)); break; }
      pieces.push(text.slice(at, next.from), element("mark", { textContent: text.slice(next.from, next.from + next.word.length) }));
      at = next.from + next.word.length;
    }
    return pieces;
  };
  const around = (text, words) => {
    const at = Math.max(0, Math.min(...words.map((word) => text.toLowerCase().indexOf(word)).filter((from) => from >= 0), text.length) - 50);
    const from = at === 0 ? 0 : text.indexOf(" ", at) + 1;
    return (from > 0 ? "… " : "") + text.slice(from, from + 150) + (text.length > from + 150 ? " …" : "");
  };
  const choose = (index) => {
    const options = [...list.children];
    chosen = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, i) => option.classList.toggle("chosen", i === chosen));
    options[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    const typed = wordsOf(input.value);
    const words = typed.map(nearest);
    const mended = words.some((word, i) => word !== typed[i]) ? `Shown for “${words.join(" ")}”. ` : "";
    const found = words.length ? find(words) : [];
    list.replaceChildren(...found.slice(0, most).map(({ section }) => element("li", {},
      element("a", { href: section.at },
        element("b", {}, ...marked(section.heading ? `${section.page} › ${section.heading}` : section.page, words)),
        element("span", {}, ...marked(around(section.text, words), words))))));
    note.textContent = mended + (words.length === 0 ? "" : found.length === 0 ? "Nothing found." : found.length > most ? `The best ${most} of ${found.length} places.` : found.length === 1 ? "One place." : `${found.length} places.`);
    choose(0);
  };
  const open = () => { if (!dialog.open) dialog.showModal(); input.select(); show(); };
  document.querySelector(".search-button").addEventListener("click", open);
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose(chosen + (event.key === "ArrowDown" ? 1 : -1)); }
    // A search field would take the first Escape for itself.
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
    if (event.key === "Enter") { event.preventDefault(); list.children[chosen]?.querySelector("a").click(); }
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) { event.preventDefault(); open(); }
    const inComponent = document.activeElement?.shadowRoot?.activeElement;
    if (typing || inComponent || dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "p") document.querySelector(`.onward a[rel=${event.key === "n" ? "next" : "prev"}]`)?.click();
  });

  showTheme();
  reach();
})();
