// The marks of the legend: the same shapes as in the map.
const NS = 'http://www.w3.org/2000/svg';
/** Paths in a box of 14. */
const PATHS = /** @type {Record<string, string>} */ ({
  anger: 'M7 1.5l6 11H1z',
  happiness: 'M7 1.7a5.3 5.3 0 1 1 0 10.6a5.3 5.3 0 1 1 0-10.6z',
  surprise: 'M7 .5l6 6.5-6 6.5-6-6.5z',
  neutral: 'M2.2 2.2h9.6v9.6H2.2z',
  fear: 'M7 12.5l6-11H1z',
  disgust: 'M5.2 1h3.6v4.2H13v3.6H8.8V13H5.2V8.8H1V5.2h4.2z',
  boredom: 'M.8 4.6h12.4v4.8H.8z',
  calm: 'M7 1.4a5.6 5.6 0 0 1 0 11.2z',
});

/** @param {string} mark @param {string} token */
export function swatch(mark, token) {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 14 14');
  svg.setAttribute('aria-hidden', 'true');
  svg.style.setProperty('color', `var(${token})`);
  const add = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes) => {
    const part = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    svg.append(part);
  };
  if (mark === 'sadness')
    add('circle', {
      cx: '7',
      cy: '7',
      r: '4.4',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '2.8',
    });
  else add('path', { d: PATHS[mark] ?? PATHS.happiness });
  if (mark === 'calm')
    add('circle', {
      cx: '7',
      cy: '7',
      r: '5.2',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '1.4',
    });
  return svg;
}
