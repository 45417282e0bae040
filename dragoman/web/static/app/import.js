// Files or a pasted text go in, coded documents come out: how many claims each has, and what could not be read, with the remedy.
import { html, signal, useEffect, useRef, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { add, failures, reopen } from './server.js';
import { Head, Empty, plural } from './ui.js';

const KINDS = ['.txt', '.md', '.html', '.htm', '.jsonl', '.csv'];
const done = signal(null);                        // { documents, known, failures } of this visit's last import
const busy = signal(null);                        // { at, of, name } while it is coded
const MOST = 20e6;                                // bytes: more than this the page does not hold well
const megabytes = size => (size / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
const ends = (name, kinds) => kinds.some(kind => name.toLowerCase().endsWith(kind));
const byCommand = name => `Code it with the command: dragoman code ${name} --to ${S.data.value?.case.name ?? 'CASE'}.duckdb`;
// What is wrong with a file before it is read, and the remedy; null where it can be read.
function wrongWith(file, folder) {
  if (folder) return ['this is a folder', 'Open it and drop the files in it, or code all of it with the command: '
    + `dragoman code ${file.name} --to ${S.data.value?.case.name ?? 'CASE'}.duckdb`];
  if (ends(file.name, ['.parquet'])) return ['this file is binary; the page takes text', byCommand(file.name)];
  if (!ends(file.name, KINDS)) return ['this kind of file is not read', `Give a file that ends in ${KINDS.join(', ')}.`];
  if (file.size > MOST) return [`it has ${megabytes(file.size)} MB; the page takes ${megabytes(MOST)} MB`, `Split it. Or: ${byCommand(file.name)}`];
  return null;
}
const cannot = (where, problem, remedy) => ({ documents: [], known: [], failures: [{ where, problem, remedy }] });

// A file that is dropped on any screen must not make the browser leave the desk.
for (const kind of ['dragover', 'drop']) addEventListener(kind, ev => { if (ev.dataTransfer?.types.includes('Files')) ev.preventDefault(); });
async function ofFile({ file, wrong }) {
  if (wrong) return cannot(file.name, ...wrong);
  return add({ files: [{ name: file.name, content: await file.text() }] });
}
// A folder is told from a file only while it is dropped.
const dropped = ({ files, items }) => [...files].map((file, i) => ({ file, wrong: wrongWith(file,
  [...items].filter(item => item.kind === 'file')[i]?.webkitGetAsEntry?.()?.isDirectory) }));
// One file after the other, so that progress can be told and one failure stops nothing else.
async function run(files, pasted) {
  const work = [...pasted.map(d => ({ name: d.title || 'the pasted text', go: () => add({ documents: [d] }) })),
    ...files.map(f => ({ name: f.file.name, go: () => ofFile(f) }))];
  const sum = { documents: [], known: [], failures: [] }; done.value = null;
  for (const [i, { name, go }] of work.entries()) {
    busy.value = { at: i, of: work.length, name };
    let told; try { told = await go(); } catch (error) { told = cannot(name, error.message, 'Then code it again.'); }
    for (const k of Object.keys(sum)) sum[k].push(...(told[k] ?? []));
  }
  const opens = work.length === 1 && pasted.length ? sum.documents[0]?.id ?? sum.known[0] : null;
  if (opens) S.read(opens);            // first what somebody waits for, then the rest of the desk
  if (sum.documents.length) await reopen();
  busy.value = null; done.value = sum;
  S.announce.value = `${plural(sum.documents.length, 'document')} coded, ${plural(sum.failures.length, 'failure')}`;
  failures.load('/api/failures', { quiet: true });
  return sum;
}

export function Import() {
  const form = useRef(null), chooser = useRef(null), [files, setFiles] = useState([]), [over, setOver] = useState(false), [note, setNote] = useState(null);
  const take = given => { setNote(null); setFiles([...files, ...given.map(file => ({ file, wrong: wrongWith(file, false) }))]); };
  const send = async ev => {
    ev.preventDefault(); if (busy.value) return;
    const given = Object.fromEntries(new FormData(form.current)), text = given.text ?? '';
    const known = ['title', 'published', 'publisher'].filter(k => given[k]?.trim()).map(k => [k, given[k].trim()]);
    const pasted = text.trim() ? [{ text, ...Object.fromEntries(known) }] : [];
    if (!files.length && !pasted.length) return setNote('There is nothing to code yet. Drop files here, or paste a text.');
    setNote(null); const told = await run(files, pasted); setFiles([]);
    if (!told.failures.length) form.current?.reset();
  };
  useEffect(() => {       // files may be dropped anywhere on this screen
    const drag = ev => { if (ev.dataTransfer?.types.includes('Files')) setOver(ev.type === 'dragover'); };
    const leave = ev => { if (!ev.relatedTarget) setOver(false); };
    const drop = ev => {
      setOver(false); if (!ev.dataTransfer?.files.length) return;
      setNote(null); const given = dropped(ev.dataTransfer); setFiles(had => [...had, ...given]);
    };
    addEventListener('dragover', drag); addEventListener('dragleave', leave); addEventListener('drop', drop);
    return () => { removeEventListener('dragover', drag); removeEventListener('dragleave', leave); removeEventListener('drop', drop); };
  }, []);
  return html`<form class="panel imp" ref=${form} onSubmit=${send} aria-labelledby="h-im"><${Head} id="h-im" title="Import"
    hint="articles go into this case file and are coded on this computer" />
    <div class="imp-two"><div class=${'drop' + (over ? ' over' : '')}><p><b>Drop files here</b></p><p
      class="hint">${KINDS.join('  ')}, up to ${megabytes(MOST)} MB each</p>
      <button class="act" type="button" onClick=${() => chooser.current.click()}>Choose files</button>
      <input ref=${chooser} type="file" class="vh" multiple accept=${KINDS.join(',')} aria-label="Files to code" tabindex="-1"
        onChange=${ev => { take([...ev.target.files]); ev.target.value = ''; }} />
      ${files.length > 0 && html`<ul class="files" aria-label="Files chosen">${files.map(({ file, wrong }, i) => html`<li><span>${file.name}
        ${wrong && html` <span class="wrong">${wrong[0]}. ${wrong[1]}</span>`}</span><button class="ghost" type="button"
        onClick=${() => setFiles(files.filter((_, j) => j !== i))} aria-label="Leave out ${file.name}">×</button></li>`)}</ul>`}</div>
    <div class="paste"><label>Or paste a text<textarea name="text" rows="6" dir="auto"></textarea></label>
      <div class="trio"><label>Title<input name="title" autocomplete="off" /></label><label>Publisher<input name="publisher" autocomplete="off" /></label>
        <label>Published<input name="published" type="date" /></label></div></div></div>
    ${note && html`<p class="wrong" role="alert">${note}</p>`}
    <div class="acts"><button class="act ok" type="submit" aria-disabled=${!!busy.value}>Code it</button>
      ${busy.value && html`<label class="busy">Coding ${busy.value.name}, ${busy.value.at + 1} of ${busy.value.of} <progress max=${busy.value.of}
        value=${busy.value.of > 1 ? busy.value.at : undefined}></progress></label>`}</div></form>
    ${done.value && html`<${Outcome} told=${done.value} />`}`;
}
function Outcome({ told }) {
  const { documents, known, failures: bad } = told;
  return html`<section class="panel" aria-labelledby="h-io"><${Head} id="h-io" title="What was coded"
    hint=${`${plural(documents.length, 'document')}, ${plural(documents.reduce((n, d) => n + d.claims, 0), 'claim')}`} />
    ${documents.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label="Documents coded"><table class="evt">
      <thead><tr><th scope="col">Document</th><th scope="col">Claims</th></tr></thead><tbody>${documents.map(d => html`<tr key=${d.id}><td class="wrap">
        <button class="link" type="button" onClick=${() => S.read(d.id)}>${d.title || d.id}</button></td>
        <td>${d.claims || 'no claim found'}</td></tr>`)}</tbody></table></div>`}
    ${known.length > 0 && html`<p class="foot">${plural(known.length, 'document')}, in the case already: ${known.map((id, i) => html`${i
      ? ', ' : ''}<button class="link" type="button" onClick=${() => S.read(id)}>${id}</button>`)}</p>`}
    ${bad.length > 0 ? html`<h3 class="sub-h">Could not be read</h3><${Bad} rows=${bad.map(f => ({ ...f, place: f.where }))} />`
      : !documents.length && !known.length && html`<${Empty}>No article was found in it.<//>`}</section>`;
}
const Bad = ({ rows }) => html`<div class="scroll" tabindex="0" role="region" aria-label="Failures"><table
  class="evt bad"><thead><tr><th scope="col">Where</th><th scope="col">What is wrong</th><th scope="col">What to do</th></tr></thead>
  <tbody>${rows.map((f, i) => html`<tr key=${i}><td
    class="wrap">${f.place}</td><td class="wrap">${f.problem}</td><td class="wrap">${f.remedy}</td></tr>`)}</tbody></table></div>`;
export function Failures() {
  const at = failures.at.value; if (at.state !== 'ready' || !at.value.length) return null;
  return html`<section class="panel" aria-labelledby="h-ib"><details><summary><h2 id="h-ib" class="sub-h">All failures that this case remembers
    (${at.value.length})</h2></summary><${Bad} rows=${at.value} /></details></section>`;
}
