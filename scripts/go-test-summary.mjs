// Reads `go test -json` and prints what a person wants to see: one line per package, the output of
// what failed, why tests were skipped, and a closing line "N passed, N failed, N skipped".
import { createInterface } from 'node:readline';

const counts = { pass: 0, fail: 0, skip: 0 };
const outputs = new Map(); // package, or package and test → output lines
const skipped = new Map(); // reason → how many
let broken = 0;

const key = (event) => `${event.Package ?? event.ImportPath ?? ''} ${event.Test ?? ''}`;

function take(event) {
  const lines = outputs.get(key(event)) ?? [];
  outputs.delete(key(event));
  return lines.join('');
}

function noteSkip(event) {
  const reason = take(event)
    .split('\n')
    .filter((line) => line !== '' && !/^\s*(=== |--- )/.test(line))
    .map((line) => line.trim().replace(/^\S+_test\.go:\d+: |^\S+\.go:\d+: /, ''))
    .join(' ');
  skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
}

function endPackage(event) {
  const text = take(event);
  if (event.Action === 'fail') {
    broken += 1;
    process.stdout.write(text);
    return;
  }
  const line = text.split('\n').find((part) => /^(ok|\?)\s/.test(part));
  if (line !== undefined && !line.includes('[no test files]')) console.log(line);
}

function endTest(event) {
  counts[event.Action] += 1;
  if (event.Action === 'fail') process.stdout.write(take(event));
  else if (event.Action === 'skip') noteSkip(event);
  else outputs.delete(key(event));
}

for await (const line of createInterface({ input: process.stdin })) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    console.log(line);
    continue;
  }
  if (event.Action === 'output') {
    const lines = outputs.get(key(event)) ?? [];
    lines.push(event.Output);
    outputs.set(key(event), lines);
  } else if (event.Action === 'build-output') {
    process.stdout.write(event.Output);
  } else if (['pass', 'fail', 'skip'].includes(event.Action)) {
    if (event.Test === undefined) endPackage(event);
    else endTest(event);
  }
}

for (const [reason, n] of skipped) console.log(`skipped ${n}: ${reason}`);
// A package that fails without a failing test (build, panic, time limit) must show in the counts.
const failed = Math.max(counts.fail, broken);
console.log(`${counts.pass} passed, ${failed} failed, ${counts.skip} skipped`);
