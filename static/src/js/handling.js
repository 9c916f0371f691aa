// The page of a report: shows of the answer's form what belongs to the chosen status, and puts a sentence to
// begin with into the message. Without it everything is visible, with its own explanation.
import { preparesAnswers } from "./handling/answer.js";

preparesAnswers(document);
document.addEventListener("htmx:afterSwap", () => preparesAnswers(document));
