"""Vegetables: mushrooms, olives, peppers, onion, tomato, courgette, chilli, garlic."""
import numpy as np
from field import smooth, mix, ramp, fbm2, noise2, cells2
from shapes import disc, tube, TAU


def _seed(rng):
    return int(rng.integers(1, 9999))


def mushroom(rng, size=.15):
    """Slice through cap and stem, stem towards -y."""
    seed, lean = _seed(rng), rng.uniform(-.15, .15)
    fat = rng.uniform(.9, 1.1)

    def outline(f):
        c, s = np.cos(f + lean * .3), np.sin(f)
        cap = 1 / np.sqrt((c / 1.05) ** 2 + (s / .80) ** 2)
        under = .40 / np.maximum(-s, .16) * .62
        stem = np.minimum(.30 / np.maximum(np.abs(c), .08), .98 / np.maximum(-s, .3))
        low = np.maximum(np.minimum(cap, under), stem)
        k = smooth(.05, -.12, s)
        return size * fat * (mix(cap, low, k) + .015 * np.cos(7 * f))
    p = disc(outline, .022, 40, 170, .5)
    x, y, s = p.v[:, 0] / size, p.v[:, 1] / size, np.clip(p.a, 0, 1)
    p.v[:, 2] += .03 * (x * x - .2) * rng.uniform(-.5, 1) + .02 * y * y * rng.uniform(0, 1)
    g = fbm2(x * 5, y * 5, 3, seed)
    p.col = ramp(.5 + .5 * g, [(0, (.76, .56, .33)), (1, (.95, .85, .67))])
    gills = (smooth(.16, .02, y + .16 * np.abs(x) + .03 * g) * smooth(-.40, -.30, y)
             * smooth(.25, .36, np.abs(x)) * smooth(1.02, .92, s))
    lines = .5 + .5 * np.sin(x * 60 + 6 * g)
    p.wash(gills * (.72 + .28 * lines), (.17, .08, .035))
    skin = smooth(.80, .92, s + .05 * g) * smooth(-.28, -.05, y)
    p.wash(skin * .95, (.33, .16, .06))
    p.wash(smooth(.9, 1.02, s) * smooth(0, -.3, y) * .6, (.60, .40, .20))
    p.wash(smooth(.2, .9, g + .5 * s) * .75, (.62, .31, .09))
    p.wash(smooth(.93, 1.05, s) * .6, (.26, .13, .06))
    return p.finish(.38, .45, 0, .25)


def olive(rng, radius=.046):
    n = 56
    q = np.linspace(0, TAU, n, endpoint=False)
    e, ph = rng.uniform(.86, 1), rng.uniform(0, TAU)
    r = radius * (1 + .05 * np.cos(2 * q + ph))
    path = np.stack([r * np.cos(q), e * r * np.sin(q), .003 * np.sin(q * 2)], -1)
    p = tube(path, .017, .017, 16, True, .8)
    g = fbm2(p.v[:, 0] * 40, p.v[:, 1] * 40, 2, _seed(rng))
    p.col = ramp(.5 + .5 * g, [(0, (.035, .022, .03)), (1, (.12, .07, .08))])
    p.wash(smooth(.2, .9, -np.cos(p.b)) * .5, (.30, .20, .14))
    return p.finish(.20, .9, 0, .08)


def pepper(rng, hue='red', radius=.15):
    """Part of a lobed ring, skin outside, paler flesh inside."""
    seed = _seed(rng)
    arc, ph, k = rng.uniform(2.6, 4.6), rng.uniform(0, TAU), 3
    q = np.linspace(0, arc, 110)
    r = radius * (1 + .17 * np.cos(k * q + ph)) * rng.uniform(.9, 1.1)
    path = np.stack([r * np.cos(q), r * np.sin(q) * .85, .014 * np.sin(q * 2 + ph)], -1)
    path -= path.mean(0) * [1, 1, 0]
    ends = np.clip(np.sin(np.pi * np.linspace(.02, .98, 110)) * 5, .3, 1)
    p = tube(path, .019 * ends, .030, 18, False, .7)
    skin, flesh = {'red': ((.72, .05, .02), (.87, .28, .12)), 'green': ((.10, .30, .04), (.55, .66, .26)),
                   'yellow': ((.93, .58, .04), (.96, .76, .30))}[hue]
    g = noise2(p.a * 9, p.b, seed)
    p.wash(np.ones(len(p.v)), flesh).wash(smooth(-.35, .25, np.cos(p.b) + .1 * g), skin)
    p.wash(smooth(.35, .9, noise2(p.a * 5, p.b * .4, seed + 1)) * smooth(.2, 1, np.sin(p.b)) * .75, (.16, .07, .03))
    return p.finish(.22, .8, 0, .06)


def onion(rng, radius=.13):
    seed = _seed(rng)
    arc = rng.uniform(2.4, 5.4)
    q = np.linspace(0, arc, 100)
    r = radius * (1 + .06 * np.cos(2 * q + rng.uniform(0, TAU)) + .05 * noise2(q * 1.5, 0 * q, seed))
    path = np.stack([r * np.cos(q), r * np.sin(q) * rng.uniform(.7, 1), .012 * noise2(q * 1.6, 0 * q + 4, seed)], -1)
    path -= path.mean(0) * [1, 1, 0]
    ends = np.clip(np.sin(np.pi * np.linspace(.02, .98, 100)) * 4, .35, 1)
    p = tube(path, .0085 * ends, .021, 12, False, .8)
    p.wash(np.ones(len(p.v)), (.90, .78, .80)).wash(smooth(-.1, .5, np.cos(p.b)), (.48, .09, .25))
    p.wash(smooth(.2, .7, noise2(p.a * 6, p.b * .3, seed + 1)) * .5, (.72, .45, .25))
    return p.finish(.28, .6, 0, .05)


def tomato(rng, radius=.098):
    """Cherry tomato half, cut side up, blistered skin."""
    seed, ph = _seed(rng), rng.uniform(0, TAU)
    p = disc(lambda f: radius * (1 + .03 * np.cos(2 * f + ph)), .05, 44, 130, .25)
    x, y, s, f = p.v[:, 0] / radius, p.v[:, 1] / radius, np.clip(p.a, 0, 1), p.b
    g = fbm2(x * 4, y * 4, 3, seed)
    k = 3 if rng.random() < .6 else 2
    wall = np.abs(np.sin(k * (f - ph) / 2 + .12 * g)) * s
    gel = smooth(.20, .34, wall) * smooth(.80, .70, s + .03 * g) * smooth(.16, .3, s)
    p.v[:, 2] += -.010 * gel + .006 * g * (1 - s) - .004 * smooth(.3, 0, s)
    p.col = ramp(.5 + .4 * g, [(0, (.72, .10, .035)), (1, (.88, .24, .09))])
    p.wash(smooth(.32, .1, s) * .5, (.90, .45, .25))
    p.wash(gel * .85, (.78, .17, .02))
    c, r = cells2(x * 5.2, y * 5.2, seed)
    seeds = gel * smooth(.30, .18, c)
    p.wash(seeds * .85, (.94, .72, .34))
    p.v[:, 2] += .007 * seeds
    p.wash(smooth(.87, .94, s + .02 * g) * .9, (.66, .04, .015))
    p.wash(smooth(.93, 1.03, s + .10 * noise2(f * 2.2, 0 * f, seed + 2)) * .85, (.12, .03, .015))
    p.finish(.26, .75, 0, .12)
    p.fin[:, 0] = mix(p.fin[:, 0], .07, gel)
    return p


def courgette(rng, radius=.12):
    seed, ph = _seed(rng), rng.uniform(0, TAU)
    p = disc(lambda f: radius * (1 + .03 * np.cos(2 * f + ph) + .02 * np.cos(8 * f)), .020, 40, 130, .25)
    x, y, s, f = p.v[:, 0] / radius, p.v[:, 1] / radius, np.clip(p.a, 0, 1), p.b
    g = fbm2(x * 4, y * 4, 3, seed)
    p.v[:, 2] += .016 * np.cos(2 * f + ph) * s * s + .004 * g
    p.col = ramp(.5 + .5 * g, [(0, (.78, .70, .34)), (1, (.93, .88, .60))])
    ring = smooth(.34, .42, s) * smooth(.62, .52, s)
    pip = smooth(.45, .95, np.cos(f * 11 + ph) + .4 * g) * ring
    p.wash(ring * .35, (.74, .66, .28)).wash(pip * .6, (.96, .90, .66))
    p.wash(smooth(.86, .93, s + .02 * g), (.12, .24, .035))
    p.wash(smooth(.90, .86, s) * smooth(.80, .86, s) * .6, (.52, .58, .20))
    p.wash(smooth(.15, .6, g + .5 * noise2(x * 1.2, y * 1.2, seed + 1)) * .75 * smooth(.95, .8, s), (.60, .32, .09))
    return p.finish(.30, .6, 0, .2)


def chilli(rng, length=.34):
    """Whole small chilli with a green stalk."""
    n = 90
    t = np.linspace(0, 1, n)
    a = rng.uniform(.5, 1.5) * rng.choice([-1, 1])
    path = np.stack([length * np.sin(a * (t - .5)) / a, length * (1 - np.cos(a * (t - .5))) / a, 0 * t], -1)
    r = .030 * np.clip(1 - t, 0, 1) ** .55 * smooth(-.02, .10, t) * smooth(.0, .24, t + .16)
    stalk = t < .15
    r = np.where(stalk, .008 + .004 * (t < .02), np.maximum(r, .0015))
    r = np.where((t >= .13) & (t < .2), np.maximum(r, .026 * smooth(.12, .2, t)), r)
    p = tube(path, r, r * .9, 20)
    g = fbm2(p.a * 7, p.b * .5, 2, _seed(rng))
    p.col = ramp(.5 + .5 * g, [(0, (.45, .02, .01)), (1, (.80, .06, .02))])
    p.wash(smooth(.165, .14, p.a), (.24, .36, .08))
    p.wash(smooth(.35, .8, g + smooth(.8, 1, p.a) * .4) * .7, (.10, .02, .015))
    return p.finish(.16, .95, 0, .04)


def chilli_ring(rng, radius=.027):
    q = np.linspace(0, TAU, 30, endpoint=False)
    path = np.stack([radius * np.cos(q), radius * np.sin(q) * rng.uniform(.75, 1), 0 * q], -1)
    p = tube(path, .0075, .011, 10, True)
    p.wash(np.ones(len(p.v)), (.80, .08, .03)).wash(smooth(.2, .8, -np.cos(p.b)), (.90, .36, .16))
    return p.finish(.2, .8, 0, .05)


def garlic(rng, size=.056):
    ph = rng.uniform(-.3, .3)
    p = disc(lambda f: size * (1 + .32 * np.cos(f) + .08 * np.cos(2 * f + ph)) * (1 - .22 * np.sin(f) ** 2), .013, 22, 70, .4)
    x, y, s = p.v[:, 0], p.v[:, 1], np.clip(p.a, 0, 1)
    g = fbm2(x * 26, y * 26, 3, _seed(rng))
    p.v[:, 2] += 2.2 * x * x * rng.uniform(0, 1) + .004
    p.wash(np.ones(len(s)), (.96, .87, .62)).wash(smooth(.1, .7, g) * .5, (.90, .68, .32))
    p.wash(smooth(rng.uniform(.4, .75), 1.02, s + .3 * g) * .9, (.66, .34, .09))
    p.wash(smooth(.95, 1.1, s + .3 * g) * .7, (.28, .11, .03))
    return p.finish(.34, .5, 0, .15)
