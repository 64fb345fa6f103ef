/** What a column is about by its name, whatever kind of rows it stands in. */
export const CONCEPTS = [
  "service-level",
  "answered-within",
  "answer-rate",
  "abandon-rate",
  "asa",
  "longest-wait",
  "occupancy",
  "adherence",
  "transfer-rate",
  "nps",
  "csat",
  "resolved",
  "id",
  "tenure",
  "left",
  "acw",
  "hold",
  "talk",
  "handle",
  "wait",
  "abandoned",
  "answered",
  "offered",
  "flowed-out",
  "missed",
  "blocked",
  "transferred",
  "agent",
  "queue",
  "outcome",
  "moment",
  "day",
  "time",
] as const;
export type Concept = (typeof CONCEPTS)[number];

const CALLS = "(?:calls?|contacts?|chats?|anrufe?|llamadas?|contactos?|chamadas?|ligacoes|appels?|interactions?)";

/**
 * Names of columns as systems and people write them: English, German, Spanish, Portuguese, French. Tried in the order of
 * `CONCEPTS`, the more particular first, on names without case, accents and punctuation.
 */
const WORDS: Readonly<Record<Concept, RegExp>> = {
  "service-level":
    /\b(?:service level|sl ?%|sla|servicelevel|nivel (?:de )?servicio|nivel (?:de )?servico|niveau (?:de )?service|serviceniveau)\b(?! target)/u,
  "answered-within":
    /\b(?:(?:answered|accepted|beantwortet|atendidas|contestadas|repondus|decroches) (?:within|in|inside|under|innerhalb|unter|dentro|em ate|antes|en moins|avant)|within|in sla|acceptable|dentro (?:de|del|do) (?:umbral|limite|nivel)|answ? in \d+|ans \d+ ?s)\b/u,
  "answer-rate":
    /\b(?:answer(?:ed)? (?:rate|ratio|pct|percent)|annahmequote|erreichbarkeit|tasa de (?:atencion|respuesta)|taxa de atendimento|taux de (?:decroche|reponse))\b/u,
  "abandon-rate":
    /\b(?:abandon(?:ed|ment)? (?:rate|ratio|pct|percent)|aband ?%|abbruchquote|auflegerquote|tasa de abandono|taxa de abandono|taux d ?abandon)\b/u,
  asa: /\b(?:asa|(?:average |avg )?speed (?:of|to) answer|answer speed|time to answer|annahmezeit|tiempo (?:medio )?de respuesta|tempo (?:medio )?de (?:resposta|atendimento)|delai (?:moyen )?de (?:reponse|decroche))\b/u,
  "longest-wait":
    /\b(?:(?:longest|max(?:imum)?|oldest) (?:wait|queue|delay)\w*(?: time)?|max(?:imale)? wartezeit|espera maxima|attente max(?:imale)?)\b/u,
  occupancy: /\b(?:occupancy|auslastung|ocupacion|ocupacao|occupation)\b/u,
  adherence: /\b(?:adherence|adherencia|aderencia|planeinhaltung|adhesion)\b/u,
  "transfer-rate": /\b(?:transfer (?:rate|pct|percent)|taux de transfert|tasa de transferencia)\b/u,
  nps: /\b(?:nps|recommend\w*|likelihood to recommend|weiterempfehl\w*|recomend\w*)\b/u,
  csat: /\b(?:csat|satisfaction|zufriedenheit|satisfaccion|satisfacao|survey score|rating|bewertung|calificacion|nota)\b/u,
  resolved: /\b(?:resolved|fcr|first (?:call|contact) resolution|geloest|gelost|resuelt[ao]|resolvid[ao]|resolu)\b/u,
  id: /\b(?:(?:call|contact|conversation|session|interaction|response|record|ticket|chat|ucid|anruf|llamada|chamada|appel) ?(?:id|key|no|nr|number|nummer|ref|uuid|guid)|id|uuid|guid|ucid|uniqueid|line)$/u,
  tenure:
    /\b(?:tenure|stag|length of service|seniority|months? (?:employed|of service)|betriebszugehorigkeit|antiguedad|anciennete|tempo de casa)\b/u,
  left: /\b(?:left|attrition|event|terminated|separated|leaver|resigned|ausgeschieden|baja|desligado|sorti)\b/u,
  acw: /\b(?:acw|acwtime|wrap(?: ?up)?|after ?call ?(?:work|time)?|nacharbeit\w*|nachbearbeitung\w*|tiempo administrativo|post ?llamada|pos ?atendimento|post ?appel)\b/u,
  hold: /\b(?:hold|holdtime|haltezeit|retencion|tiempo en espera con agente|espera em linha|mise en attente)\b/u,
  handle:
    /\b(?:aht|handl\w+|ser time|service time|bearbeitungszeit|tmo|tma|tiempo (?:medio )?(?:de )?(?:operacion|manejo|gestion)|tempo (?:medio )?de atendimento|dmt|duree (?:moyenne )?de traitement|duration|dauer|duracion|duracao|duree)\b/u,
  talk: /\b(?:talk|talking|talktime|acdtime|gesprachs?\w*|sprechzeit|conversacion|tiempo hablado|conversa\w*|conversation (?:time|duration)|duree de conversation)\b/u,
  wait: /\b(?:wait\w*|queue (?:time|duration)|q time|time in queue|anstime|delay|wartezeit|warte\w*|espera|attente|ring time)\b/u,
  abandoned:
    /\b(?:abandon\w*|aband|abncalls|abn|lost calls?|hang ?ups?|abgebrochen\w*|aufgelegt\w*|aufleger|verloren\w*|perdid[ao]s|abandonad[ao]s|perdus?)\b/u,
  answered:
    /\b(?:answered|handled|accepted|acdcalls|ans|calls? taken|beantwortet\w*|angenommen\w*|bearbeitet\w*|atendid[ao]s?|contestad[ao]s?|repondus?|traites|decroches)\b/u,
  offered: new RegExp(
    `\\b(?:offered|callsoffered|incoming|inbound|received|arriv\\w+|ncoh|eingehend\\w*|angeboten\\w*|eingegangen\\w*|recibid[ao]s|ofrecid[ao]s|entrantes|ofertad[ao]s|recebid[ao]s|oferecid[ao]s|presentes|recus|entrants|total ${CALLS}|nb ${CALLS}|${CALLS})\\b`,
    "u",
  ),
  "flowed-out": /\b(?:flow(?:ed)? ?out|outflow\w*|overflow\w*|uberlauf|desbordad[ao]s|debord\w+)\b/u,
  missed: /\b(?:missed|verpasst\w*|nicht angenommen|no contestadas|manques)\b/u,
  blocked: /\b(?:blocked|busy calls?|besetzt|bloquead[ao]s|bloques)\b/u,
  transferred: /\b(?:transfer\w*|weitergeleitet\w*|transferid[ao]s|transferes)\b/u,
  agent: /\b(?:agent\w*|advisor|representative|rep|operator|server|mitarbeiter|agente|operador\w*|asesor|atendente|conseiller)\b/u,
  queue:
    /\b(?:queue\w*|skill|split|vdn|topic|line of business|lob|department|campaign|channel|type|industry|warteschlange|gruppe|cola|fila|campana|campanha|file|service)\b/u,
  outcome: /\b(?:outcome|disposition|result|status|answered|call result|ergebnis|resultado|estado|resultat|statut|disconnect reason)\b/u,
  moment:
    /\b(?:timestamp|date ?time|start(?:ed)?(?: at| time)?|created(?: at)?|interval start|zeitpunkt|beginn|fecha(?: y)? hora|inicio|data hora|debut|horodatage)\b/u,
  day: /\b(?:date|day|datum|tag|fecha|dia|data|jour|month|monat|mes|mois|row date)\b/u,
  time: /\b(?:time|hour|interval|intervall?|uhrzeit|zeit|stunde|hora|intervalo|heure|intervalle|starttime|entry)\b/u,
};

/** A name without case, accents and punctuation; words that only capitals part are parted. */
export function plainName(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/gu, "$1 $2")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^a-z0-9%]+/gu, " ")
    .trim();
}

/** What a column may be about by its name, the likeliest first. */
export function conceptsOf(name: string): Concept[] {
  const plain = plainName(name);
  return CONCEPTS.filter((concept) => WORDS[concept].test(plain));
}

const LENGTHS: readonly Concept[] = ["asa", "longest-wait", "acw", "hold", "talk", "handle", "wait"];

/** Whether a column is about when a row begins, and not about how long something took. */
export function isWhenConcept(concepts: readonly Concept[]): boolean {
  const isWhen = concepts.some((concept) => concept === "moment" || concept === "day" || concept === "time");
  return isWhen && !concepts.some((concept) => LENGTHS.includes(concept));
}

/** Whether the name says that the value is a mean, which nothing can be recomputed from. */
export function saysMean(name: string): boolean {
  return /\b(?:avg|average|mean|durchschnitt\w*|schnitt|mittel\w*|promedio|medio|media|moy\w*|aht|asa|tmo|tma|dmt)\b/u.test(
    plainName(name),
  );
}

/** A unit that stands in the name. */
export function unitInName(name: string): "s" | "ms" | "min" | "h" | null {
  const plain = plainName(name);
  if (/\b(?:ms|msec|millis|milliseconds|millisekunden)\b/u.test(plain)) return "ms";
  if (
    /\b(?:s|sec|secs|seconds?|sek|sekunden|segundos|secondes)\b/u.test(
      plain.replace(/\b\d+ ?(?:s|sec|secs|seconds?|sek|segundos|secondes)\b/u, ""),
    )
  )
    return "s";
  if (/\b(?:min|mins|minutes?|minuten|minutos)\b/u.test(plain)) return "min";
  return /\b(?:h|hrs|hours|std|stunden|horas|heures)\b/u.test(plain) ? "h" : null;
}

/** The limit in seconds that stands in a name such as `answered within 20 s`. */
export function limitInName(name: string): number | null {
  const match = /\b(\d{1,4}) ?(?:s|sec|secs|seconds?|sek|sekunden|seg|segundos|secondes)?\b/u.exec(plainName(name));
  return match === null ? null : Number(match[1]);
}
