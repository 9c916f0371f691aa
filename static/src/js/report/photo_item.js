import { element } from "../words/elements.js";

/** One photo in the list: a thumbnail on a canvas, what it is called, how it fares, and a button to leave it out. */
export class PhotoItem {
  /** `thumbnail` is a canvas, or null when this browser can't show the photo. */
  constructor(thumbnail, labels, { leave }) {
    this.labels = labels;
    this.picture = thumbnail ?? element("span", { class: "portal-photo__blank" });
    this.picture.classList.add("portal-photo__picture");
    this.picture.setAttribute("role", "img");
    this.title = element("span", { class: "portal-photo__name" });
    const text = thumbnail ? "" : labels.say("photo_no_preview");
    this.state = element("span", { class: "portal-photo__state" }, text);
    this.leave = element("button", { type: "button", class: "portal-link-button" });
    this.leave.addEventListener("click", leave);
    const words = element("span", { class: "portal-photo__words" }, this.title, this.state);
    this.box = element("li", { class: "portal-photo" }, this.picture, words, this.leave);
  }

  /** Numbers change when a photo before this one goes. */
  name(number, photo) {
    this.number = number;
    this.picture.setAttribute("aria-label", this.labels.say("photo_name", { number, name: photo.name }));
    this.title.textContent = photo.name;
    this.#call(photo);
  }

  show(photo) {
    const refused = photo.state === "refused";
    this.box.classList.toggle("portal-photo--refused", refused);
    this.leave.hidden = photo.state === "sent";
    if (refused) {
      this.state.textContent = photo.reason || this.labels.say("photo_refused");
      this.leave.disabled = false;
    }
    if (photo.state === "sent") this.state.textContent = this.labels.say("photo_sent");
    this.#call(photo);
  }

  /** The name is in the button for who can't see which photo it stands beside. */
  #call(photo) {
    const words = this.labels.say(photo.state === "refused" ? "photo_skip" : "photo_remove");
    const which = this.labels.say("photo_name", { number: this.number, name: photo.name });
    this.leave.replaceChildren(words, " ", element("span", { class: "portal-visually-hidden" }, which));
  }
}
