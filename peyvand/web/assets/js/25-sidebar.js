// The sidebar folds to a rail; a cookie lets the server draw it right from the start.
const pv = window.pv;

pv.toggleRail = () => {
  const isRail = document.getElementById("app")?.classList.toggle("is-rail");
  document.cookie = `peyvand_rail=${isRail ? 1 : 0}; path=/; max-age=31536000; samesite=lax`;
  return true;
};
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-rail]")) pv.toggleRail();
});
