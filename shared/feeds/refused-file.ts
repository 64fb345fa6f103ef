import type { FileProblem } from "./canonical.ts";

/** Thrown inside the reading of a file, where nothing can follow; `readTable` turns it into the refusal that ends a table. */
export class RefusedFile extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem) {
    super(problem.message);
    this.name = "RefusedFile";
    this.problem = problem;
  }
}
