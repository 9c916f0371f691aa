/** Asks before words or photos of one's own are thrown away: on a phone a finger is quickly beside its mark. */
export class Throwing {
  constructor(dialog) {
    this.dialog = dialog;
    dialog.addEventListener("close", () => dialog.returnValue === "throw" && this.go());
  }

  ask(go) {
    this.go = go;
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }
}
