// The editor of an alternative budget: plus and minus, the balance as one goes, and keeping it at once. Without this
// the form has buttons for all of it.
import { Editor } from "./budget/editor.js";

const form = document.querySelector("form[data-alternative]");
if (form) new Editor(form).begin();
