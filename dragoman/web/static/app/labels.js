// Circles and arrows go in, a place for each name comes out, where it covers no other name, no circle and leaves no border.
// What finds no such place is left out, the least tied first; the same picture always gets the same places.
const HIGH = 15, GAP = 3, EDGE = 2;
let pen = null;
export function widthOf(text) {
  pen ??= document.createElement('canvas').getContext('2d');
  pen.font = `550 12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width + 4;
}
const apart = (a, b) => a.x1 <= b.x0 || a.x0 >= b.x1 || a.y1 <= b.y0 || a.y0 >= b.y1;
const near = (v, a, b) => Math.max(a, Math.min(b, v));
// Boxes around a circle: below, above, to the right, to the left, then aslant.
function around({ x, y, r }, wide) {
  const d = r * .71, low = y + r + GAP, high = y - r - GAP - HIGH, mid = y - HIGH / 2;
  return [[x - wide / 2, low], [x - wide / 2, high], [x + r + GAP, mid], [x - r - GAP - wide, mid],
    [x + d, y + d], [x - d - wide, y + d], [x + d, y - d - HIGH], [x - d - wide, y - d - HIGH]]
    .map(([x0, y0]) => ({ x0, y0, x1: x0 + wide, y1: y0 + HIGH }));
}
// circles: [{ id, x, y, r, deg, text }]; points: [x, y] on the arrows. Gives Map id → { x, y }, the middle of the name's base line.
export function placeLabels(circles, points, w, H) {
  const taken = circles.map(c => ({ id: c.id, x0: c.x - c.r, x1: c.x + c.r, y0: c.y - c.r, y1: c.y + c.r })), found = new Map();
  for (const c of [...circles].sort((a, b) => b.deg - a.deg || (a.id < b.id ? -1 : 1))) {
    const wide = widthOf(c.text);
    const free = around(c, wide).filter(b => b.x0 >= EDGE && b.x1 <= w - EDGE && b.y0 >= EDGE && b.y1 <= H - EDGE
      && taken.every(t => t.id === c.id && !t.text || apart(b, t)));
    const crossed = b => points.filter(([x, y]) => x > b.x0 && x < b.x1 && y > b.y0 && y < b.y1).length;
    const best = free.map((b, i) => ({ b, cost: crossed(b) + i * .6 })).sort((a, b) => a.cost - b.cost)[0]?.b;
    if (best) { taken.push({ ...best, id: c.id, text: true }); found.set(c.id, { x: (best.x0 + best.x1) / 2, y: best.y1 - 4 }); }
  }
  return found;
}
// Circles that touch are pushed apart, always in the same order, and kept inside.
export function spread(circles, w, H, gap) {
  for (let turn = 0; turn < 60; turn++) {
    for (let i = 0; i < circles.length; i++) for (let j = i + 1; j < circles.length; j++) {
      const a = circles[i], b = circles[j], dx = b.x - a.x || .1, dy = b.y - a.y || .1, d = Math.hypot(dx, dy), by = (a.r + b.r + gap - d) / 2;
      if (by > 0) { a.x -= dx / d * by; a.y -= dy / d * by; b.x += dx / d * by; b.y += dy / d * by; }
    }
    for (const c of circles) { c.x = near(c.x, c.r + 4, w - c.r - 4); c.y = near(c.y, c.r + 4, H - c.r - 4 - HIGH); }
  }
}
