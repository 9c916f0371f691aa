// What every page gets. All of it is comfort: the page works without.
import { closeMenusOnLeave } from "./portal/menu.js";
import { focusErrors } from "./portal/errors.js";
import { countTexts } from "./portal/counting.js";
import { offerCopies } from "./portal/copying.js";

closeMenusOnLeave(document);
focusErrors(document);
offerCopies(document);
countTexts(document);
