// The page's shell: rail, header, the screen of the address, the reader beside it, dialogs and keys.
import { html, render, useEffect, useRef, effect } from '../vendor/vendor.js';
import * as S from './state.js';
import { desk, decide, drawing, open } from './server.js';
import { awaited } from './large.js';
import { Timeline } from './timeline.js';
import { Matrix } from './matrix.js';
import { Cards } from './cards.js';
import { Ledger } from './ledger.js';
import { Reader } from './reader.js';
import { CorrectForm } from './correct.js';
import { AddForm, start } from './adding.js';
import { MapView } from './map.js';
import { Network } from './network.js';
import { Sources } from './sources.js';
import { Incidents } from './incidents.js';
import { Review, next, previous, undo } from './review.js';
import { Actors } from './actors.js';
import { Documents } from './documents.js';
import { Export } from './export.js';
import { Icon, Kbd, Failed, Empty, fFull, lastOf, plural } from './ui.js';

const NAV = [['desk', 'Desk', 'M4 5h16v6H4zM4 15h7v4H4zM15 15h5v4h-5z'], ['map', 'Map', 'M9 4L3 6v14l6-2 6 2 6-2V4l-6 2-6-2zM9 4v14M15 6v14'],
  ['network', 'Network', 'M6 7a2 2 0 100-4 2 2 0 000 4zM18 9a2 2 0 100-4 2 2 0 000 4zM11 21a2 2 0 100-4 2 2 0 000 4zM8 6l8 1M7 7l3.4 10M17 9l-5 8'],
  ['threats', 'Threats', 'M12 4l9 16H3zM12 10v4M12 17v.5'], ['sources', 'Sources', 'M5 4v12a3 3 0 003 3h3M5 9h6M13 7h6v4h-6zM13 17h6v4h-6z'],
  ['incidents', 'Incidents', 'M3 5h7v14H3zM14 5h7v6h-7zM14 14h7v5h-7z'],
  ['actors', 'Actors', 'M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7'], ['review', 'Review', 'M4 12l5 5L20 6'],
  ['documents', 'Documents', 'M6 3h9l4 4v14H6zM9 11h7M9 15h7'], ['export', 'Export', 'M12 15V3M7 8l5-5 5 5M4 20h16']];
const KEYS = [['J K', 'next, previous claim'], ['A C R', 'accept, correct, reject'], ['U', 'undo a decision'], ['N', 'add a claim on the selected words'],
  ['/', 'search'], ['← → ↑ ↓', 'move within timeline, matrix or period'],
  ['G then D M N T S', 'go to desk, map, network, threats, sources'], ['G then I A R O E', 'go to incidents, actors, review, documents, export'],
  ['Esc', 'clear filters or close']];

// What a screen shows, as data: the route that it reads, with the same filters.
const DATA = { desk: 'claims', map: 'marks', network: 'marks', threats: 'ledger', sources: 'sources', incidents: 'incidents', actors: 'actors',
  review: 'waiting', documents: 'documents', export: 'exports' };
function dataOf() {
  const at = S.route.value, one = at === 'incidents' ? S.incident.value : at === 'actors' ? S.actor.value : null;
  if (one) return `/api/${DATA[at]}/${encodeURIComponent(one)}`;
  const filters = at === 'incidents' ? (S.contested.value ? 'contested=true' : '') : ['desk', 'map', 'network'].includes(at) ? S.filters() : '';
  return `/api/${DATA[at]}${String(filters) && '?' + filters}`;
}

function Top() {
  const { case: known, total, rejected } = S.data.value, shown = S.found.value, [a, b] = S.range.value ?? S.domain.value, last = lastOf(b);
  const days = `${fFull(a)} – ${fFull(last)}`;
  const sought = S.route.value === 'documents' ? 'Search documents' : 'Search claims';
  const count = shown === total ? plural(total, 'claim') : `${shown.toLocaleString('en')} of ${plural(total, 'claim')}`;
  return html`<header class="top"><div class="ttl"><h1>${known.name}</h1><p
    class="sub">${count}${rejected > 0 && ` (${rejected.toLocaleString('en')} rejected)`} · ${plural(known.documents, 'report')} · ${
      plural(known.outlets, 'outlet')}${total > 0 && ` · ${days}`}</p></div><span class="sp"></span>
    ${S.filtered.value && html`<button class="chip" onClick=${S.clear}>${S.dyad.value ? S.dyadName(S.dyad.value) : 'Filtered'} <span
      aria-hidden="true">×</span><span class="vh"> clear filters</span></button>`}
    <a class="ghost" href=${dataOf()} target="_blank" title="What this screen shows, as data">JSON</a>
    <label class="search"><span class="vh">${sought}</span><input id="q" type="search" placeholder=${sought} value=${S.query.value}
      onInput=${ev => S.query.value = ev.target.value} /><${Kbd}>/<//></label></header>`;
}
function Rail() {
  const ref = useRef(null);   // on a phone the bar scrolls: the screen that is open stays in sight
  useEffect(() => ref.current.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [S.route.value]);
  return html`<nav class="rail" aria-label="Screens" ref=${ref}><img src="/static/icon.svg" width="30" height="30" alt="dragoman" />
  ${NAV.map(([id, label, d]) => html`<a key=${id} href="#/${id}" aria-current=${S.route.value === id ? 'page' : null}
    onClick=${ev => { ev.preventDefault(); S.go(id); }}><${Icon} d=${d} /><span>${label}</span></a>`)}
  <span class="sp"></span><button class="help" onClick=${() => S.dialog.value = 'help'} aria-label="Keyboard help"><span
    aria-hidden="true">?</span></button></nav>`;
}

const Help = () => html`<h2>Keyboard</h2><dl
  class="keys">${KEYS.map(([keys, what]) => html`<div><dt>${keys.split(' ').map(k => k === 'then' ? ' then ' : html`<kbd>${k}</kbd> `)}</dt><dd>
    ${what}</dd></div>`)}</dl>
  <button class="act" autofocus onClick=${() => S.dialog.value = null}>Close</button>`;
const DIALOGS = { correct: ['Correct a claim', CorrectForm], add: ['Add a claim', AddForm], help: ['Keyboard', Help] };
function Dialog() {
  const ref = useRef(null), k = S.dialog.value, [label, Content] = DIALOGS[k] ?? [];
  useEffect(() => { const d = ref.current; if (k && !d.open) d.showModal(); if (!k && d.open) d.close(); }, [k]);
  return html`<dialog ref=${ref} onClose=${() => S.dialog.value = null}
    aria-label=${label}>${Content && html`<${Content} />`}</dialog>`;
}
const SCREENS = { map: MapView, network: Network, threats: () => html`<${Ledger} full />`, sources: Sources,
  incidents: Incidents, actors: Actors, review: Review, documents: Documents, export: Export,
  desk: () => html`<${Cards} /><${Timeline} /><div class="two"><${Matrix} /><${Ledger} /></div>` };
const NoClaims = () => html`<section class="panel"
  aria-labelledby="h-no"><h2 id="h-no">No claims yet</h2><${Empty}>This case holds ${plural(S.data.value.case.documents, 'report')} and no claim.
    <a class="link" href="#/documents" onClick=${ev => { ev.preventDefault(); S.go('documents'); }}>Import articles</a>, or code them into it with:
    dragoman code ARTICLES --to CASE<//></section>`;

function App() {
  if (!S.data.value) return html`<main id="main" class="wide">${desk.at.value.state === 'failed' ? html`<h1
    class="vh">dragoman’s desk</h1><${Failed} from=${desk} />` : html`<p class="boot" role="status">Opening the desk…</p>`}</main>`;
  if (drawing.at.value.state === 'failed') return html`<main id="main" class="wide"><${Failed} from=${drawing} /></main>`;
  const Screen = S.data.value.total || ['documents', 'export'].includes(S.route.value) ? SCREENS[S.route.value] : NoClaims;
  return html`<a class="skip" href="#main" onClick=${ev => { ev.preventDefault(); document.getElementById('main').focus(); }}>Skip to content</a><${Rail} />
    <div class="page"><${Top} /><main id="main" tabindex="-1" class=${'v-' + S.route.value}>${
      awaited.value ? html`<p class="empty" role="status">Reading…</p>` : html`<${Screen} />`}</main></div>
    <${Reader} /><${Dialog} /><div class="vh" role="status" aria-live="polite">${S.announce.value}</div>`;
}

let g = 0;
const DECIDE = { a: 'accept', r: 'reject', u: 'undo' };
function onKey(ev) {
  if (ev.ctrlKey || ev.metaKey || ev.altKey || S.dialog.value || !S.data.value) return;
  const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(ev.target.tagName), k = ev.key.toLowerCase(), id = S.selected.value,
    reviewing = S.route.value === 'review';
  if (ev.key === 'Escape') { if (inField) ev.target.blur(); else if (S.sheet.value) S.sheet.value = false; else S.clear(); return; }
  if (inField) return;
  if (Date.now() - g < 1200) { g = 0; const to = { d: 'desk', m: 'map', n: 'network', t: 'threats', s: 'sources',
    i: 'incidents', a: 'actors', r: 'review', o: 'documents', e: 'export' }[k]; if (to) { S.go(to);
    ev.preventDefault(); return; } }
  if (k === 'g') g = Date.now();
  else if (k === 'j') reviewing ? next() : S.step(1);
  else if (k === 'k') reviewing ? previous() : S.step(-1);
  else if (k === 'u' && reviewing) undo();
  else if (k === '?') S.dialog.value = 'help';
  else if (k === 'n') start();
  else if (k === '/') document.getElementById('q')?.focus();
  else if (id && DECIDE[k]) decide(id, DECIDE[k]);
  else if (id && k === 'c') S.dialog.value = 'correct';
  else return;
  ev.preventDefault();
}
addEventListener('keydown', onKey);
addEventListener('hashchange', S.readAddress);
desk.again = open;
effect(() => { if (S.data.value) document.title = `${S.data.value.case.name} · ${S.route.value} · dragoman`; });
const root = document.getElementById('app'); root.replaceChildren(); render(html`<${App} />`, root); open();
