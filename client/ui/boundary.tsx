import { Component } from "react";

interface BoundaryProps {
  /** Shown instead of what broke. */
  readonly instead: React.ReactNode;
  readonly children: React.ReactNode;
}

/** Keeps a part that breaks (a chart whose code a new release has replaced) from taking the page with it. */
export class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): React.ReactNode {
    return this.state.isBroken ? this.props.instead : this.props.children;
  }
}
