// The saffron strip while the connection is lost; what is typed is kept by the drafts.
const strip = document.getElementById("offline");
const show = () => {
  if (strip) strip.hidden = navigator.onLine;
};
window.addEventListener("online", show);
window.addEventListener("offline", show);
show();
