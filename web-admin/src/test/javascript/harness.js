// @ts-check
/** A test runner of forty lines: results become text in the page, where JavaScriptModulesIT reads them. */

const results = [];

/** Runs a test; its name is a sentence. */
export function test(name, body) {
  try {
    body();
    results.push(`PASS\t${name}`);
  } catch (failure) {
    results.push(`FAIL\t${name}\t${String(failure).replaceAll('\n', ' ')}`);
  }
}

/** Compares by content. */
export function equal(actual, expected) {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value));
  if (a !== b) {
    throw new Error(`expected ${b} but was ${a}`);
  }
}

/** Compares numbers but for rounding. */
export function near(actual, expected) {
  if (!(Math.abs(actual - expected) < 1e-9)) {
    throw new Error(`expected about ${expected} but was ${actual}`);
  }
}

/** Writes the results; called once, after all tests. */
export function report() {
  const output = document.createElement('pre');
  output.id = 'results';
  output.textContent = `${results.join('\n')}\nEND\t${results.length}`;
  document.body.append(output);
}
