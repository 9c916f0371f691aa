// What the ticked projects cost together, at once. Without this the form has a button for it.
import { Chosen } from "./budget/chosen.js";

const form = document.querySelector("form[data-ballot]");
if (form) new Chosen(form).begin();
