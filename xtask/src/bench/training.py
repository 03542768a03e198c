"""Times of PyTorch, for `cargo xtask bench --training`: the recipe of Das et al. for metric-act, as `Recipe::published()` has it.

Lines come in on standard input, their words separated by tabs; each is answered by a line:
* `train FILE SEED` answers with CPU time and wall time, s;
* `fit FILE` answers with the correlation of label and mean latent coordinate in the last network.
The first line out is the program's name and version, or why it cannot be timed.
"""

import math
import sys
import time

EPOCHS, BATCH, RATE, NOISE, LIMIT = 50, 64, 1e-3, 1.0, 10.0
# Widths, and which layers rectify.
ENCODER = [88, 40, 20, 10, 2], [True, True, True, False]
DECODER = [2, 10, 20, 40, 88], [False, True, False, False]


def layers(torch, widths, rectify):
    made = []
    for i, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layer = torch.nn.Linear(inputs, outputs)
        bound = 1 / math.sqrt(inputs)
        torch.nn.init.uniform_(layer.weight, -bound, bound)
        torch.nn.init.uniform_(layer.bias, -bound, bound)
        made.append(layer)
        if rectify[i]:
            made.append(torch.nn.ReLU())
    return torch.nn.Sequential(*made)


def label_term(labels, axis):
    """Metric-act in closed form: mean squared residual over all pairs, and |slope − 1|."""
    l, m = labels - labels.mean(), axis - axis.mean()
    slope = (l * m).sum() / (l * l).sum()
    residual = m - slope * l
    return 2 * (residual * residual).sum() / (len(l) - 1) + (slope - 1).abs()


def rows_and_labels(torch, name):
    import numpy

    data = torch.from_numpy(numpy.fromfile(name, dtype="<f4").reshape(-1, 89).copy())
    features, labels = data[:, :88], data[:, 88]
    rows = (features - features.mean(0)) / features.std(0, unbiased=False)
    return rows.clamp(-LIMIT, LIMIT), labels


def train(torch, rows, labels, seed):
    torch.manual_seed(seed)
    encoder, decoder = layers(torch, *ENCODER), layers(torch, *DECODER)
    parameters = [*encoder.parameters(), *decoder.parameters()]
    adam = torch.optim.Adam(parameters, lr=RATE)
    steps = EPOCHS * math.ceil(len(rows) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: (1 + math.cos(math.pi * step / steps)) / 2)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(rows)).split(BATCH):
            target = rows[batch]
            latent = encoder(target + NOISE * torch.randn_like(target))
            loss = torch.nn.functional.mse_loss(decoder(latent), target)
            loss = loss + label_term(labels[batch], latent.mean(1))
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
    return encoder


def main():
    try:
        import torch

        torch.set_num_threads(1)
    except Exception as error:
        print(f"not here: {error}".replace("\n", " "), flush=True)
        return
    print(f"PyTorch {torch.__version__}", flush=True)
    encoder = None
    for line in sys.stdin:
        word, name, *seed = line.rstrip("\n").split("\t")
        rows, labels = rows_and_labels(torch, name)
        if word == "train":
            cpu, wall = time.process_time(), time.perf_counter()
            encoder = train(torch, rows, labels, int(seed[0]))
            print(time.process_time() - cpu, time.perf_counter() - wall, sep="\t", flush=True)
        else:
            with torch.no_grad():
                axis = encoder(rows).mean(1)
            print(float(torch.corrcoef(torch.stack([axis, labels]))[0, 1]), flush=True)


main()
