"""The tasks of Etude.Benchmarks compare in PyTorch, on as many threads as there are processors (or ETUDE_THREADS)."""

import os

import torch

import speed

BATCH, TIME, CLASSES, UNITS = 64, 150, 512, 512
BLOCKS, HEADS, WIDTH = 6, 8, 64
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


class Block(torch.nn.Module):
    """Etude's TransformerBlock: RMS norms, rotary positions, the tanh form of GELU, no biases."""

    def __init__(self):
        super().__init__()
        linear = lambda inputs, outputs: torch.nn.Linear(inputs, outputs, bias=False)
        self.attention_norm, self.feed_norm = torch.nn.Parameter(torch.ones(UNITS)), torch.nn.Parameter(torch.ones(UNITS))
        self.projection, self.output = linear(UNITS, 3 * UNITS), linear(UNITS, UNITS)
        self.feed_in, self.feed_out = linear(UNITS, 4 * UNITS), linear(4 * UNITS, UNITS)

    def forward(self, x, turns, hidden, past):
        batch, time, _ = x.shape
        parts = self.projection(norm(x, self.attention_norm)).view(batch, time, 3, HEADS, WIDTH).permute(2, 0, 3, 1, 4)
        q, k, v = turn(parts[0], turns), turn(parts[1], turns), parts[2]
        if past is not None:
            keys, values, position = past
            keys[:, :, position : position + time], values[:, :, position : position + time] = k, v
            k, v = keys[:, :, : position + time], values[:, :, : position + time]
        scores = q @ k.transpose(-1, -2) / WIDTH**0.5
        if hidden is not None:
            scores = scores.masked_fill(hidden, -float("inf"))
        x = x + self.output((scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, time, UNITS))
        return x + self.feed_out(torch.nn.functional.gelu(self.feed_in(norm(x, self.feed_norm)), approximate="tanh"))


class Decoder(torch.nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.embedding = torch.nn.Embedding(CLASSES, UNITS)
        self.blocks = torch.nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = torch.nn.Parameter(torch.ones(UNITS))
        self.output = torch.nn.Linear(UNITS, CLASSES, bias=False)
        angles = torch.arange(steps)[:, None] * 10_000.0 ** (-torch.arange(WIDTH // 2) / (WIDTH // 2))
        self.turns = angles.cos(), angles.sin()

    def forward(self, tokens, hidden=None, caches=None, position=0):
        x = self.embedding(tokens)
        turns = [part[position : position + tokens.shape[1]] for part in self.turns]
        for i, block in enumerate(self.blocks):
            x = block(x, turns, hidden, None if caches is None else (*caches[i], position))
        return self.output(norm(x, self.norm))


def norm(x, weight):
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6) * weight


def turn(x, turns):
    (a, b), (cos, sin) = x.chunk(2, dim=-1), turns
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


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


def transformer_train():
    batch, time = 4, 512
    network = Decoder(time)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.01)
    tokens, targets = torch.randint(CLASSES, (2, batch, time))
    hidden = torch.ones(time, time, dtype=torch.bool).triu(1)

    def step():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(network(tokens, hidden).view(-1, CLASSES), targets.reshape(-1)).backward()
        optimizer.step()

    return batch * time, step


def transformer_generate():
    count = 200
    network = Decoder(count).eval()

    @torch.inference_mode()
    def generate():
        caches = [[torch.zeros(1, HEADS, count, WIDTH) for _ in range(2)] for _ in range(BLOCKS)]
        token = torch.zeros(1, 1, dtype=torch.long)
        for position in range(count):
            token = network(token, caches=caches, position=position).argmax(-1)

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
    {
        "gemm": gemm,
        "lstm-train": lstm_train,
        "lstm-generate": lstm_generate,
        "transformer-train": transformer_train,
        "transformer-generate": transformer_generate,
        "transformer-generate-int8": transformer_generate,
    },
)
