export function AgreementsPage(): React.JSX.Element {
  return <h1>agreements</h1>;
}
