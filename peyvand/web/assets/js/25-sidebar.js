// The sidebar folds to a rail; a cookie lets the server draw it right from the start.
const pv = window.pv;

pv.toggleRail = () => {
  const isRail = document.getElementById("app")?.classList.toggle("is-rail");
  document.cookie = `peyvand_rail=${isRail ? 1 : 0}; path=/; max-age=31536000; samesite=lax`;
  return true;
};
// On a phone the pages of the settings stand in one line: the open one is brought into sight.
document.querySelector(".pv-settings > nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-rail]")) pv.toggleRail();
});
