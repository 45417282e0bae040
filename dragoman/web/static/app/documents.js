// The documents of the case go in, a list comes out: searched, ordered, 50 at a time; pressing one opens it in the reader.
import { html, batch, signal, useEffect } from '../vendor/vendor.js';
import * as S from './state.js';
import { current, resource } from './server.js';
import { Failures, Import } from './import.js';
import { Head, Answer, Empty, Failed, dayOf, plural } from './ui.js';

const PAGE = 50, MOST = 1000;
const ORDERS = [['newest', 'Newest first'], ['claims', 'Most claims first'], ['none', 'No claim first']];
const list = resource('The list of documents');    // what is shown from the top on
const further = resource('More documents');        // the answer to "Show more"
const added = signal([]);                          // what "Show more" brought
const answered = signal('');                       // the search that the list answers; another one may be typed already
let last = null;
const address = (query, offset, limit) => '/api/documents?' + new URLSearchParams({ q: query.trim(), order: S.order.value, offset, limit });

export function Documents() {
  return html`<${Import} /><${List} /><${Failures} />`;
}
async function load(query, limit) {
  const asked = address(query, 0, limit); last = asked;
  await list.load(asked, { quiet: true });
  if (asked === last) batch(() => { added.value = []; answered.value = query; further.set(null); });
}
async function showMore(query, offset) {
  const before = list.at.peek();
  await further.load(address(query, offset, PAGE));
  const told = further.at.peek();
  if (told.state === 'ready' && list.at.peek() === before) added.value = [...added.peek(), ...told.value.documents];
}
function List() {
  const query = S.query.value, order = S.order.value, first = list.at.value.state === 'idle';
  useEffect(() => {       // a new question starts from the top, once typing pauses
    const timer = setTimeout(() => load(query, PAGE), first ? 0 : 250);
    return () => clearTimeout(timer);
  }, [query, order]);
  useEffect(() => {       // the case changed: what is shown is asked for again, as far as it goes
    const told = list.at.peek(); if (told.state !== 'ready') return;
    const shown = Math.min(MOST, Math.max(PAGE, told.value.documents.length + added.peek().length));
    load(query, shown);
  }, [S.data.value]);
  const found = list.at.value.value?.found, sought = answered.value.trim();
  return html`<section class="panel docs" aria-labelledby="h-do"><${Head} id="h-do" title="Documents"
    hint=${found === undefined ? null : sought ? `${plural(found, 'document')} with “${sought}” in title, publisher or id`
      : `${plural(found, 'document')} in this case`}><div class="orders" role="group" aria-label="Order">${ORDERS.map(([id, label]) => html`<button
        key=${id} class="ghost" aria-pressed=${order === id} onClick=${() => { S.order.value = id; }}>${label}</button>`)}</div><//>
    <${Answer} from=${list}>${told => html`<${Rows} told=${told} query=${sought} />`}<//></section>`;
}
function Rows({ told, query }) {
  const rows = [...told.documents, ...added.value], left = told.found - rows.length, open = S.report.value ?? current()?.document;
  if (!rows.length) return html`<${Empty}>${query ? 'No document fits the search.'
    : 'This case holds no document yet. Drop files above, or paste a text.'}<//>`;
  const most = Math.max(1, ...rows.map(d => d.claims));
  return html`<ul class="doclist">${rows.map(d => html`<${Row} key=${d.id} d=${d} most=${most} on=${d.id === open} />`)}</ul>
    ${further.at.value.state === 'failed' && html`<${Failed} from=${{ ...further, again: () => showMore(query, rows.length) }} />`}
    ${left > 0 && html`<button class="ghost" aria-disabled=${further.at.value.state === 'loading'}
      onClick=${() => showMore(query, rows.length)}>Show ${Math.min(PAGE, left)} more of ${told.found.toLocaleString('en')}</button>`}`;
}
function Row({ d, most, on }) {
  const safe = /^https?:\/\//.test(d.url ?? ''), title = d.title || `Untitled, ${d.id}`;
  return html`<li class=${'doc' + (on ? ' on' : '')}><button class="docbtn" aria-current=${on ? 'true' : null} data-document=${d.id}
    onClick=${() => S.read(d.id)}><span class="d-title" dir="auto">${title}</span>
    <span class="hint d-meta">${d.publisher ?? 'Publisher unknown'} · ${dayOf(d.published)} · ${plural(d.words, 'word')}${d.copies > 0
      && ` · ${plural(d.copies, 'copy', 'copies')} of it`}</span>
    <span class="d-claims">${d.claims ? html`<b>${plural(d.claims, 'claim')}</b>${d.reviewed > 0 && html` <span class="hint">${d.reviewed} reviewed</span>`}
      <svg width="64" height="5" aria-hidden="true"><rect class="track" width="64" height="5" rx="2.5" /><rect class="report" height="5" rx="2.5"
        width=${Math.max(3, 64 * d.claims / most)} /></svg>` : html`<span class="out open">no claim found</span>`}</span></button>
    ${safe && html`<a class="link d-url" href=${d.url} target="_blank" rel="noreferrer"
      aria-label="Original of ${title}">original</a>`}</li>`;
}
