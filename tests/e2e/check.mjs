// The count of checks and what a failed one prints.
let passed = 0, failed = 0;
const longest = 120000; // ms; a browser that does not answer fails the check and not the whole run

function within(promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer for ${longest / 1000} s`)), longest)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function check(name, run) {
  try {
    await within(run());
    passed += 1;
    return true;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${String(error?.stack ?? error).split("\n").slice(0, 8).join("\n  ")}`);
    return false;
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

export function close() {
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed ? 1 : 0;
}
