"""One training step of the encoder resnet-s in PyTorch, eager mode, on the CPU: what jobs/benchmark.sh measures ours against.

The step is the whole of what the learner does on a mini-batch that lies in memory as uint8 images: to float, forward,
debiased contrastive loss, backward, Adam. Architecture "resnet-s":
conv3x3(W) - blocks (W, 2W/2, 4W/2, 8W/2), each two conv3x3 with norm and ReLU and a 1x1 shortcut where shapes differ -
global average pooling - linear(8W, 8W) ReLU linear(8W, 128) - unit length.

    pip install torch==2.13.0+cpu
    python3 pytorch_step.py --groups 64 --views 2 --size 32 --width 32 --norm group --steps 12
"""
import argparse, math, statistics, time
import torch
from torch import nn
import torch.nn.functional as F


def norm(kind, channels):
    return {"batch": lambda: nn.BatchNorm2d(channels), "group": lambda: nn.GroupNorm(8, channels),
            "none": lambda: nn.Identity()}[kind]()


class Block(nn.Module):
    def __init__(self, i, o, stride, kind):
        super().__init__()
        self.a = nn.Conv2d(i, o, 3, stride, 1, bias=kind == "none"); self.an = norm(kind, o)
        self.b = nn.Conv2d(o, o, 3, 1, 1, bias=kind == "none"); self.bn = norm(kind, o)
        self.s = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=kind == "none"), norm(kind, o)) if stride != 1 or i != o else nn.Identity()

    def forward(self, x):
        return F.relu(self.bn(self.b(F.relu(self.an(self.a(x))))) + self.s(x))


def resnet_s(w, kind, channels=3, dim=128):
    return nn.Sequential(nn.Conv2d(channels, w, 3, 1, 1, bias=kind == "none"), norm(kind, w), nn.ReLU(),
                         Block(w, w, 1, kind), Block(w, 2 * w, 2, kind), Block(2 * w, 4 * w, 2, kind), Block(4 * w, 8 * w, 2, kind),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8 * w, 8 * w), nn.ReLU(), nn.Linear(8 * w, dim))


def loss(u, B, K, tau, t):
    z = F.normalize(u, dim=1); e = torch.exp(z @ z.T / t)
    g = torch.arange(B).repeat_interleave(K); same = g[:, None] == g[None]; pos = same & ~torch.eye(B * K, dtype=torch.bool)
    N, M = K * (B - 1), K - 1
    ng = (((e * ~same).sum(1) / N - tau * (e * pos).sum(1) / M) / (1 - tau)).clamp(min=math.exp(-1 / t)) * N
    return (-torch.log(e / (e + ng[:, None])) * pos).sum() / (B * K * M)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    for name, default in (("groups", 64), ("views", 2), ("size", 32), ("width", 32), ("steps", 12), ("threads", 2)):
        p.add_argument("--" + name, type=int, default=default)
    p.add_argument("--norm", default="group", choices=("batch", "group", "none")); p.add_argument("--channels-last", action="store_true")
    a = p.parse_args(); torch.set_num_threads(a.threads)
    net = resnet_s(a.width, a.norm); opt = torch.optim.Adam(net.parameters(), 1e-3)
    if a.channels_last: net = net.to(memory_format=torch.channels_last)
    n = a.groups * a.views; images = torch.randint(0, 256, (n, 3, a.size, a.size), dtype=torch.uint8); times = []
    for step in range(a.steps):
        t0 = time.perf_counter()
        x = images.float().div_(255)
        if a.channels_last: x = x.contiguous(memory_format=torch.channels_last)
        value = loss(net(x), a.groups, a.views, 0.1, 0.5)
        opt.zero_grad(); value.backward(); opt.step(); times.append((time.perf_counter() - t0) * 1e3)
    times = times[2:]
    print(f"pytorch {torch.__version__} resnet-s width {a.width} norm {a.norm} {n} images {a.size}x{a.size}: "
          f"step median {statistics.median(times):.0f} ms  min {min(times):.0f}  max {max(times):.0f}  params {sum(q.numel() for q in net.parameters())}")
