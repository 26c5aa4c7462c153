// Before the first paint: the theme the person chose, so that a dark page does not flash white.
try {
  const theme = localStorage.getItem("bayplan:theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
