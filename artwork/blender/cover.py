"""Thickness fields for cheese: pools that melted out, or a whole grated cover."""
import numpy as np
from field import smooth, fbm2, noise2, cells2


def spread(rng, count, limit=.7, gap=.2, tries=60, choice=9):
    """Points in a disc: each is the loneliest of a few candidates. Fewer choices look less tidy."""
    pts = []
    for _ in range(count):
        best, room = None, gap
        for k in range(tries):
            r, t = limit * np.sqrt(rng.random()), rng.uniform(0, 2 * np.pi)
            p = (r * np.cos(t), r * np.sin(t))
            d = min((np.hypot(p[0] - q[0], p[1] - q[1]) for q in pts), default=9)
            if d > room:
                best, room = p, d
            if best and k >= choice:
                break
        if best:
            pts.append(best)
    return pts


def pools(body, points, radius=(.10, .17), seed=0, ragged=.5):
    rng = np.random.default_rng(seed)
    x, y, s = body.x, body.y, seed
    wx = x + ragged * (.055 * fbm2(x * 4, y * 4, 3, s + 1) + .018 * noise2(x * 17, y * 17, s + 3))
    wy = y + ragged * (.055 * fbm2(x * 4 + 5, y * 4, 3, s + 2) + .018 * noise2(x * 17 + 3, y * 17, s + 4))
    f = np.zeros_like(x)
    for px, py in points:
        r = rng.uniform(*radius)
        e, a = rng.uniform(.75, 1.0), rng.uniform(0, np.pi)
        dx, dy = wx - px, wy - py
        u, v = dx * np.cos(a) + dy * np.sin(a), (-dx * np.sin(a) + dy * np.cos(a)) / e
        q = (u * u + v * v) / (r * r * 1.9)
        f += np.clip(1 - q, 0, 1) ** 2
    return smooth(.16, .75, f) * smooth(-.01, .03, body.inner)


def grated(body, amount=.6, seed=0, scale=3.2):
    """Cover that lets the sauce through in gaps; the gaps get wider towards the crust."""
    x, y, s = body.x, body.y, seed
    f = fbm2(x * scale, y * scale, 4, s + 1, .55)
    wx = x + .03 * noise2(x * 9, y * 9, s + 5)
    c, r = cells2(wx * 7.5, y * 7.5, s + 2)
    f = f + .35 * (.5 - c) + (amount - .5) * 2.2
    edge = smooth(.0, .09, body.inner + .035 * noise2(x * 7, y * 7, s + 3))
    return smooth(-.25, .55, f) * edge
