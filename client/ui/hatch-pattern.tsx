/** The one hatching of all charts; every chart of the page refers to it by its id. */
export function HatchPattern(): React.JSX.Element {
  return (
    <svg className="sprite" aria-hidden="true">
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hatch-line" d="M0 0v6" />
      </pattern>
    </svg>
  );
}
