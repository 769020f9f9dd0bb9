"use strict";
// The page's own script. Text of articles is only ever set as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const ROWS = 200;
  const CLAIMS = new Set(["casualty", "materiel"]);
  const TAKEN = new Set(["detained", "abducted", "captured", "surrendered"]);
  const ROLES = [["victims", "set"], ["items", "set"], ["count", "count"], ["trigger", "trigger"], ["perpetrator", "agent"], ["attacker", "agent"],
    ["target", "set"], ["method", "agent"], ["place", "where"], ["time", "where"], ["polarity_cue", "cue"], ["certainty_cue", "cue"]];
  const SHARED = new Set(["id", "kind", "rule", "evidence", "trigger", "polarity", "polarity_cue", "certainty", "certainty_cue", "sources", "place",
    "time", "background_cue", "outcome", "victims", "items", "count", "claims", "event", "part_of", "perpetrator", "method", "mentions"]);
  const claims = [];
  data.documents.forEach((doc, number) => {
    for (const event of doc.events) if (CLAIMS.has(event.kind)) claims.push({ doc, number, event });
  });
  const state = { language: "en", view: "read", doc: 0, chosen: null, sort: ["document", 1], shown: ROWS, filters: {} };

  // Python counts characters, JavaScript counts halves of those beyond the basic plane: emoji would shift every mark.
  const units = new Map();
  function unit(doc, offset) {
    if (!units.has(doc)) units.set(doc, /[\ud800-\udbff]/.test(doc.text) ? Array.from(doc.text) : null);
    const characters = units.get(doc);
    if (!characters) return offset;
    if (!characters.at_) {
      characters.at_ = [0];
      for (const c of characters) characters.at_.push(characters.at_[characters.at_.length - 1] + c.length);
    }
    return characters.at_[Math.min(offset, characters.length)];
  }
  const slice = (doc, start, end) => doc.text.slice(unit(doc, start), unit(doc, end));

  const remember = (key, value) => { try { localStorage.setItem("extractor-" + key, value); } catch { /* a file may have no storage */ } };
  const recall = (key) => { try { return localStorage.getItem("extractor-" + key); } catch { return null; } };

  function element(tag, options = {}, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(options)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "class") made.className = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((c) => c !== null && c !== undefined));
    return made;
  }
  const isolated = (text) => element("bdi", { dir: "auto" }, String(text));
  const code = (text) => element("bdi", { dir: "ltr" }, element("code", {}, String(text)));

  function word(key, values = {}) {
    const words = data.words[state.language];
    return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }
  function value(name) {
    const words = data.words[state.language];
    return (words.values && words.values[name]) ?? String(name).replaceAll("_", " ");
  }
  const family = (event) => !CLAIMS.has(event.kind) ? "event" : event.kind === "materiel" ? "things" : TAKEN.has(event.outcome) ? "taken" : event.outcome;
  const group = (event) => event.victims ?? event.items ?? null;
  function number(count) {
    if (!count) return null;
    const { low, high, approx } = count;
    if (low !== null && low === high) return approx ? word("about", { n: low }) : String(low);
    if (low !== null && high !== null) return word("from_to", { low, high });
    return low !== null ? word("at_least", { n: low }) : high !== null ? word("at_most", { n: high }) : null;
  }
  const party = (one) => one ? (one.name && state.language === "en" ? `${one.text} (${one.name})` : one.text) : null;
  const sourceOf = (event) => event.sources.length ? (event.sources[0].name ?? event.sources[0].text) : "";
  const placeOf = (event) => event.place ? (event.place.name ?? event.place.text) : "";
  function sidesOf(event) {
    const parties = [group(event)?.affiliation, event.perpetrator, ...event.sources];
    return [...new Set(parties.map((p) => p && data.sides[p.id]).filter(Boolean))];
  }
  const dayOf = (doc, event) => (event.time?.from ?? event.time?.to ?? doc.published ?? "").slice(0, 10);
  const titleOf = (doc) => doc.title ?? (doc.text ?? "").trim().split("\n")[0].slice(0, 80) ?? doc.id;

  // Reading ---------------------------------------------------------------------------------------------------------
  function marksOf(doc) {
    const marks = [];
    doc.events.forEach((event, at) => {
      const own = group(event);
      if (own) marks.push({ ...own, at, role: "set" });
      marks.push({ ...event.trigger, at, role: "trigger" });
    });
    return marks.filter((m) => m.end > m.start);
  }
  // The text cut at every edge of a span, each piece with the spans that cover it.
  function pieces(start, end, spans) {
    const edges = new Set([start, end]);
    for (const s of spans) { if (s.start > start && s.start < end) edges.add(s.start); if (s.end > start && s.end < end) edges.add(s.end); }
    const sorted = [...edges].sort((a, b) => a - b);
    const ordered = [...spans].sort((a, b) => a.start - b.start);
    const out = [];
    let open = [], next = 0;
    for (let i = 0; i + 1 < sorted.length; i++) {
      open = open.filter((s) => s.end > sorted[i]);
      while (next < ordered.length && ordered[next].start <= sorted[i]) open.push(ordered[next++]);
      out.push([sorted[i], sorted[i + 1], open]);
    }
    return out;
  }
  function showDocument() {
    const article = byId("article"), doc = data.documents[state.doc];
    article.replaceChildren();
    article.setAttribute("dir", "rtl");
    article.setAttribute("lang", "ar");
    if (!doc) return;
    if (doc.error) article.append(element("p", { class: "error", dir: "auto" }, word("failed", { reason: doc.error })));
    if (!doc.text) { if (!doc.error) article.append(element("p", { dir: "auto" }, word("no_text"))); return; }
    for (const [from, to, open] of pieces(0, units.get(doc)?.length ?? Array.from(doc.text).length, marksOf(doc))) {
      const text = slice(doc, from, to);
      if (!open.length) { article.append(text); continue; }
      // Of several claims the tightest is chosen first; a click on it again goes on to the next.
      const here = [...new Set([...open].sort((a, b) => (a.end - a.start) - (b.end - b.start)).map((m) => m.at))];
      const event = doc.events[(open.find((m) => m.role === "set") ?? open[0]).at];
      const names = [family(event), event.polarity === "denied" ? "denied" : "", event.certainty === "unrealized" ? "unrealized" : "",
        open.some((m) => m.role === "trigger" && CLAIMS.has(doc.events[m.at].kind)) ? "trigger" : "", here.includes(state.chosen) ? "chosen" : ""];
      const choose = () => { const at = here.indexOf(state.chosen); select(here[(at + 1) % here.length]); };
      article.append(element("mark", {
        class: names.filter(Boolean).join(" "), tabindex: "0", role: "button", "data-events": here.join(" "),
        "aria-label": `${value(event.outcome ?? event.kind)}: ${text}`, onclick: choose,
        onkeydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); choose(); } },
      }, text));
    }
  }
  function quoted(doc, event) {
    const spans = [];
    for (const [name, role] of ROLES) if (event[name] && typeof event[name].start === "number") spans.push({ ...event[name], role });
    for (const source of event.sources) { spans.push({ ...source, role: "source" }); if (source.cue) spans.push({ ...source.cue, role: "cue" }); }
    const sentence = element("p", { class: "quote", dir: "rtl", lang: "ar" });
    const { start, end } = event.evidence;
    for (const [from, to, open] of pieces(start, end, spans)) {
      const tight = open.length ? [...open].sort((a, b) => (a.end - a.start) - (b.end - b.start))[0] : null;
      const text = slice(doc, from, to);
      sentence.append(tight ? element("span", { class: `role ${tight.role}`, title: word(tight.role) }, text) : text);
    }
    return sentence;
  }
  function showRecord() {
    const panel = byId("record"), doc = data.documents[state.doc];
    panel.replaceChildren();
    const event = doc && state.chosen !== null ? doc.events[state.chosen] : null;
    if (!event) { panel.append(element("p", {}, word(doc && doc.events.length ? "choose" : "no_claims"))); return; }
    const list = element("dl");
    const row = (name, ...content) => {
      const given = content.filter((c) => c !== null && c !== undefined && c !== "");
      const nodes = given.flatMap((c, i) => i ? [" · ", c instanceof Node ? c : isolated(c)] : [c instanceof Node ? c : isolated(c)]);
      list.append(element("dt", {}, word(name)), element("dd", { class: given.length ? null : "none" }, ...(given.length ? nodes : [word("none")])));
    };
    const own = group(event);
    row("kind", value(event.kind), event.outcome ? value(event.outcome) : null);
    if (CLAIMS.has(event.kind)) {
      row("count", number(event.count), event.count?.text, event.cumulative ? word("cumulative") : null);
      row(event.victims ? "victims" : "items", own.text, value(own.type));
      row("affiliation", party(own.affiliation));
      if (own.names.length) row("names", ...own.names.map((n) => n.text));
      row("perpetrator", party(event.perpetrator), event.perpetrator && event.perpetrator.certainty !== "stated" ? value(event.perpetrator.certainty) : null);
      row("method", event.method?.text, event.method ? value(event.method.type) : null);
    } else for (const [name, content] of Object.entries(event)) {
      if (SHARED.has(name) && name !== "method" && name !== "perpetrator") continue;
      const all = Array.isArray(content) ? content : [content];
      if (all.length && all[0] !== null && all[0] !== undefined && all[0] !== false)
        row(name, ...all.map((c) => typeof c === "object" ? (c.name ? party(c) : c.text ?? "") : value(c)));
    }
    row("sources", ...event.sources.flatMap((s) => [party(s), `${value(s.stance)}${s.cue ? " – " + s.cue.text : ""}`]));
    row("place", event.place?.text, event.place?.name, event.place?.country, event.place?.lat != null ? `${event.place.lat}, ${event.place.lon}` : null);
    row("time", event.time?.text, event.time?.from, event.time?.to !== event.time?.from ? event.time?.to : null);
    row("polarity", value(event.polarity), event.polarity_cue?.text);
    row("certainty", value(event.certainty), event.certainty_cue?.text);
    if (event.background) row("background", word("yes"), event.background_cue?.text);
    const links = [["part_of", event.part_of], ["event", event.event], ...(event.claims ?? []).map((c) => ["claims", c])];
    for (const [name, id] of links) if (id) {
      const at = doc.events.findIndex((e) => e.id === id);
      row(name, element("button", { type: "button", onclick: () => select(at) }, code(id)));
    }
    row("id", code(event.id));
    row("rule", code(event.rule));
    panel.append(element("h2", {}, value(event.outcome ?? event.kind)), quoted(doc, event), list);
  }
  function select(at, { focus = false } = {}) {
    state.chosen = at;
    showDocument();
    showRecord();
    const mark = at === null ? null : [...byId("article").querySelectorAll("mark")].find((m) => m.dataset.events.split(" ").includes(String(at)));
    if (mark) { mark.scrollIntoView({ block: "nearest" }); mark.focus({ preventScroll: true }); if (focus) mark.focus(); }
  }
  function step(by) {
    let doc = state.doc, at = (state.chosen ?? (by > 0 ? -1 : data.documents[doc]?.events.length ?? 0)) + by;
    while (doc >= 0 && doc < data.documents.length && !data.documents[doc].events[at]) {
      doc += by;
      at = by > 0 ? 0 : (data.documents[doc]?.events.length ?? 0) - 1;
    }
    if (!data.documents[doc]) return;
    if (doc !== state.doc) openDocument(doc);
    select(at);
  }
  function openDocument(number) {
    state.doc = number;
    state.chosen = null;
    for (const button of byId("documents").querySelectorAll("button")) button.setAttribute("aria-current", String(Number(button.dataset.number) === number));
    showDocument();
    showRecord();
  }
  function showDocuments() {
    const wanted = byId("find-document").value.trim().toLowerCase();
    const found = data.documents.map((doc, n) => [doc, n]).filter(([doc]) => !wanted || (titleOf(doc) + " " + doc.id + " " + (doc.text ?? "")).toLowerCase().includes(wanted));
    byId("documents").replaceChildren(...found.slice(0, 500).map(([doc, n]) => element("li", {}, element("button", {
      type: "button", "data-number": n, "aria-current": String(n === state.doc), onclick: () => openDocument(n),
    }, element("bdi", { dir: "auto" }, titleOf(doc) || doc.id), element("small", {}, isolated(doc.published ? doc.published.slice(0, 10) : doc.id), ` · ${doc.events.length}`)))));
  }
  function showLegend() {
    const kinds = ["killed", "wounded", "killed_or_wounded", "detained", "released", "missing", "displaced", "destroyed"];
    const classes = { detained: "taken", destroyed: "things" };
    byId("legend").replaceChildren(...kinds.map((k) => element("mark", { class: classes[k] ?? k }, value(k))), element("mark", { class: "event" }, word("event")));
  }

  // Table -----------------------------------------------------------------------------------------------------------
  const COLUMNS = {
    document: (c) => titleOf(c.doc), outcome: (c) => value(c.event.outcome), low: (c) => c.event.count?.low ?? null, high: (c) => c.event.count?.high ?? null,
    victims: (c) => group(c.event)?.text ?? "", type: (c) => value(group(c.event)?.type ?? "unknown"), affiliation: (c) => party(group(c.event)?.affiliation) ?? "",
    perpetrator: (c) => party(c.event.perpetrator) ?? "", source: (c) => sourceOf(c.event), place: (c) => placeOf(c.event), time: (c) => dayOf(c.doc, { time: c.event.time, published: null }) && c.event.time ? (c.event.time.from ?? c.event.time.text) : "",
    certainty: (c) => value(c.event.certainty), polarity: (c) => value(c.event.polarity), rule: (c) => c.event.rule,
  };
  const FILTERS = {
    outcome: (c) => [c.event.outcome], side: (c) => sidesOf(c.event), source: (c) => [sourceOf(c.event)].filter(Boolean),
    place: (c) => [placeOf(c.event)].filter(Boolean), certainty: (c) => [c.event.certainty],
  };
  function showFilters() {
    const form = byId("filters");
    form.replaceChildren();
    for (const [name, of] of Object.entries(FILTERS)) {
      const tally = new Map();
      for (const claim of claims) for (const v of of(claim)) tally.set(v, (tally.get(v) ?? 0) + 1);
      const options = [...tally].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(b[0]));
      const choice = element("select", { id: `filter-${name}`, onchange: (e) => { state.filters[name] = e.target.value; state.shown = ROWS; showTable(); } },
        element("option", { value: "" }, word("all")), ...options.map(([v, n]) => element("option", { value: v, selected: state.filters[name] === v }, `${name === "outcome" || name === "certainty" ? value(v) : v} (${n})`)));
      form.append(element("label", {}, word(name), choice));
    }
    form.append(element("label", {}, word("search"), element("input", {
      type: "search", id: "filter-words", dir: "auto", value: state.filters.words ?? "", oninput: (e) => { state.filters.words = e.target.value; state.shown = ROWS; showTable(); },
    })));
    form.addEventListener("submit", (e) => e.preventDefault());
  }
  function wanted(claim) {
    for (const [name, of] of Object.entries(FILTERS)) if (state.filters[name] && !of(claim).includes(state.filters[name])) return false;
    const words = (state.filters.words ?? "").trim().toLowerCase();
    return !words || claim.event.evidence.text.toLowerCase().includes(words);
  }
  function showTable() {
    const [by, direction] = state.sort;
    const found = claims.filter(wanted).map((c) => [COLUMNS[by](c), c]);
    // What is not given comes last whichever way the column is sorted.
    const empty = (v) => v === null || v === "";
    found.sort(([a], [b]) => empty(a) || empty(b) ? Number(empty(a)) - Number(empty(b)) : direction * (typeof a === "number" ? a - b : String(a).localeCompare(String(b), state.language)));
    const head = element("tr", {}, ...Object.keys(COLUMNS).map((name) => element("th", { scope: "col", "aria-sort": name === by ? (direction > 0 ? "ascending" : "descending") : "none" },
      element("button", { type: "button", "data-column": name, onclick: () => { state.sort = [name, by === name ? -direction : 1]; showTable(); } }, word(name)))));
    byId("claims").tHead.replaceChildren(head);
    byId("claims").tBodies[0].replaceChildren(...found.slice(0, state.shown).map(([, c]) => {
      const open = () => { show("read"); openDocument(c.number); select(c.doc.events.indexOf(c.event)); };
      const cells = Object.entries(COLUMNS).map(([name, of]) => {
        const content = of(c);
        return element("td", { class: name === "low" || name === "high" ? "number" : null }, empty(content) ? "" : name === "rule" ? code(content) : isolated(content));
      });
      return element("tr", { tabindex: "0", onclick: open, onkeydown: (e) => { if (e.key === "Enter") open(); } }, ...cells);
    }));
    byId("shown").textContent = word("shown", { shown: Math.min(found.length, state.shown), all: claims.length });
    byId("more").hidden = found.length <= state.shown;
  }

  // Charts ----------------------------------------------------------------------------------------------------------
  function drawn(tag, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, v] of Object.entries(attributes)) made.setAttribute(key, v);
    made.append(...children);
    return made;
  }
  function tolls(outcome) {
    const days = new Map();
    for (const { doc, event } of claims) {
      const day = dayOf(doc, event), { low, high } = event.count ?? { low: null, high: null };
      if (event.outcome !== outcome || event.polarity !== "affirmed" || event.certainty === "unrealized" || event.background || event.part_of || !/^\d{4}-\d\d-\d\d$/.test(day) || (low === null && high === null)) continue;
      const known = days.get(day);
      if (!known || (low ?? high) > (known.low ?? known.high)) days.set(day, { low, high });
    }
    return [...days].sort(([a], [b]) => a < b ? -1 : 1);
  }
  function showTimeline() {
    const outcome = byId("chart-outcome").value, days = tolls(outcome), place = byId("timeline");
    byId("timeline-caption").replaceChildren(word("timeline", { outcome: value(outcome) }), element("small", {}, word("timeline_note")));
    place.replaceChildren();
    if (!days.length) { place.append(element("p", {}, word("timeline_none"))); return; }
    const width = 720, height = 260, left = 46, bottom = 30, top = 12, right = 12;
    const first = Date.parse(days[0][0]), last = Date.parse(days[days.length - 1][0]);
    const most = Math.max(1, ...days.map(([, t]) => Math.max(t.low ?? 0, t.high ?? 0)));
    const x = (day) => left + (last === first ? 0.5 : (Date.parse(day) - first) / (last - first)) * (width - left - right);
    const y = (n) => height - bottom - n / most * (height - bottom - top);
    const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": word("timeline", { outcome: value(outcome) }) });
    for (const part of [0, 0.5, 1]) {
      const n = Math.round(most * part);
      svg.append(drawn("line", { class: "axis", x1: left, x2: width - right, y1: y(n), y2: y(n) }), drawn("text", { x: left - 6, y: y(n) + 4, "text-anchor": "end", direction: "ltr" }, String(n)));
    }
    const low = days.map(([d, t]) => [x(d), y(t.low ?? t.high)]), high = days.map(([d, t]) => [x(d), y(t.high ?? t.low)]);
    const path = (points) => points.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ");
    svg.append(drawn("polygon", { class: "band", points: path([...low, ...high.reverse()]) }), drawn("polyline", { class: "toll", points: path(low) }));
    for (const [day, t] of days) {
      const n = t.low ?? t.high;
      if (t.high === null) svg.append(drawn("line", { class: "open", x1: x(day), x2: x(day), y1: y(n), y2: top }));
      svg.append(drawn("circle", { class: "dot", cx: x(day), cy: y(n), r: 4 }, drawn("title", {}, `${day}: ${number({ ...t, approx: false })}`)));
    }
    const labels = days.length > 1 ? [days[0][0], days[days.length - 1][0]] : [days[0][0]];
    labels.forEach((day, i) => svg.append(drawn("text", { x: x(day), y: height - 8, direction: "ltr", "text-anchor": labels.length === 1 ? "middle" : i ? "end" : "start" }, day)));
    place.append(svg);
  }
  function showSources() {
    const tally = new Map();
    for (const { event } of claims) {
      const name = sourceOf(event);
      if (!name) continue;
      if (!tally.has(name)) tally.set(name, new Map());
      const kind = ["killed", "wounded", "killed_or_wounded"].includes(event.outcome) ? event.outcome : event.kind === "materiel" ? "things" : "other";
      tally.get(name).set(kind, (tally.get(name).get(kind) ?? 0) + 1);
    }
    const sum = (m) => [...m.values()].reduce((a, b) => a + b, 0);
    const rows = [...tally].sort((a, b) => sum(b[1]) - sum(a[1])).slice(0, 20), most = rows.length ? sum(rows[0][1]) : 1;
    byId("sources-caption").replaceChildren(word("sources_chart"), element("small", {}, word("sources_note")));
    byId("sources").replaceChildren(...(rows.length ? rows.map(([name, kinds]) => {
      const bar = element("div", { role: "img", "aria-label": `${name}: ${sum(kinds)}` });
      for (const [kind, n] of kinds) {
        const part = element("span", { class: kind, title: `${kind === "things" ? word("items") : kind === "other" ? word("other") : value(kind)}: ${n}` });
        part.style.width = `${n / most * 100}%`;
        bar.append(part);
      }
      return element("div", { class: "bar" }, isolated(name), bar, String(sum(kinds)));
    }) : [element("p", {}, word("sources_none"))]));
  }
  function showCharts() {
    const choice = byId("chart-outcome"), kept = choice.value;
    const outcomes = [...new Set(claims.map((c) => c.event.outcome))];
    outcomes.sort((a, b) => (a === "killed" ? -1 : b === "killed" ? 1 : 0));
    choice.replaceChildren(...(outcomes.length ? outcomes : ["killed"]).map((o) => element("option", { value: o, selected: o === kept }, value(o))));
    showTimeline();
    showSources();
  }

  // The frame -------------------------------------------------------------------------------------------------------
  function show(view) {
    state.view = view;
    for (const name of ["read", "table", "charts"]) {
      byId(name).hidden = name !== view;
      byId(`view-${name}`).setAttribute("aria-current", String(name === view));
    }
  }
  function theme(name) {
    document.documentElement.dataset.theme = name;
    byId("theme").textContent = word(name === "dark" ? "light" : "dark");
  }
  function showAll() {
    const html = document.documentElement;
    html.lang = state.language;
    html.dir = state.language === "ar" ? "rtl" : "ltr";
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
    byId("language").textContent = word("language");
    byId("language").lang = state.language === "ar" ? "en" : "ar";
    const events = data.documents.reduce((n, d) => n + d.events.length, 0) - claims.length;
    byId("summary").textContent = word("summary", { documents: data.documents.length, claims: claims.length, events });
    theme(html.dataset.theme ?? "light");
    const keys = [["j k", "key_next"], ["1 2 3", "key_views"], ["/", "key_find"], ["Esc", "key_escape"], ["?", "key_help"]];
    byId("keys").replaceChildren(...keys.flatMap(([key, name]) => [element("dt", {}, code(key)), element("dd", {}, word(name))]));
    showLegend(); showDocuments(); showDocument(); showRecord(); showFilters(); showTable(); showCharts();
  }
  byId("language").addEventListener("click", () => { state.language = state.language === "en" ? "ar" : "en"; remember("language", state.language); showAll(); });
  byId("theme").addEventListener("click", () => {
    theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    remember("theme", document.documentElement.dataset.theme);
  });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("find-document").addEventListener("input", showDocuments);
  byId("chart-outcome").addEventListener("change", showTimeline);
  byId("more").addEventListener("click", () => { state.shown += ROWS; showTable(); });
  for (const name of ["read", "table", "charts"]) byId(`view-${name}`).addEventListener("click", () => show(name));
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || byId("help").open) return;
    const typing = e.target.matches("input, select, textarea");
    if (e.key === "Escape") { if (typing) e.target.blur(); else select(null); return; }
    if (typing) return;
    const view = { 1: "read", 2: "table", 3: "charts" }[e.key];
    if (view) show(view);
    else if (e.key === "j") { show("read"); step(1); }
    else if (e.key === "k") { show("read"); step(-1); }
    else if (e.key === "?") byId("help").showModal();
    else if (e.key === "/") { e.preventDefault(); byId(state.view === "table" ? "filter-words" : "find-document").focus(); }
  });
  const dark = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = recall("theme") ?? (dark ? "dark" : "light");
  state.language = recall("language") === "ar" ? "ar" : "en";
  const firstWithClaims = data.documents.findIndex((d) => d.events.length);
  state.doc = Math.max(0, firstWithClaims);
  show("read");
  showAll();
})();
