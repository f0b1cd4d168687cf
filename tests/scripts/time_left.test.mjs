import assert from "node:assert/strict";
import { test } from "node:test";

import { nextMs, passed, timeLeft } from "../../intersessional/plugins/comment_window/page/assets/time_left.js";

test("the time left is in its greatest unit, in the language", () => {
  assert.equal(timeLeft(30 * 86_400 + 5, "en"), "in 30 days");
  assert.equal(timeLeft(47 * 3_600, "en"), "in 47 hours");
  assert.equal(timeLeft(119 * 60, "en"), "in 119 minutes");
  assert.equal(timeLeft(119, "en"), "in 119 seconds");
  assert.equal(timeLeft(3 * 86_400, "fr"), "dans 3 jours");
});

test("the words change each minute, and each second in the last two", () => {
  assert.equal(nextMs(121), 60_000);
  assert.equal(nextMs(120), 1_000);
});

test("it is said aloud at an hour, 15 and 5 minutes, and at the end", () => {
  assert.equal(passed(3_660, 3_600), 3_600);
  assert.equal(passed(3_600, 3_540), undefined);
  assert.equal(passed(901, 900), 900);
  assert.equal(passed(1, 0), 0);
});
