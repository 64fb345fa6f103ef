/** The text of Acme Voice's agreement; what its versions do not have in common is filled in. */
export function voiceText(part: {
  readonly version: number;
  readonly reason: string;
  readonly from: string;
  readonly level: string;
  readonly variant: string;
  readonly handleTime: string;
  readonly exclusionKinds: string;
}): string {
  return `# Acme Voice, agreed with Bayanihan Contact
accord: agreement/1
id: acme-voice
name: Acme Voice
version: ${part.version}
reason: "${part.reason}"
parties: { client: Acme Insurance, provider: Bayanihan Contact }
timeZone: Asia/Manila
effectiveFrom: ${part.from}
serviceHours:
  - { days: [mon, tue, wed, thu, fri, sat], from: "06:00", to: "22:00" }
holidays: [2026-11-01, 2026-12-25]
intervalMinutes: 30
programs:
  - id: claims
    name: Claims
    queues: [Claims, Claims overflow]
    site: Manila
    channel: voice
    language: English
  - id: general
    name: General
    queues: [General]
    site: Cebu
    channel: voice
    language: English
targets:
  - id: service-level
    name: Service level
    class: critical
    clause: "80 percent of calls offered, save those abandoned in under ten seconds, shall be answered within twenty seconds, measured per calendar month."
    feed: acd-intervals
    measure: ${part.variant}
    clock: queue-entry
    direction: at-least
    expected: ${part.level}
    minimum: 75 %
    windows: [day, month]
  - id: abandonment
    name: Abandonment
    feed: acd-intervals
    measure: { metric: abandonment, denominator: offered }
    direction: at-most
    expected: 5 %
  - id: aht
    name: Handle time
    feed: acd-intervals
    measure: { metric: aht }
    direction: at-most
    expected: "${part.handleTime}"
    ramp:
      - { fromWeek: 1, toWeek: 4, expected: "8:00" }
      - { fromWeek: 5, toWeek: 8, expected: "7:15" }
  - id: csat
    name: Satisfaction
    class: objective
    feed: csat-survey
    measure: { metric: csat, method: mean }
    direction: at-least
    expected: "4.2"
    windows: [month]
    minimumSample: 50
ramp: { goLive: 2026-01-12, creditsSuspendedWeeks: 8 }
volume:
  feed: acd-intervals
  unit: day
  lower: 85 %
  upper: 115 %
  above: exclude
  lockDaysBefore: 30
  forecastBy: client
exclusions:
  kinds: [${part.exclusionKinds}]
  noticeWithin: P2D
  decideWithin: P10D
  undecided: lapsed
fees: { currency: EUR, amount: "120000", per: month }
credits:
  period: month
  atRisk: 10 %
  scheme:
    kind: allocation
    categories:
      - id: speed
        pool: 70 %
        targets: { service-level: 50 %, abandonment: 20 % }
      - id: effort
        pool: 30 %
        targets: { aht: 100 % }
  minimumFactor: "2"
  yearMost: 8 %
earnBack:
  rule: { by: consecutive, periods: 3 }
improvement:
  targets: [service-level]
  formula: { by: halfway }
  mostOfGap: 20 %
termination:
  - { id: same-target, when: same-target, times: 3, within: 6, notice: P60D }
deadlines: { reportWithin: P5D, claimCreditWithin: P15D, disputeWithin: P30D }
`;
}

/** A small agreement, as JSON would also do. */
export function chatText(part: { readonly version: number; readonly from: string; readonly level: string }): string {
  return `accord: agreement/1
id: acme-chat
name: Acme Chat
version: ${part.version}
parties: { client: Acme Insurance, provider: Lisboa Assist }
timeZone: Europe/Lisbon
effectiveFrom: ${part.from}
serviceHours: always
targets:
  - id: first-response
    name: First response
    feed: chat-intervals
    measure: { metric: service-level, variant: positive, withinSeconds: 60 }
    direction: at-least
    expected: ${part.level}
  - id: answer-rate
    name: Answer rate
    feed: chat-intervals
    measure: { metric: answer-rate, denominator: offered }
    direction: at-least
    expected: 96 %
`;
}
