import { useState } from "react";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const NAMES: Readonly<Record<Theme, string>> = { system: "Auto", light: "Light", dark: "Dark" };

function currentTheme(): Theme {
  const asked = document.documentElement.dataset["theme"];
  return THEMES.find((theme) => theme === asked) ?? "system";
}

function applyTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
    localStorage.removeItem("accord-theme");
  } else {
    document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("accord-theme", theme);
  }
}

/** Goes round system, light, dark; `theme.js` applies the choice before the first paint of the next visit. */
export function ThemeButton(): React.JSX.Element {
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  const change = () => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button className="btn bare" type="button" onClick={change} title={`Change to ${NAMES[next].toLowerCase()}`}>
      <span className="theme-word">Theme: </span>
      {NAMES[theme]}
    </button>
  );
}
