// htmx without eval and without a style element of its own: the Content-Security-Policy allows neither.
import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
// An answer with status 4xx is a form with its errors: it belongs on the page too.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(00|03|09|22|29)", swap: true },
  { code: "[45]..", swap: false, error: true },
];
