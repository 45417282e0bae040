// The claims of a report go in, its source chains come out as one tree: the publisher at the root, under each source whom that one cites.
import { html, useLayoutEffect, useRef } from '../vendor/vendor.js';
import * as S from './state.js';
import { plural } from './ui.js';

const named = name => name === 'unspecified' ? 'source not named' : name;
const node = name => ({ name, claims: [], kids: new Map() });
// Every claim stands at each source of its chain, and at the root when it has no source.
export function chainsOf(claims, publisher) {
  const root = node(publisher ?? 'Publisher unknown');
  for (const c of claims) {
    let at = root; if (!c.chain.length) root.claims.push(c);
    for (const name of c.chain) {
      if (!at.kids.has(name)) at.kids.set(name, node(name));
      at = at.kids.get(name); at.claims.push(c);
    }
  }
  return root;
}
// A source is pressed: its first claim, or the one after the claim that is chosen.
function next(claims) {
  const at = claims.findIndex(c => c.id === S.selected.value); S.pick(claims[(at + 1) % claims.length].id);
}
export function SourcesTree({ doc, claims, order, claim }) {
  const list = [...claims].sort((a, b) => (order.get(a.id)?.n ?? Infinity) - (order.get(b.id)?.n ?? Infinity)), root = chainsOf(list, doc.publisher);
  const tree = useRef(null);
  // the path of the chosen claim is kept in sight where the tree scrolls
  useLayoutEffect(() => {
    const box = tree.current, row = box?.querySelector('.last > .from-row'); if (!row) return;
    const top = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top + row.offsetHeight > box.clientHeight) box.scrollTop += top - box.clientHeight / 2;
  }, [claim?.id]);
  if (!list.length) return null;
  const nests = list.some(c => c.chain.length > 1) || root.kids.size > 1;
  return html`<details class="from" open=${nests}><summary>According to whom${claim && html` <${Chain} claim=${claim} root=${root.name} />`}</summary>
    <ul class="from-tree" ref=${tree}><${Node} at=${root} chosen=${claim} depth=${0} /></ul></details>`;
}
function Node({ at, chosen, depth }) {
  const on = !!chosen && (depth === 0 || at.claims.some(c => c.id === chosen.id)), last = on && chosen.chain.length === depth;
  const counted = S.standing(at.claims), n = counted.length;
  const kids = [...at.kids.values()].sort((a, b) => b.claims.length - a.claims.length);
  return html`<li class=${(on ? 'on' : '') + (last ? ' last' : '')}><span class="from-row"><i class="dot" aria-hidden="true"></i><span
    class=${'from-name' + (at.name === 'unspecified' ? ' anon' : '')} dir="auto">${named(at.name)}</span>
    ${at.claims.length > 0 && html`<button class="from-n" aria-current=${last ? 'true' : null} onClick=${() => next(n ? counted : at.claims)}>
      ${n ? plural(n, 'claim') : 'rejected'}${depth ? html`<span class="vh"> according to ${named(at.name)}</span>` : ' on its own word'}${last
        && html`<span class="vh">, the chosen claim is one of them</span>`}</button>`}</span>
    ${kids.length > 0 && html`<ul>${kids.map(kid => html`<${Node} key=${kid.name} at=${kid} chosen=${chosen} depth=${depth + 1} />`)}</ul>`}</li>`;
}
// While the tree is closed, the chain of the chosen claim stands in its place.
const Chain = ({ claim, root }) => html`<span class="chain"><span>${root}</span>${claim.chain.map(name => html`<span
  class="via" aria-hidden="true">‹</span><span class="vh">, which has it from </span><span>${named(name)}</span>`)}${!claim.chain.length
  && html`<i>on its own word</i>`}</span>`;
