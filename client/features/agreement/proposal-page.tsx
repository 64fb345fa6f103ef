export function ProposalPage(): React.JSX.Element {
  return <h1>proposal</h1>;
}
