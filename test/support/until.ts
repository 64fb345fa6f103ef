import { setTimeout as pause } from "node:timers/promises";

/** Polls until something holds; fails the test naming it when it does not hold in time. */
export async function until(holds: () => Promise<boolean> | boolean, what: string, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await pause(10);
  }
}
