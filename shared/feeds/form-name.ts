const FORM = /^[a-z0-9][a-z0-9.-]{0,19}$/u;

/** How counters name a form: `Sales Form` in version `2` is `sales-form-2`; "" where no counter can. */
export function formName(...parts: readonly string[]): string {
  const name = parts
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_]+/gu, "-"),
    )
    .filter((part) => part !== "")
    .join("-");
  return FORM.test(name) ? name : "";
}
