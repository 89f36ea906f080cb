// @ts-check
/** Turns a colour of the style sheet into one that a canvas knows. */

/** A function that looks up `var(--name)` once each; made anew when the theme changes. */
export function painter() {
  const style = getComputedStyle(document.documentElement);
  const known = new Map();
  return (css) => {
    const name = /^var\((--[\w-]+)\)$/.exec(css)?.[1];
    if (!name) {
      return css;
    }
    if (!known.has(name)) {
      known.set(name, style.getPropertyValue(name).trim());
    }
    return known.get(name);
  };
}

/** The style sheet's value of a property. */
export function property(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
