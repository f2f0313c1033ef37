"""The tasks of Etude.Benchmarks compare in PyTorch, on as many threads as there are processors (or ETUDE_THREADS)."""

import os

import torch

import speed

BATCH, TIME, CLASSES, UNITS = 64, 150, 512, 512
THREADS = int(os.environ.get("ETUDE_THREADS") or os.cpu_count())


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(CLASSES, UNITS)
        self.lstm = torch.nn.LSTM(UNITS, UNITS, num_layers=2, batch_first=True)
        self.output = torch.nn.Linear(UNITS, CLASSES)

    def forward(self, tokens, state=None):
        hidden, state = self.lstm(self.embedding(tokens), state)
        return self.output(hidden), state


def gemm():
    size = 1024
    a, b = torch.rand(size, size) - 0.5, torch.rand(size, size) - 0.5
    c = torch.empty(size, size)
    return 2 * size**3 / 1e9, lambda: torch.mm(a, b, out=c)


def lstm_train():
    network = Network()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    tokens, targets = torch.randint(CLASSES, (2, BATCH, TIME))

    def step():
        optimizer.zero_grad(set_to_none=True)
        logits, _ = network(tokens)
        torch.nn.functional.cross_entropy(logits.view(-1, CLASSES), targets.reshape(-1)).backward()
        optimizer.step()

    return BATCH * TIME, step


def lstm_generate():
    network = Network().eval()
    count = 200

    @torch.inference_mode()
    def generate():
        token, state = torch.zeros(1, 1, dtype=torch.long), None
        for _ in range(count):
            logits, state = network(token, state)
            token = logits.argmax(-1)

    return count, generate


def blas():
    """The BLAS library that the process has loaded: PyTorch's speed depends on it."""
    with open("/proc/self/maps", encoding="ascii") as maps:
        names = {os.path.realpath(line.split()[-1]) for line in maps if "blas" in line}
    return ", ".join(sorted(os.path.basename(name) for name in names)) or "no separate BLAS"


torch.set_num_threads(THREADS)
torch.manual_seed(1)
speed.serve(
    f"PyTorch {torch.__version__} ({blas()}, {THREADS} threads)",
    {"gemm": gemm, "lstm-train": lstm_train, "lstm-generate": lstm_generate},
)
