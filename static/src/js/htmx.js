// htmx without eval and without a style element of its own: the Content-Security-Policy allows neither.
import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
// A form with its errors, or what else changed, belongs on the page; so does that one is signed out (401, in #news).
// Any other refusal is a whole page, which would stand over what was typed.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(01|09|22)", swap: true },
  { code: "[45]..", swap: false, error: true },
];
