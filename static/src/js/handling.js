// The page of a report: shows of the answer's form what belongs to the chosen status, puts a sentence to begin
// with into the message, and goes on reading at what an act brought. Without it everything is visible.
import { preparesAnswers } from "./handling/answer.js";
import { readsNews } from "./handling/news.js";

preparesAnswers(document);
document.addEventListener("htmx:afterSwap", () => {
  preparesAnswers(document);
  readsNews(document);
});
