// The page of a report: shows of the answer's form what belongs to the chosen status, puts a sentence to begin
// with into the message, keeps what is typed, and goes on reading at what an act brought. Without it everything is
// visible.
import { preparesAnswers } from "./handling/answer.js";
import { forgetsDraft, keepsDrafts } from "./handling/drafts.js";
import { readsNews, tellsFailure } from "./handling/news.js";

keepsDrafts(document);
preparesAnswers(document);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 300) forgetsDraft(detail.requestConfig.elt);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  keepsDrafts(document);
  preparesAnswers(document);
  readsNews(document, detail.target.id);
});
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => tellsFailure(document));
}
