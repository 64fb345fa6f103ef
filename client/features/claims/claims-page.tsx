export function ClaimsPage(): React.JSX.Element {
  return <h1>Claims</h1>;
}
