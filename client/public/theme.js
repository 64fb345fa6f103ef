// A file of its own, loaded before anything is painted: the content security policy allows no inline script.
(() => {
  const asked = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("accord-theme");
  if (asked === "dark" || asked === "light") document.documentElement.dataset.theme = asked;
})();
