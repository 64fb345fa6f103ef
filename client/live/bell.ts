import { z } from "zod";
import { AlertSeverity } from "../../shared/agreement/alert-clauses.ts";

/** What this browser does when an alert is raised, comes again, gets worse or has another reason. */
export const BellChoice = z.strictObject({ popUp: z.boolean(), sound: z.boolean() });
export type BellChoice = z.infer<typeof BellChoice>;
const Bell = z.record(AlertSeverity, BellChoice);
export type Bell = z.infer<typeof Bell>;

const STORED_AS = "accord-bell";
const SILENT: BellChoice = { popUp: false, sound: false };
const NONE: Bell = { warning: SILENT, high: SILENT, critical: SILENT };

/** What was chosen in this browser; nothing until somebody has. */
export function readBell(): Bell {
  const stored = localStorage.getItem(STORED_AS);
  if (stored === null) return NONE;
  try {
    return Bell.catch(NONE).parse(JSON.parse(stored));
  } catch {
    return NONE;
  }
}

export function storeBell(choices: Bell): void {
  localStorage.setItem(STORED_AS, JSON.stringify(choices));
}

/** Hertz of the two notes of each severity: the graver, the higher it ends. */
const NOTES: Readonly<Record<AlertSeverity, readonly [number, number]>> = { warning: [440, 440], high: [440, 554], critical: [554, 740] };
const NOTE_S = 0.14;
const LOUDNESS = 0.12;

/** Plays two short notes. Browsers allow it only after somebody has used the page. */
export function playTones(severity: AlertSeverity): void {
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(audio.destination);
  NOTES[severity].forEach((hertz, index) => {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(audio.currentTime + index * NOTE_S * 1.4);
    tone.stop(audio.currentTime + index * NOTE_S * 1.4 + NOTE_S);
  });
  setTimeout(() => void audio.close(), 1000);
}

/** Shows a notification of the browser, if that is allowed. @param onOpen when somebody clicks it. */
export function showPopUp({ title, body, tag }: { title: string; body: string; tag: string }, onOpen: () => void): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const popUp = new Notification(title, { body, tag });
  popUp.addEventListener("click", () => {
    window.focus();
    popUp.close();
    onOpen();
  });
}
