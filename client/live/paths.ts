/** Every address of the dashboard. */
export const paths = {
  home: () => "/",
  signIn: () => "/sign-in",
  setup: () => "/setup",
  board: () => "/board",
  target: (agreementId: string, targetId: string) =>
    `/agreements/${encodeURIComponent(agreementId)}/targets/${encodeURIComponent(targetId)}`,
  agreements: () => "/agreements",
  agreement: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/agreement`,
  versions: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/versions`,
  version: (agreementId: string, version: number) => `/agreements/${encodeURIComponent(agreementId)}/versions/${version}`,
  proposal: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/propose`,
  money: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/money`,
  claims: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/claims`,
  claim: (agreementId: string, claimId: string) => `/agreements/${encodeURIComponent(agreementId)}/claims/${encodeURIComponent(claimId)}`,
  newClaim: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/claims/new`,
  restatements: (agreementId: string) => `/agreements/${encodeURIComponent(agreementId)}/restatements`,
  restatement: (agreementId: string, number: number) => `/agreements/${encodeURIComponent(agreementId)}/restatements/${number}`,
  alerts: () => "/alerts",
  resolvedAlerts: () => "/alerts?lane=resolved",
  resolvedAlert: (agreementId: string, alertId: string) =>
    `/alerts/${encodeURIComponent(agreementId)}/${encodeURIComponent(alertId)}?lane=resolved`,
  alert: (agreementId: string, alertId: string) => `/alerts/${encodeURIComponent(agreementId)}/${encodeURIComponent(alertId)}`,
  feeds: () => "/feeds",
  receipt: (agreementId: string, receiptId: string) => `/feeds/${encodeURIComponent(agreementId)}/${encodeURIComponent(receiptId)}`,
  people: () => "/people",
  errorsCsv: (receiptId: string) => `/api/v1/receipts/${encodeURIComponent(receiptId)}/errors.csv`,
} as const;
