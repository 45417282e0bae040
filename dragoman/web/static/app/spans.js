// The spans of a report go in, pieces of text to draw come out: cut, stacked and numbered; and what the reader of the page selects, as offsets.

// Overlap without nesting: cut the paragraph at every span border; each piece knows all spans that cover it.
export function segments(text, spans) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap(s => [s.start, s.end])])].filter(c => c >= 0 && c <= text.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((c, i) => ({ text: text.slice(c, cuts[i + 1]), start: c, spans: spans.filter(s => s.start <= c && s.end >= cuts[i + 1]) }));
}
// Greedy interval colouring: two spans that overlap never share an underline slot.
export function slots(spans) {
  const ends = [], m = new Map();
  for (const s of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    let i = ends.findIndex(e => e <= s.start); if (i < 0) i = ends.length; ends[i] = s.end; m.set(s, i);
  }
  return m;
}
// Claims of a report by number, in the order of the words that they rest on.
export function numbers(paragraphs) {
  const first = new Map();
  paragraphs.forEach((p, i) => p.spans.forEach(s => {
    const at = [i, s.role === 'trigger' ? s.start : s.start + .5], had = first.get(s.claim), own = s.role === 'trigger';
    if (own || s.role === 'sentence') if (!had || (own && !had.own)) first.set(s.claim, { at, own });
  }));
  const order = [...first].sort(([, a], [, b]) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  return new Map(order.map(([id, { own }], i) => [id, { n: i + 1, role: own ? 'trigger' : 'sentence' }]));
}

// What is text of the report in a piece of the page: numbers of claims and labels of roles are not.
function own(piece) { piece.querySelectorAll('.ref, .tag').forEach(el => el.remove()); return piece.textContent; }
// Where a point of the page lies in a paragraph's own text, in UTF-16 units.
function unitsTo(p, node, offset) {
  const before = new Range(); before.setStart(p, 0); before.setEnd(node, offset);
  return own(before.cloneContents()).length;
}
const paragraphOf = node => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest('.text p[data-p]') ?? null;
// The words selected in the report, without the blanks at either end: { paragraph, start, end }; null where nothing is, { across } over paragraphs.
export function selection(chosen = getSelection()) {
  if (!chosen?.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0), p = paragraphOf(range.startContainer); if (!p) return null;
  const text = own(p.cloneNode(true)), from = unitsTo(p, range.startContainer, range.startOffset);
  let to = text.length;
  if (paragraphOf(range.endContainer) === p) to = unitsTo(p, range.endContainer, range.endOffset);
  else {   // three clicks on a paragraph select it up to the beginning of what comes next
    const rest = new Range(); rest.setStartAfter(p); rest.setEnd(range.endContainer, range.endOffset);
    if (own(rest.cloneContents()).trim()) return { across: true };
  }
  const words = text.slice(from, to); if (!words.trim()) return null;
  return { paragraph: +p.dataset.p, start: to - words.trimStart().length, end: from + words.trimEnd().length };
}
// The sentence around a place of a text: as it was coded, else as the browser parts sentences.
export function sentenceAt({ text, spans }, start, end) {
  const coded = spans.find(s => s.role === 'sentence' && s.start <= start && s.end >= end);
  if (coded) return coded;
  const parts = typeof Intl.Segmenter === 'function' ? [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)] : [];
  const first = parts.findLast(s => s.index <= start), last = parts.findLast(s => s.index < end);
  return first ? { start: first.index, end: last.index + last.segment.length } : { start: 0, end: text.length };
}
