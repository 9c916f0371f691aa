// A <details> menu works without this; with it, Escape and a click elsewhere close it again.
export function closeMenusOnLeave(page) {
  const open = () => page.querySelectorAll("details[data-menu][open]");

  page.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      if (menu.contains(page.activeElement)) menu.querySelector("summary").focus();
    }
  });
}
