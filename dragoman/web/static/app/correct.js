// A claim goes in, a form on every field that may be corrected comes out; only what was changed is sent.
import { html, useRef, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { current, decide, detail, refused } from './server.js';
import { End, Fields, NAMES, filled } from './fields.js';

function fieldsOf(c) {
  const full = { ...c, ...(detail.at.value.value?.id === c.id ? detail.at.value.value : {}) };
  return { type: c.type, mode: c.mode ?? '', actor_name: c.actor_name ?? '',
    actor_code: full.actor_code ?? '', recipient_name: c.recipient_name ?? '', recipient_code: full.recipient_code ?? '',
    status: c.status, date_value: full.date_value ?? c.day ?? '', place_name: c.place ?? '', place_country: c.country ?? '', sources: c.chain.join(' > ') };
}
export function CorrectForm() {
  const c = current(), form = useRef(null), [note, setNote] = useState(null); if (!c) return null;
  const was = fieldsOf(c), close = () => { S.dialog.value = null; };
  const save = async ev => {
    ev.preventDefault(); const given = filled(form.current); if (!given) return setNote('Your name is missing.');
    const changes = Object.fromEntries(NAMES.filter(k => given[k] !== was[k]).map(k => [k, given[k]]));
    if (!Object.keys(changes).length) return setNote('Nothing is changed yet. To say that all is right, accept the claim.');
    if (await decide(c.id, 'correct', { changes, reason: given.reason })) close(); else { setNote(refused.value); refused.value = null; }
  };
  return html`<form ref=${form} onSubmit=${save} class="correct" novalidate><h2>Correct the claim</h2><blockquote>${c.evidence}</blockquote>
    <${Fields} form=${form} was=${was} /><${End} note=${note} save="Save correction" close=${close} /></form>`;
}
