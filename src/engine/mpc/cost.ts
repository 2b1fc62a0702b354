/** What protocols move, counted from their definition (shared/reference/mpc.md); `n` elements of `bytesPerElement`. */
export const additiveSumCost = (
  parties: number,
  n: number,
  bytesPerElement: number,
): { readonly rounds: number; readonly inputBytesPerOwner: number; readonly openBytesTotal: number } => ({
  rounds: 2,
  inputBytesPerOwner: bytesPerElement * n * (parties - 1),
  openBytesTotal: bytesPerElement * n * parties * (parties - 1),
});

/** One round; each party sends d and e to every other. */
export const beaverCost = (
  parties: number,
  n: number,
  bytesPerElement: number,
): { readonly rounds: number; readonly bytesSentPerParty: number; readonly triples: number } => ({
  rounds: 1,
  bytesSentPerParty: 2 * n * bytesPerElement * (parties - 1),
  triples: n,
});

/** Bytes of the parts of a secure-aggregation upload. */
export interface SecAggSizes {
  readonly dim: number;
  readonly bytesPerElement: number;
  readonly shareCiphertextBytes: number;
  readonly publicKeyBytes: number;
}

/** Secure aggregation on a graph where each client has `degree` neighbours (Bell et al. 2020); complete: degree = clients - 1. */
export const secAggCost = (
  clients: number,
  degree: number,
  sizes: SecAggSizes,
): { readonly pairwiseSecrets: number; readonly rounds: number; readonly uploadBytesPerClient: number } => ({
  pairwiseSecrets: (clients * degree) / 2,
  rounds: 4,
  uploadBytesPerClient:
    2 * sizes.publicKeyBytes + degree * sizes.shareCiphertextBytes + sizes.dim * sizes.bytesPerElement,
});

/** IKNP oblivious-transfer extension (Ishai et al. 2003): kappa columns of bits, 32 bytes a transfer. */
export const iknpCost = (
  transfers: number,
  kappa: number,
): { readonly baseOts: number; readonly receiverBytes: number; readonly senderBytes: number } => ({
  baseOts: kappa,
  receiverBytes: (kappa * transfers) / 8,
  senderBytes: 32 * transfers,
});

/** Time on the wire of rounds in sequence: one way and transmission each; no jitter, loss or computing. */
export const criticalPathMs = (roundBytes: readonly number[], oneWayMs: number, bitsPerSecond: number): number =>
  roundBytes.reduce((sum, bytes) => sum + oneWayMs + (8000 * bytes) / bitsPerSecond, 0);
