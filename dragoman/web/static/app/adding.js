// Words selected in the report go in, a claim that the coder missed comes out: the bar that offers it, and the form that it is told in.
import { html, signal, useRef, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { addClaim, reading, reviewer } from './server.js';
import { selection, sentenceAt } from './spans.js';
import { End, Fields, NAMES, filled } from './fields.js';
import { Kbd } from './ui.js';

const chosen = signal(null);                      // { document, paragraph, start, end } that is selected now, or null
const hint = signal(null);                        // what to do first, once somebody asked for a claim without words
const adding = signal(null);                      // the words that the form is on
const SELECT = 'Select words in the report first: with the mouse, by touch, or with Shift and the arrow keys (F7 shows the cursor in most browsers).';
const ACROSS = 'A claim rests on words of one paragraph. Select fewer words.';
const open = () => { const at = reading.at.value; return at.state === 'ready' ? at.value : null; };
const textOf = at => at && open()?.id === at.document ? open().paragraphs[at.paragraph] : null;

let later = 0, held = false;
function look() {
  clearTimeout(later); if (held) return;
  const found = selection();
  if (found && open()) { chosen.value = { ...found, document: open().id }; hint.value = null; }
  // a finger on the button takes the selection away before it presses: what was selected stays for a moment
  else later = setTimeout(() => { chosen.value = null; }, 400);
}
document.addEventListener('selectionchange', look);
// while a mouse selects, nothing moves under it
addEventListener('pointerdown', ev => { held = ev.pointerType === 'mouse'; });
for (const kind of ['pointerup', 'pointercancel']) addEventListener(kind, () => { held = false; look(); });
// The key N and the button: the form opens on the words selected.
export function start() {
  look();                                         // a quick key comes before the browser tells what was selected
  const at = chosen.value, p = textOf(at), why = !open() ? 'Open a report first: choose a claim, or a document.' : at?.across ? ACROSS : !p ? SELECT : null;
  hint.value = why;
  if (why) { S.announce.value = why; return; }
  adding.value = { ...at, text: p.text, sentence: sentenceAt(p, at.start, at.end) }; S.dialog.value = 'add';
}
export function AddBar() {
  const at = chosen.value, p = textOf(at);
  if (at?.across) return html`<p class="adder">${ACROSS}</p>`;
  if (p) return html`<div class="adder"><q>${p.text.slice(at.start, at.end)}</q><button class="act" aria-keyshortcuts="n"
    onClick=${start}>Add a claim on these words <${Kbd}>N<//></button></div>`;
  return hint.value && html`<p class="adder">${hint.value} <button class="ghost" onClick=${() => hint.value = null}>Close</button></p>`;
}
const EMPTY = { ...Object.fromEntries(NAMES.map(k => [k, ''])), status: 'actual' };
export function AddForm() {
  const at = adding.value, form = useRef(null), [note, setNote] = useState(null), [busy, setBusy] = useState(false);
  if (!at) return null;
  const close = () => { S.dialog.value = null; };
  const save = async ev => {
    ev.preventDefault(); if (busy) return;
    const did = form.current.elements.type; if (!did.value) { did.focus(); return setNote('Choose what was done, in the field Did.'); }
    const given = filled(form.current); if (!given) return setNote('Your name is missing.');
    const { type, ...rest } = Object.fromEntries(NAMES.map(k => [k, given[k]])), fields = Object.fromEntries(Object.entries(rest).filter(([, v]) => v));
    setBusy(true); setNote(null);
    try {
      await addClaim(at.document, { paragraph: at.paragraph, start: at.start, end: at.end, type, fields, reason: given.reason, reviewer: reviewer.value });
      getSelection()?.removeAllRanges(); chosen.value = null;   // and with it the button, so the text gets the focus back
      form.current?.closest('dialog').addEventListener('close', () => document.querySelector('.r-scroll')?.focus({ preventScroll: true }), { once: true });
      close();
    } catch (error) { setNote(`Not saved. ${error.message}`); }
    setBusy(false);
  };
  const { text, sentence: s } = at;
  return html`<form ref=${form} onSubmit=${save} class="correct" novalidate><h2>Add a claim</h2>
    <blockquote dir="auto">${text.slice(s.start, at.start)}<mark>${text.slice(at.start, at.end)}</mark>${text.slice(at.end, s.end)}</blockquote>
    <${Fields} form=${form} was=${EMPTY} /><${End} note=${note} save=${busy ? 'Saving…' : 'Save claim'} close=${close} /></form>`;
}
