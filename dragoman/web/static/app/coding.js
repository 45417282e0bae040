// The selected claim goes in, its coding comes out: what was coded and why, what people decided, and the buttons to decide.
import { html, useEffect, useRef, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { decide, detail, reviewer, setReviewer, asking, refused } from './server.js';
import { ActorLink } from './actor-parts.js';
import { Mark, Kbd, Failed, fFull, dayOf, signed, act, plural } from './ui.js';

const REVIEW = { accept: 'Accepted', correct: 'Corrected', reject: 'Rejected', add: 'Added' }, DID = { ...REVIEW, undo: 'Taken back' };
const SURE = { 3: 'certain', 2: 'probable', 1: 'possible', 0: 'not committed', '-1': 'possibly not', '-2': 'probably not', '-3': 'certainly not' };
const MOST = 50;                                  // others of an incident that the server names, beginning after the claim

export function Coding({ claim: c }) {
  const told = detail.at.value, full = told.state === 'ready' && told.value.id === c.id ? told.value : null;
  const others = full?.others ?? [];
  useEffect(() => { refused.value = null; asking.value = null; }, [c.id]);
  return html`<section class="coding" aria-labelledby="h-cd"><h3 id="h-cd" class="vh">Coding of the claim</h3>
    <p class="triple"><${Who} code=${c.src} /><span
      class=${'pill ' + c.quad}><${Mark} quad=${c.quad} r=${4} />${act(c.type)}${c.mode && `, ${c.mode}`}</span><${Who} code=${c.tgt} /><span
        class="sp"></span><${Steps} /></p>
    <p class=${'st ' + (c.review ?? 'machine')}>${c.review ? REVIEW[c.review] : 'Not reviewed'}</p>
    <dl class="facts"><div><dt>When</dt><dd>${c.date ? fFull(c.date) : 'no date told'}</dd></div><div><dt>Where</dt><dd>${c.place ?? 'not told'}</dd></div>
      <div><dt>Status</dt><dd>${c.status}, ${SURE[Math.round(c.commitment)] ?? signed(c.commitment)}</dd></div><div><dt>Intensity</dt><dd
        class="n">${signed(c.intensity)}</dd></div>
      ${others.length > 0 && html`<div class="wide"><dt>Same incident</dt><dd><button class="link"
        onClick=${() => S.pick(others[0])}>${others.length < MOST ? plural(others.length, 'more claim') : `${MOST} or more claims`}</button></dd></div>`}</dl>
    <div class="acts"><button class="act ok" aria-keyshortcuts="a" onClick=${() => decide(c.id, 'accept')}>Accept <${Kbd}>A<//></button>
      <button class="act" aria-keyshortcuts="c" onClick=${() => S.dialog.value = 'correct'}>Correct <${Kbd}>C<//></button>
      <button class="act no" aria-keyshortcuts="r" onClick=${() => decide(c.id, 'reject')}>Reject <${Kbd}>R<//></button><span class="sp"></span>
      ${c.review && html`<button class="ghost" aria-keyshortcuts="u" onClick=${() => decide(c.id, 'undo')}>Undo <${Kbd}>U<//></button>`}</div>
    ${refused.value && html`<p class="wrong" role="alert">Not saved. ${refused.value}</p>`}
    <${Reviewer} />
    ${told.state === 'failed' ? html`<${Failed} from=${detail} />` : html`<details class="why"><summary>Why it was coded so</summary><p
      class="words">${full?.explanation ?? 'Reading…'}</p></details>
      ${full?.history?.length > 0 && html`<details class="why"><summary>History, ${plural(full.history.length, 'decision')}</summary><ol
        class="past">${full.history.map(h => html`<li class=${h.stands ? '' : 'old'}>
        <b>${DID[h.action] ?? h.action}</b> by ${h.reviewer || 'unknown'}, ${dayOf(String(h.reviewed_at))}${changed(h.changes)}${h.reason &&
          ` “${h.reason}”`}${!h.stands && ' (no longer stands)'}</li>`)}</ol></details>`}`}
  </section>`;
}
const Who = ({ code }) => html`<b>${code === S.UNKNOWN ? S.name(code) : html`<${ActorLink} code=${code} class="link">${S.name(code)}<//>`}</b>`;
const text = v => v === null || v === undefined ? 'nothing' : typeof v === 'object' ? JSON.stringify(v) : String(v);
const changed = changes => { const all = Object.entries(changes ?? {});
  return all.length ? ': ' + all.map(([k, v]) => `${k.replaceAll('_', ' ')} is ${text(v)}`).join('; ') + '.' : ''; };

const Steps = () => html`<span class="nav"><button class="ghost" onClick=${() => S.step(-1)} aria-keyshortcuts="k"><span
  aria-hidden="true">↑ </span><span class="vh">Previous claim</span><${Kbd}>K<//></button>
  <button class="ghost" onClick=${() => S.step(1)} aria-keyshortcuts="j"><span aria-hidden="true">↓ </span><span
    class="vh">Next claim</span><${Kbd}>J<//></button></span>`;

// The name is asked once; a decision that was made without it waits until it is given.
function Reviewer() {
  const [open, setOpen] = useState(false), field = useRef(null), waiting = asking.value;
  useEffect(() => { if (waiting || open) field.current?.focus(); }, [waiting, open]);
  if (!waiting && !open) return html`<p class="who">${reviewer.value ? html`You decide as <b>
    ${reviewer.value}</b>` : 'A decision is kept with your name'} <button class="ghost"
      onClick=${() => setOpen(true)}>${reviewer.value ? 'Change' : 'Give your name'}</button></p>`;
  const save = ev => {
    ev.preventDefault(); if (!field.current.value.trim()) return;
    setReviewer(field.current.value); setOpen(false); asking.value = null; field.current.blur();
    if (waiting) decide(waiting.id, waiting.action, waiting);
  };
  return html`<form class="who" onSubmit=${save}>${waiting && html`<p class="wrong" role="alert">Who decides? Your name is kept with every decision.</p>`}
    <label>Your name <input ref=${field} name="reviewer" maxlength="200" value=${reviewer.value} autocomplete="name" required /></label> <button
      class="act" type="submit">Save</button></form>`;
}
