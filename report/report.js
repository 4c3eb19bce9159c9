// A figure leads to its query, which stands folded.
const unfold = () => {
  const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") {
    target.open = true;
    target.querySelector("summary").focus();
  }
};
addEventListener("hashchange", unfold);
document.addEventListener("click", (event) => {
  if (event.target.closest("a.fig")) setTimeout(unfold);
});
unfold();
