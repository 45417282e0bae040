// Questions to the server go out, answers come in as signals: { state: 'idle' | 'loading' | 'ready' | 'failed', value, error }.
import { signal, effect } from '../vendor/vendor.js';
import * as S from './state.js';
import { askForMarks } from './large.js';
import { numbers } from './spans.js';

async function ask(url, options) {
  let answer;
  try { answer = await fetch(url, options); } catch { throw new Error('The server does not answer. Is "dragoman serve" still running?'); }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw Object.assign(new Error(typeof body?.detail === 'string' ? body.detail : `The server answered ${answer.status} to ${url}.`),
    { status: answer.status });
  return body;
}
// One address at a time: an answer that comes after the next question was asked is dropped.
export function resource(what) {
  const at = signal({ state: 'idle' }); let url = null, turn = 0;
  async function load(next = url, { quiet = false } = {}) {
    const mine = ++turn; url = next;
    if (!quiet) at.value = { state: 'loading' };
    try { const value = await ask(next); if (mine === turn) at.value = { state: 'ready', value }; }
    catch (error) { if (mine === turn) at.value = { state: 'failed', what, error: error.message }; }
  }
  return { at, load, set: value => { turn++; at.value = { state: 'ready', value }; } };
}
export const desk = resource('The case');
export const drawing = resource('What is drawn');    // of a large case: marks and the latest claims of what fits
export const listing = resource('The claims');
export const shifts = resource('What changed');
export const ledger = resource('The ledger');
export const sources = resource('The sources');
export const incidents = resource('The incidents');
export const incident = resource('The incident');   // the one that is open, with its reports
export const waiting = resource('The queue');
export const failures = resource('The failures');
export const actors = resource('The actors');
// The page of one actor in three answers: what weighs reports together takes longer than what counts claims.
export const actor = { deeds: resource('The actor'), told: resource('What is told of the actor'), ledger: resource('The actor’s ledger') };
export const reading = resource('The report');      // the report that is open
export const detail = resource('The claim');        // the selected claim, with why and its history

export const reviewer = signal(stored());
export const refused = signal(null);                // why the last decision was not taken
export const decided = signal(null);                // the last decision that was kept: { id, action }
export const asking = signal(null);                 // a decision that waits for the reviewer's name
function stored() { try { return localStorage.getItem('dragoman.reviewer') ?? ''; } catch { return ''; } }
export function setReviewer(given) {
  reviewer.value = given.trim();
  try { localStorage.setItem('dragoman.reviewer', reviewer.value); } catch { /* kept for this visit only */ }
}

const SAID = { accept: 'Accepted', reject: 'Rejected', correct: 'Corrected', undo: 'The last decision was taken back' };
export async function decide(id, action, { changes = {}, reason = '' } = {}) {
  refused.value = null;
  if (!reviewer.value) {
    asking.value = { id, action, changes, reason }; S.announce.value = 'Say who decides';
    if (S.route.value === 'review') S.pick(id);
    return false;
  }
  try {
    const claim = await send(`/api/claims/${encodeURIComponent(id)}/decision`, { action, changes, reason, reviewer: reviewer.value });
    if (claim.gone) return gone(id);
    S.replace(claim); follow(claim);
    if (S.selected.value === id) detail.set(claim);
    S.announce.value = SAID[action]; decided.value = { id, action }; refresh(); return true;
  } catch (error) { refused.value = error.message; S.announce.value = `Not saved: ${error.message}`; return false; }
}
// The claims of the open report follow at once.
function follow(claim) {
  const at = reading.at.value;
  if (at.state === 'ready' && at.value.id === claim.document)
    reading.set({ ...at.value, claims: at.value.claims.map(c => c.id === claim.id ? { ...c, ...claim } : c) });
}
// A claim that a person added is there no more once its adding is taken back; its report stays open.
function gone(id) {
  const at = reading.at.value, report = at.state === 'ready' && at.value.claims.some(c => c.id === id) ? at.value : null;
  const without = p => ({ ...p, spans: p.spans.filter(s => s.claim !== id) });
  if (report) reading.set({ ...report, claims: report.claims.filter(c => c.id !== id), paragraphs: report.paragraphs.map(without) });
  S.drop(id); if (report && !S.selected.value) S.read(report.id);
  S.announce.value = SAID.undo; decided.value = { id, action: 'undo' }; refresh(); return true;
}
// What a person adds to a report, as one claim more; it is chosen. Throws an error that says what is wrong.
export async function addClaim(document, given) {
  const claim = await send(`/api/documents/${encodeURIComponent(document)}/claims`, given);
  S.insert(claim); S.pick(claim.id); S.announce.value = 'The claim is added';
  reading.load(undefined, { quiet: true }); refresh();
}
// What rests on claims is asked for again, once the reviewer pauses.
let later = 0;
function refresh() {
  clearTimeout(later);
  later = setTimeout(() => {
    for (const r of [shifts, ledger, sources, incidents, incident, actors, ...Object.values(actor)])
      if (r.at.value.state !== 'idle') r.load(undefined, { quiet: true });
    reading.load(undefined, { quiet: true }); S.turn.value++;
  }, 1500);
}

export async function open() {
  S.readAddress();
  await desk.load('/api/desk');
  if (desk.at.value.state !== 'ready') return;
  S.data.value = S.prepare(desk.at.value.value);
  if (!S.whole.value) await askForMarks();
  if (!S.selected.value && !S.report.value) S.selected.value = S.claims.value.findLast(c => c.date && c.actor && c.recipient &&
    c.status === 'actual')?.id ?? S.claims.value[0]?.id ?? null;
  S.keepAddress();
  shifts.load('/api/shifts'); ledger.load('/api/ledger');
  effect(() => { if (S.route.value === 'sources' && sources.at.peek().state === 'idle') sources.load('/api/sources'); });
  effect(() => { if (S.route.value === 'incidents') incidents.load('/api/incidents' + (S.contested.value ? '?contested=true' : '')); });
  effect(() => { if (S.route.value === 'incidents' && S.incident.value) incident.load(`/api/incidents/${encodeURIComponent(S.incident.value)}`); });
  watchActors();
  effect(() => { if (S.route.value === 'review') waiting.load('/api/waiting'); });
  effect(() => { if (S.route.value === 'documents') failures.load('/api/failures'); });
  effect(() => { if (S.selected.value) detail.load(`/api/claims/${encodeURIComponent(S.selected.value)}`); });
  let opened = null;
  effect(() => {
    const id = S.selected.value ? current()?.document ?? null : S.report.value;
    if (id && id !== opened) { opened = id; reading.load(`/api/documents/${encodeURIComponent(id)}`); }
  });
  // A report that was asked for by its id opens at its first claim, in the order of its words.
  effect(() => {
    const at = reading.at.value; if (S.selected.value || at.state !== 'ready' || at.value.id !== S.report.value) return;
    const [first] = numbers(at.value.paragraphs).keys(); if (first) S.pick(first, { open: false });
  });
}
// The list is searched on the server, once the typing pauses; the names that come with an actor are of parties all over the case.
function watchActors() {
  let later = 0;
  effect(() => {
    const query = S.query.value.trim(), first = actors.at.peek().state === 'idle';
    clearTimeout(later);
    if (S.route.value !== 'actors' || S.actor.value) return;
    later = setTimeout(() => actors.load(`/api/actors?q=${encodeURIComponent(query)}`, { quiet: !first }), first ? 0 : 250);
  });
  effect(() => {
    if (S.route.value !== 'actors' || !S.actor.value) return;
    for (const [part, from] of Object.entries(actor)) from.load(`/api/actors/${encodeURIComponent(S.actor.value)}?part=${part}`);
  });
  for (const from of Object.values(actor)) effect(() => { if (from.at.value.state === 'ready') S.learn(from.at.value.value.names); });
}
const send = (url, given) => ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) });
// Articles go in: { documents } or { files }; what was coded, what was known and what failed comes back.
export const add = given => send('/api/documents', given);
// After new articles: the case is read again, what is chosen stays.
export async function reopen() {
  await desk.load('/api/desk', { quiet: true });
  if (desk.at.value.state === 'ready') S.data.value = S.prepare(desk.at.value.value);
  S.turn.value++;
  for (const r of [shifts, ledger, sources, actors, ...Object.values(actor)]) if (r.at.value.state !== 'idle') r.load(undefined, { quiet: true });
}
// The selected claim; in a large case it may be one that the desk does not hold, but the open report does.
export function current() {
  const held = S.byId.value.get(S.selected.value); if (held) return held;
  const told = detail.at.value; if (told.state === 'ready' && told.value.id === S.selected.value) return S.shape(told.value);
  const at = reading.at.value, read = at.state === 'ready' && at.value.claims.find(c => c.id === S.selected.value);
  return read ? S.shape(read) : null;
}
