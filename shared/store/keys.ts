/** Keys of people, sessions and API keys share one slot. */
export const PEOPLE = "{people}";
export const BULL_PREFIX = "{bull}";
/** Message = agreement id. A hint that its stream grew; readers look for themselves. */
export const STREAM_HINT_CHANNEL = "accord:stream";
/** The same with the entries, as `toldEntries` reads them, so that whoever passes them on need not ask. */
export const STREAM_TOLD_CHANNEL = "accord:stream-told";
/** Message = where a new receipt's bytes lie, of a small file also what lies there, sealed, as `receiptHint` writes it. A worker that has nothing to do begins before the queue has told. */
export const RECEIPT_HINT_CHANNEL = "accord:receipt";
/** All agreement ids. */
export const AGREEMENTS = `${PEOPLE}:agreements`;

/** Hash: when server and workers were last seen at work. */
export const PULSE = `${PEOPLE}:pulse`;
/** Sorted set by end: times in which one of them was not. */
export const AWAY = `${PEOPLE}:away`;

export interface AgreementKeys {
  /** Hash: the feeds and their texts, how many there are once one was added (`feed-count`), since when it is on the board, which versions are in force (`stamp`), which one is on its way there (`pending`), and which roles nobody has (`vacant`). */
  readonly doc: string;
  /** Hash: number -> version, from proposal to history. */
  readonly versions: string;
  /** Hash: id -> exclusion claim. */
  readonly claims: string;
  /** Hash: month -> forecast. */
  readonly forecasts: string;
  /** Hash: verdict key -> where that open window will end. */
  readonly outlooks: string;
  /** Hash: target -> what watching it for drift says. */
  readonly drift: string;
  /** Hash: rule and what it is about -> a question that the figures ask. */
  readonly questions: string;
  /** Hash: id -> a coaching action as it was noted. */
  readonly coaching: string;
  /** Hash: id -> what has become of it. */
  readonly coachingEffects: string;
  /** Hash: id -> evaluations drawn to be scored a second time. */
  readonly calibrations: string;
  /** Hash: `<calibration>.<record>` -> what was said of it the second time. */
  readonly calibrationScores: string;
  /** Hash: target -> that in short, and what it was worked out from. */
  readonly driftLines: string;
  readonly receipts: string;
  readonly receiptCount: string;
  readonly bySha: string;
  readonly byIdempotencyKey: string;
  /** Hash: receipt number -> feed and Idempotency-Key that it came with, for a rebuild. */
  readonly keyOfReceipt: string;
  /** Sorted set of receipt numbers that have not settled, by time of acceptance. */
  readonly open: string;
  /** Hash: receipt number -> how often a worker began with it. */
  readonly attempts: string;
  readonly lease: string;
  readonly epoch: string;
  readonly seq: string;
  readonly stream: string;
  readonly ledger: string;
  /** Which process writes the ledger's mirror. */
  readonly mirrorWriter: string;
  /** Sorted set by size: signed checkpoints of the ledger. */
  readonly checkpoints: string;
  readonly verdicts: string;
  readonly series: string;
  readonly alerts: string;
  readonly alertSeq: string;
  /** Hash: subject -> its latest episode's alert id. */
  readonly alertLatest: string;
  readonly alertsByChange: string;
  /** Hash: subject -> what the evidence has said of it; a subject about which nothing speaks is absent. */
  readonly alertTracks: string;
  /** Sorted set of subjects by when they are to be looked at again: a hint, the deadlines are in the alerts. */
  readonly alertDue: string;
  /** Set of the ids of alerts that are not resolved. */
  readonly alertsActive: string;
  /** List of notices that nobody has taken to deliver yet, oldest first. */
  readonly outbox: string;
  /** Hash: `<alert>:<seq>:<channel>` -> how telling it goes (`AlertDelivery`). */
  readonly alertDeliveries: string;
  /** Sorted set of deliveries that are not over, by when they are to be looked at. */
  readonly alertDeliveriesDue: string;
  /** Sorted set of deliveries by when they were planned. */
  readonly alertDeliveryLog: string;
  /** Hash: id -> a side's channel, its address sealed. */
  readonly channels: string;
  /** Hash: channel -> how it has gone there lately (`ChannelHealth`). */
  readonly channelHealth: string;
  readonly feeds: string;
  /** Hash: feed -> its last deliveries, thinned out (`Delivery`): what its heartbeats are made of. */
  readonly deliveries: string;
  /** Set of `<feed>|<local day>` whose sums must be taken anew. */
  readonly dirty: string;
  /**
   * Hash: `from` and `to` = first and last day with data, `evaluated` = local day of the last evaluation, `stamp` = the
   * versions it was made under, `claims`, `forecasts`, `closings` and `coaching` = how often these have changed, `counts` = a mark that nobody left
   * before, by whoever wrote counts of days last.
   */
  readonly clock: string;
  /** Stream of values that a later revision replaced: `k` the hash, `r` the receipt that replaced them, then field and old value in turn. */
  readonly revisions: string;
  /** Hash: receipt -> what it changed of what was known. */
  readonly restatements: string;
  /** Hash: period -> its closing. */
  readonly closings: string;
  /** Hash: verdict key -> what the facts say now of a window that was closed otherwise. */
  readonly adjusted: string;
  /** Hash: feed -> how many of its corrections have favoured whom. */
  readonly favours: string;
  /** Hash: feed -> how fetching it goes (`PullState`). */
  readonly pulls: string;
  /** Hash: feed -> where, when and with which sealed secret it is fetched. */
  readonly pullSettings: string;
  /** Hash: remote file -> what showed its last fetched version. */
  pullSeen(feed: string): string;
  pullLease(feed: string): string;
  /** Hash: pseudonym -> name, sealed. */
  readonly agentNames: string;
  operation(id: string): string;
  chunks(receipt: number): string;
  queues(feed: string): string;
  interval(feed: string, queue: string, day: string): string;
  /** Hash: `<yyyymm>:<queue>` -> a packed month, whose days then have no hash of their own. */
  cold(feed: string): string;
  /** Hash: `<yyyymm>:<feed>` -> when rows of that month were last applied; months without it are cold, or empty. */
  readonly warm: string;
  /** Hashes of facts under a key of their own: contacts, answers, evaluations ... (`record-shelf.ts`). */
  records(feed: string, bucket: string): string;
  /** Hash, by the first 12 bits of a name: the revision of the last row of a record that a newer file has taken away. */
  withdrawn(feed: string, bucket: string): string;
  /** Hash: receipt number -> the days of which that file says everything, for feeds whose files replace their period. */
  cover(feed: string): string;
  days(target: string, version: number): string;
}

/** Every key of one agreement; the hash tag keeps them in one slot of a Redis Cluster. */
export function agreementKeys(id: string): AgreementKeys {
  const p = `{a:${id}}`;
  return {
    doc: `${p}:doc`,
    versions: `${p}:versions`,
    claims: `${p}:claims`,
    forecasts: `${p}:forecasts`,
    outlooks: `${p}:outlooks`,
    drift: `${p}:drift`,
    driftLines: `${p}:drift-lines`,
    questions: `${p}:questions`,
    coaching: `${p}:coaching`,
    calibrations: `${p}:calibrations`,
    calibrationScores: `${p}:calibration-scores`,
    coachingEffects: `${p}:coaching-effects`,
    receipts: `${p}:receipts`,
    receiptCount: `${p}:receipt-count`,
    bySha: `${p}:by-sha`,
    byIdempotencyKey: `${p}:by-key`,
    keyOfReceipt: `${p}:key-of`,
    open: `${p}:open`,
    attempts: `${p}:attempts`,
    lease: `${p}:lease`,
    epoch: `${p}:epoch`,
    seq: `${p}:seq`,
    stream: `${p}:stream`,
    ledger: `${p}:ledger`,
    mirrorWriter: `${p}:mirror-writer`,
    checkpoints: `${p}:checkpoints`,
    verdicts: `${p}:verdicts`,
    series: `${p}:series`,
    alerts: `${p}:alerts`,
    alertSeq: `${p}:alert-seq`,
    alertLatest: `${p}:alert-latest`,
    alertsByChange: `${p}:alerts-by-change`,
    alertTracks: `${p}:alert-tracks`,
    alertDue: `${p}:alert-due`,
    alertsActive: `${p}:alerts-active`,
    outbox: `${p}:outbox`,
    alertDeliveries: `${p}:alert-deliveries`,
    alertDeliveriesDue: `${p}:alert-deliveries-due`,
    alertDeliveryLog: `${p}:alert-delivery-log`,
    channels: `${p}:channels`,
    channelHealth: `${p}:channel-health`,
    feeds: `${p}:feeds`,
    deliveries: `${p}:deliveries`,
    dirty: `${p}:dirty`,
    clock: `${p}:clock`,
    revisions: `${p}:rev`,
    agentNames: `${p}:agent-names`,
    pulls: `${p}:pulls`,
    pullSettings: `${p}:pull-settings`,
    pullSeen: (feed) => `${p}:pull-seen:${feed}`,
    pullLease: (feed) => `${p}:pull-lease:${feed}`,
    restatements: `${p}:restatements`,
    closings: `${p}:closings`,
    adjusted: `${p}:adjusted`,
    favours: `${p}:favours`,
    operation: (operation) => `${p}:op:${operation}`,
    chunks: (receipt) => `${p}:chunks:${receipt}`,
    queues: (feed) => `${p}:queues:${feed}`,
    warm: `${p}:warm`,
    cold: (feed) => `${p}:C:${feed}`,
    interval: (feed, queue, day) => `${p}:I:${feed}:${encodeURIComponent(queue)}:${day}`,
    records: (feed, bucket) => `${p}:F:${feed}:${bucket}`,
    withdrawn: (feed, bucket) => `${p}:W:${feed}:${bucket}`,
    cover: (feed) => `${p}:P:${feed}`,
    days: (target, version) => `${p}:E:${target}:v${version}`,
  };
}
