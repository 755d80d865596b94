"""Leaves: basil and rocket, plus dried oregano."""
import numpy as np
from field import smooth, ramp, fbm2, noise2
from shapes import sheet, disc


def _vein(t, v, count, slope):
    """Distance to the nearest side vein, in vein spacings."""
    k = (t - slope * np.abs(v)) * count
    return np.abs(k - np.round(k))


def basil(rng, length=.27, width=.088, char=.25):
    seed = int(rng.integers(1, 9999))
    p = sheet(84, 44)
    t, v = p.a, p.b
    half = width * np.clip(np.sin(np.pi * t ** .78), 0, 1) ** .72 * (1 + .05 * noise2(t * 5, np.sign(v) * 3 + 0 * t, seed + 5))
    bend = rng.uniform(-.05, .05)
    p.v[:, 0] = (t - .5) * length
    p.v[:, 1] = v * half + bend * np.sin(np.pi * t)
    vein = _vein(t, v, 5, .24)
    puff = smooth(.0, .5, vein) * smooth(.0, .25, np.abs(v))
    cup = rng.uniform(-.03, .04)
    p.v[:, 2] = (.018 + .008 * puff * (1 - v * v) + cup * v * v - .05 * (t - .45) ** 2
                 + .014 * fbm2(t * 4, v * 2, 2, seed) * np.abs(v) + rng.uniform(.01, .05) * smooth(.55, 1, t)
                 - .006 * smooth(.12, 0, np.abs(v)))
    g = fbm2(t * 9, v * 4, 3, seed + 1)
    p.col = ramp(.5 + .4 * g + .2 * (puff - .5), [(0, (.07, .20, .035)), (.5, (.16, .37, .06)), (1, (.32, .53, .12))])
    p.wash(smooth(.07, .0, vein) * .28 * smooth(1., .3, np.abs(v)), (.45, .60, .22))
    p.wash(smooth(.07, .02, np.abs(v)) * .65, (.52, .64, .28))
    p.wash(smooth(.72, 1.05, np.abs(v) + .25 * g + char - .25) * .9, (.13, .10, .03))
    return p.finish(.42, .4, .3, .03)


def rocket(rng, length=.50, width=.085):
    seed = int(rng.integers(1, 9999))
    p = sheet(150, 30)
    t, v = p.a, p.b
    lobes = rng.integers(3, 5)
    wave = .5 - .5 * np.cos(2 * np.pi * lobes * np.clip((t - .30) / .56, 0, 1))
    tip = np.sqrt(np.clip(1 - ((t - .84) / .16) ** 2, 0, 1)) * smooth(.64, .74, t)
    half = .010 + width * np.maximum(smooth(.26, .5, t) * (.16 + .52 * wave ** 1.3) * smooth(.90, .76, t), .75 * tip)
    half *= smooth(1.0, .985, t)
    a = rng.uniform(-1.3, 1.3)
    ang = a * (t - .5)
    cx = np.sin(ang) / (a if abs(a) > .05 else .05)
    cy = (1 - np.cos(ang)) / (a if abs(a) > .05 else .05)
    off = v * half
    sweep = .10 * np.abs(v) * half / width * length * .6
    p.v[:, 0] = cx * length - np.sin(ang) * off + sweep
    p.v[:, 1] = cy * length + np.cos(ang) * off
    p.v[:, 2] = (.03 + .05 * np.sin(np.pi * t) + .035 * np.abs(v) * half / width
                 + .02 * fbm2(t * 5, v, 2, seed) * (.3 + np.abs(v)))
    g = fbm2(t * 12, v * 3, 3, seed + 1)
    p.col = ramp(.5 + .45 * g, [(0, (.10, .27, .05)), (.5, (.22, .45, .09)), (1, (.40, .60, .17))])
    p.wash(smooth(.0106, .004, np.abs(off)) * .75, (.62, .72, .40))
    return p.finish(.36, .45, .5, .1)


def flake(rng, size=.014):
    """Dried herb: too small for structure, a bent chip is enough."""
    ph = rng.uniform(0, 6)
    p = disc(lambda f: size * (1 + .35 * np.cos(2 * f + ph) + .2 * np.cos(3 * f)), .004, 4, 14, .2)
    k = rng.uniform(.6, 1.2)
    p.wash(np.ones(len(p.v)), (.20 * k, .25 * k, .07 * k))
    return p.finish(.7, .1, 0, .2)
