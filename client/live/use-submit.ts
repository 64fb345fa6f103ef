import { useState } from "react";
import { asAppError } from "./use-request.ts";

export interface Submit {
  readonly isBusy: boolean;
  /** Why the last attempt failed, and what to do. */
  readonly error: string | null;
  readonly onSubmit: (event: React.SubmitEvent<HTMLFormElement>) => void;
}

/** Sends a form: busy while under way, the error in words when it failed. */
export function useSubmit(send: (data: FormData, form: HTMLFormElement) => Promise<void>): Submit {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (form: HTMLFormElement) => {
    setBusy(true);
    setError(null);
    try {
      await send(new FormData(form), form);
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
    setBusy(false);
  };
  return {
    isBusy,
    error,
    onSubmit: (event) => {
      event.preventDefault();
      void run(event.currentTarget);
    },
  };
}
