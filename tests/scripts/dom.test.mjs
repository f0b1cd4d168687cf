import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";

const { filled, plural } = await import(new URL("dom.js", ASSETS));

test("names in braces are replaced, those without a value stay", () => {
  assert.equal(filled("{n} of {all}, {x}", { n: 1, all: 2 }), "1 of 2, {x}");
});

test("a number takes the form of its plural category", () => {
  const russian = [
    [1, "{n} комментарий"],
    [2, "{n} комментария"],
    [5, "{n} комментариев"],
  ];
  assert.equal(plural(russian, 21, "ru"), "21 комментарий");
  assert.equal(plural(russian, 3, "ru"), "3 комментария");
  assert.equal(plural(russian, 11, "ru"), "11 комментариев");
});

test("a form that is missing is the last one's", () => {
  assert.equal(plural([[1, "{n} comment"], [2, "{n} comments"]], 0, "en"), "0 comments");
});
