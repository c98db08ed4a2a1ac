// What the scripts say, as the site's language has it: SAID and `form` stand before this.
const backwards = document.documentElement.dir === "rtl";
// A value does not mix its direction with that of the text around it.
const apart = (value) =>
  backwards && typeof value === "string" && value && !/^[\u2066-\u2068]/.test(value) ? `\u2068${value}\u2069` : value;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => apart(values[name]));
const tr = (text, values = {}) => filled(SAID[text] ?? text, values);
const tr_n = (one, many, n, values = {}) => filled((SAID[one] ?? [one, many])[form(n)], { n, ...values });
// Parts to append in the order of the language, among which values can be elements.
const tr_parts = (text, values) =>
  (SAID[text] ?? text).split(/\{(\w+)\}/).map((part, at) => (at % 2 ? values[part] : part)).filter((part) => part !== "");
const counted = (number) => number.toLocaleString(document.documentElement.lang);
// Without what only says in which direction to read.
const plain = (text) => text.replace(/[\u200e\u200f\u2066-\u2069]/g, "");
// Which key it is where a keyboard has other letters on it.
const keyOf = ({ key, code }) => (key > "~" && /^Key[A-Z]$/.test(code) ? code.at(-1).toLowerCase() : key);
