export function VersionPage(): React.JSX.Element {
  return <h1>version</h1>;
}
