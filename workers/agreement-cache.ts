import type { Redis } from "ioredis";
import { readAgreement, type StoredAgreement } from "../shared/store/agreements.ts";

/** Agreement versions are immutable, so one that was read once stays true. */
export class AgreementCache {
  private readonly redis: Redis;
  private readonly known = new Map<string, StoredAgreement>();

  constructor(redis: Redis) {
    this.redis = redis;
  }

  async get(agreementId: string): Promise<StoredAgreement | null> {
    const known = this.known.get(agreementId);
    if (known !== undefined) return known;
    const read = await readAgreement(this.redis, agreementId);
    if (read !== null) this.known.set(agreementId, read);
    return read;
  }
}
