// What the scripts say, as the site's language has it: SAID and `form` stand before this.
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const tr = (text, values = {}) => filled(SAID[text] ?? text, values);
const tr_n = (one, many, n, values = {}) => filled((SAID[one] ?? [one, many])[form(n)], { n, ...values });
