"""Values that PyTorch computes for the encoder resnet-s: the reference of ResNetSReferenceTest and LearnerReferenceTest.

Everything starts from what both sides can derive: weights from Java's SplittableRandom, pixels from an integer hash.
Forward, backward and training run in float64, so that the tests' tolerances are those of the other side alone.

    pip install torch==2.13.0+cpu
    python3 src/test/python/encoder_reference.py src/test/resources/encoder
"""
import json, math, sys
from pathlib import Path
import torch
from torch import nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
RECTIFIER = math.sqrt(2 / (1 - 1 / math.pi))


class SplittableRandom:
    """java.util.SplittableRandom, as far as nextDouble goes."""

    def __init__(self, seed):
        self.state = seed & (1 << 64) - 1

    def next_double(self):
        m = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & m
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & m
        z = (z ^ z >> 27) * 0x94D049BB133111EB & m
        return ((z ^ z >> 31) >> 11) * 2.0 ** -53

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.next_double()))
        return radius * math.cos(2 * math.pi * self.next_double())


def pixels(batch, groups, views, size):
    """(groups * views, size, size, 3) bytes: a hash of batch and group, and a weaker one of the view."""
    def h(a, b, c):
        return ((a * 7919 + b) * 104729 + c) * 2654435761 % 2 ** 32 >> 24
    return torch.tensor([[(h(batch, g, i) + h(batch, 1000 + g * views + v, i)) // 2 for i in range(size * size * 3)]
                         for g in range(groups) for v in range(views)]).reshape(groups * views, size, size, 3)


class Conv(nn.Module):
    """A convolution and what keeps its output in scale, with parameters shaped as this project shapes them."""

    def __init__(self, name, k, i, o, stride, norm, scale, declare):
        super().__init__()
        self.k, self.stride, self.norm, self.scale = k, stride, norm, scale
        self.kernel = declare(name + ".kernel", (k, k, i, o)); self.gain = declare(name + ".gain", (o,), 1.0); self.bias = declare(name + ".bias", (o,), 0.0)

    def forward(self, x):
        w = self.kernel
        if self.norm == "weight":
            centred = w - w.mean((0, 1, 2))
            w = self.gain * self.scale * centred * ((centred ** 2).sum((0, 1, 2)) + 1e-4) ** -0.5
        y = F.conv2d(x, w.permute(3, 2, 0, 1), None, self.stride, self.k // 2)
        if self.norm == "group":
            return F.group_norm(y, 8, self.gain, self.bias, 1e-5)
        if self.norm == "batch":
            return F.batch_norm(y, None, None, self.gain, self.bias, True, 0.1, 1e-5)
        return y + self.bias[None, :, None, None]


class Linear(nn.Module):
    def __init__(self, name, i, o, declare):
        super().__init__()
        self.kernel = declare(name + ".kernel", (i, o)); self.bias = declare(name + ".bias", (o,), 0.0)

    def forward(self, x):
        return x @ self.kernel + self.bias


class ResNetS(nn.Module):
    def __init__(self, width, depth, dim, norm, seed):
        super().__init__()
        random, self.named = SplittableRandom(seed), {}

        def declare(name, shape, start=None):
            n = math.prod(shape)
            values = [math.sqrt(2 / (n // shape[-1])) * random.normal() for _ in range(n)] if start is None else [start] * n
            self.named[name] = nn.Parameter(torch.tensor(values).float().double().reshape(shape))
            return self.named[name]

        self.stem, self.blocks, c = Conv("stem", 3, 3, width, 1, norm, 4.0, declare), nn.ModuleList(), width
        for stage in range(1, 5):
            for b in range(1, depth + 1):
                o, stride, p = width << stage - 1, 2 if stage > 1 and b == 1 else 1, f"stage{stage}.block{b}."
                half = RECTIFIER / math.sqrt(2)
                layers = [Conv(p + "first", 3, c, o, stride, norm, RECTIFIER, declare), Conv(p + "second", 3, o, o, 1, norm, half, declare)]
                if c != o:
                    layers.append(Conv(p + "shortcut", 1, c, o, stride, norm, half, declare))
                self.blocks.append(nn.ModuleList(layers)); c = o
        self.hidden, self.projection = Linear("hidden", c, c, declare), Linear("projection", c, dim, declare)

    def forward(self, images):
        x = F.relu(self.stem(images.double().div(255).permute(0, 3, 1, 2)))
        for first, second, *shortcut in self.blocks:
            x = F.relu(second(F.relu(first(x))) + (shortcut[0](x) if shortcut else x))
        return self.projection(F.relu(self.hidden(x.mean((2, 3)))))


def loss(u, groups, views, tau, t):
    z = F.normalize(u, dim=1); e = torch.exp(z @ z.T / t)
    g = torch.arange(groups).repeat_interleave(views); same = g[:, None] == g[None]; pos = same & ~torch.eye(groups * views, dtype=torch.bool)
    n, m = views * (groups - 1), views - 1
    negative = (((e * ~same).sum(1) / n - tau * (e * pos).sum(1) / m) / (1 - tau)).clamp(min=math.exp(-1 / t)) * n
    return (-torch.log(e / (e + negative[:, None])) * pos).sum() / (groups * views * m)


def sample(values):
    """At most 64 of the values, evenly spaced."""
    flat = values.detach().flatten()
    return flat[::max(1, -(-flat.numel() // 64))].tolist()


def forward_and_backward(norm):
    groups, views, size, dim = 3, 2, 16, 16
    net = ResNetS(8, 2, dim, norm, 11)
    u = net(pixels(0, groups, views, size))
    gradient = torch.tensor([((i * 2654435761 % 2 ** 32) / 2 ** 32 - 0.5) for i in range(u.numel())]).reshape(u.shape)
    u.backward(gradient)
    return {"projections": u.flatten().tolist(), "gradientNorms": {n: p.grad.norm().item() for n, p in net.named.items()},
            "gradientSamples": {n: sample(p.grad) for n, p in net.named.items()}}


def training(norm):
    groups, views, size, dim, rate, warmup = 4, 2, 16, 16, 1e-4, 10
    net = ResNetS(8, 1, dim, norm, 7)
    kernels = [p for n, p in net.named.items() if n.endswith("kernel")]; others = [p for n, p in net.named.items() if not n.endswith("kernel")]
    opt = torch.optim.AdamW([{"params": kernels, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], rate, (0.9, 0.999), 1e-8)
    losses, norms = [], []
    for step in range(1, 51):
        for g in opt.param_groups:
            g["lr"] = rate * min(1, step / warmup)
        value = loss(net(pixels(step % 10, groups, views, size)), groups, views, 0.1, 0.5)
        opt.zero_grad(); value.backward()
        norms.append(nn.utils.clip_grad_norm_(net.parameters(), 0.5).item()); losses.append(value.item()); opt.step()
    return {"losses": losses, "gradientNorms": norms}


if __name__ == "__main__":
    for norm in ("group", "weight", "batch"):
        text = json.dumps({"made_with": "torch " + torch.__version__, "step": forward_and_backward(norm), "training": training(norm)}, indent=0)
        Path(sys.argv[1], f"reference-{norm}.json").write_text(text.replace("\n", "").replace(", \"", ",\n\"") + "\n")
