export function AgreementPage(): React.JSX.Element {
  return <h1>agreement</h1>;
}
