// @ts-check
/** Offsets in code points, as the API counts them, and in UTF-16 units, as the browser does. */

/** The number of code points of a text. @param {string} text */
export function lengthOf(text) {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/**
 * The number of code points before an offset in units. Within a pair it is that of the pair.
 * @param {string} text
 * @param {number} units
 */
export function pointsAt(text, units) {
  return lengthOf(text.slice(0, isInPair(text, units) ? units - 1 : units));
}

/**
 * The offset in units of a code point; the end of the text where it has fewer code points.
 * @param {string} text
 * @param {number} points
 */
export function unitsAt(text, points) {
  let units = 0;
  let left = points;
  for (const point of text) {
    if (left <= 0) break;
    units += point.length;
    left -= 1;
  }
  return units;
}

/** @param {string} text @param {number} units */
function isInPair(text, units) {
  return (
    units > 0 &&
    /[\ud800-\udbff]/.test(text.charAt(units - 1)) &&
    /[\udc00-\udfff]/.test(text.charAt(units))
  );
}
