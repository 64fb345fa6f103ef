export function MoneyPage(): React.JSX.Element {
  return <h1>Money</h1>;
}
