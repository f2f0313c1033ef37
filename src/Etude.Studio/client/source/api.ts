/** The studio's API as the page uses it. Every failure becomes a Fault with one sentence to show. */

export type PieceState = "waiting" | "composing" | "done" | "failed" | "cancelled";

export interface PrimerPassage {
  id: string;
  fromSeconds?: number;
  toSeconds?: number;
}

export interface LatentRequest {
  source?: "piece" | "chance" | "average";
  slides?: { component: number; deviations: number }[];
  towards?: PrimerPassage;
  share?: number;
}

export interface SteeringRequest {
  style?: string;
  key?: string;
  keepsScale?: boolean;
  meter?: string;
  notesPerQuarter?: number;
  ends?: boolean;
}

export interface GapRequest {
  id: string;
  fromSeconds: number;
  toSeconds: number;
  hand?: "left" | "right";
}

export interface CompositionRequest {
  model?: string;
  seed?: number;
  bars?: number;
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repetition?: number;
  guard?: boolean;
  quartersPerMinute?: number;
  primer?: PrimerPassage;
  latent?: LatentRequest;
  gap?: GapRequest;
  steering?: SteeringRequest;
  expression?: boolean;
}

export interface Piece {
  id: string;
  created: string;
  title: string;
  state: PieceState;
  request: CompositionRequest & { seed: number; bars: number; temperature: number };
  model: string;
  modelHash?: string;
  notes: number;
  seconds: number;
  composedFromSeconds: number;
  composedToSeconds?: number;
  natsPerToken?: number;
  composingSeconds?: number;
  kept: boolean;
  rating: number;
  fault?: string;
}

export interface WireScore {
  ticksPerQuarter: number;
  notes: number[];
  pedals: number[];
  tempos: number[];
  meters: number[];
  composedFromSeconds: number;
  composedToSeconds?: number;
}

/** Notes as they are composed: onset and duration in microseconds, pitch and velocity of each. */
export interface WireNotes {
  share: number;
  barSeconds: number;
  notes: number[];
}

export interface Primer {
  id: string;
  name: string;
  noteCount: number;
  seconds: number;
  repairs: string[];
  score: WireScore;
}

export interface Model {
  name: string;
  description: string;
  representation: string;
  /** The fields of a request that it minds, beside seed and length. */
  controls: (keyof CompositionRequest)[];
  sliders?: LatentSlider[];
  styles?: string[];
}

/** A slider along a latent; sign turns it so that "more" lies at the right. */
export interface LatentSlider {
  component: number;
  name: string;
  less: string;
  more: string;
  sign: number;
  most: number;
}

export interface Studio {
  version: string;
  needsToken: boolean;
  storage: string;
  soundFont: string;
  limits: { uploadBytes: number; notes: number; bars: number; piecesPerVisitor: number };
}

export interface CorpusFolder {
  id: string;
  name: string;
  files: number;
}

export interface CorpusLook {
  seen: number;
  kept: number;
  heldOut: number;
  notes: number;
  hours: number;
  dropped: { name: string; reason: string }[];
  droppedCount: number;
  secondsAnEpoch?: number;
}

export interface Recipe {
  name: string;
  description: string;
  epochs: number;
}

export interface Run {
  name: string;
  recipe: string;
  state: "waiting" | "preparing" | "training" | "stopped" | "done" | "failed";
  canGoOn: boolean;
  epochsWanted: number;
  epochs: { number: number; trainLoss?: number; heldOutLoss?: number; heldOutAccuracy?: number; seconds: number }[];
  now?: { epoch: number; share: number; loss?: number; tokensPerSecond: number; secondsLeft: number };
  models: string[];
  fault?: string;
}

export interface Originality {
  notes: number;
  pieces?: number;
  longestRun?: { notes: number; bar: number; source: string; sourceBar: number };
  isCopy?: boolean;
  runs?: { length: number; count: number; held: number };
}

export interface ListeningTest {
  id: string;
  questions: number;
  answered: number;
  next?: { number: number; isPair: boolean };
}

export interface ListeningState {
  canBegin: boolean;
  reason?: string;
  test?: ListeningTest;
}

export interface ListeningResult {
  set: string;
  isHuman: boolean;
  rank: number;
  strength: Range;
  comparisons: number;
  takenForHuman?: Range;
  singleHearings: number;
}

export interface Range {
  value: number;
  low: number;
  high: number;
}

export class Fault extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

async function ask(address: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, init);
  } catch {
    throw new Fault("The studio does not answer. Is it still running?", 0);
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string; errors?: Record<string, string[]> };
  const errors = Object.values(problem.errors ?? {}).flat().join(" ");
  throw new Fault(errors || problem.detail || problem.title || `The studio answered ${response.status}.`, response.status);
}

async function read<T>(address: string, init?: RequestInit): Promise<T> {
  return (await ask(address, init)).json() as Promise<T>;
}

function send<T>(method: string, address: string, body: unknown): Promise<T> {
  return read(address, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

export const api = {
  studio: () => read<Studio>("/api/studio"),
  enter: async (token: string) => void (await ask("/api/session", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ token }) })),
  models: () => read<Model[]>("/api/models"),
  compose: (request: CompositionRequest) => send<Piece>("POST", "/api/compositions", request),
  sketch: (request: CompositionRequest) => send<WireScore>("POST", "/api/sketches", request),
  piece: (id: string) => read<Piece>(`/api/compositions/${id}`),
  score: (id: string) => read<WireScore>(`/api/compositions/${id}/score`),
  originality: (id: string) => read<Originality>(`/api/compositions/${id}/originality`),
  update: (id: string, change: { kept?: boolean; rating?: number; title?: string }) => send<Piece>("PATCH", `/api/compositions/${id}`, change),
  remove: async (id: string) => void (await ask(`/api/compositions/${id}`, { method: "DELETE" })),
  file: (id: string, kind: "mid" | "wav" | "musicxml") => `/api/compositions/${id}.${kind}`,
  events: (id: string) => new EventSource(`/api/compositions/${id}/events`),
  primer: (id: string) => read<Primer>(`/api/primers/${id}`),
  sendPrimer: (file: File) => read<Primer>(`/api/primers?name=${encodeURIComponent(file.name)}`, { method: "POST", headers: { "content-type": "audio/midi" }, body: file }),
  library: (query: { search?: string; model?: string; rating?: number; skip?: number; take?: number }) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, String(value));
    return read<{ pieces: Piece[]; total: number }>(`/api/library?${parameters}`);
  },
  recipes: () => read<Recipe[]>("/api/recipes"),
  corpora: () => read<CorpusFolder[]>("/api/corpora"),
  sendCorpus: (file: File) => read<CorpusFolder>(`/api/corpora?name=${encodeURIComponent(file.name)}`, { method: "POST", headers: { "content-type": "application/zip" }, body: file }),
  look: (folder: string, recipe: string) => send<CorpusLook>("POST", "/api/corpora/look", { folder, recipe }),
  train: (request: { name: string; recipe: string; folder: string; epochs?: number }) => send<Run>("POST", "/api/runs", request),
  run: (name: string, action: "stop" | "resume") => read<Run>(`/api/runs/${encodeURIComponent(name)}/${action}`, { method: "POST" }),
  removeRun: async (name: string) => void (await ask(`/api/runs/${encodeURIComponent(name)}`, { method: "DELETE" })),
  runEvents: () => new EventSource("/api/runs/events"),
  listening: () => read<ListeningState>("/api/listening"),
  beginListening: () => read<ListeningTest>("/api/listening", { method: "POST" }),
  heard: (test: string, question: number, which: "first" | "second") => read<WireScore>(`/api/listening/${test}/questions/${question}/${which}`),
  answer: (test: string, question: number, choice: string) => send<ListeningTest>("POST", `/api/listening/${test}/answers`, { question, choice }),
  listeningResults: (test: string) => read<ListeningResult[]>(`/api/listening/${test}/results`),
  text: async (address: string) => (await ask(address)).text(),
  json: <T>(address: string) => read<T>(address),
};
