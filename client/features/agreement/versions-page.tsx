export function VersionsPage(): React.JSX.Element {
  return <h1>versions</h1>;
}
