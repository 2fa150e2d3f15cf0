// A page that is made for paper: its button prints it, or saves it as a PDF. What is to be copied is chosen at once.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("input[data-select]")) event.target.select();
});
