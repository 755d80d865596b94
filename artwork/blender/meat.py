"""Pepperoni, salami, prosciutto and the firm cheeses that lie on top."""
import numpy as np
from field import smooth, mix, ramp, fbm2, noise2, cells2
from shapes import disc, sheet, TAU


def pepperoni(rng, radius=.115, cup=.056):
    k, ph = rng.integers(2, 4), rng.uniform(0, TAU)
    w = rng.uniform(.02, .05)
    seed = int(rng.integers(1, 9999))
    p = disc(lambda f: radius * (1 + w * np.cos(k * f + ph) + .015 * np.cos(5 * f + 2 * ph)), .014, 34, 120, .0)
    x, y, s, f = p.v[:, 0], p.v[:, 1], np.clip(p.a, 0, 1), p.b
    lean = 1 + .35 * np.cos(f - rng.uniform(0, TAU)) + .16 * np.cos(3 * f + ph)
    p.v[:, 2] += cup * lean * s ** 3.2 + .004 * noise2(x * 30, y * 30, seed)
    pull = 1 - .16 * s ** 4
    p.v[:, 0] *= pull; p.v[:, 1] *= pull
    g = fbm2(x * 26, y * 26, 3, seed)
    p.col = ramp(.5 + .5 * g, [(0, (.50, .07, .03)), (.5, (.70, .15, .055)), (1, (.82, .27, .10))])
    c, r = cells2(x * 44 + .3 * g, y * 44, seed + 1)
    p.wash(smooth(.42, .2, c) * (r > .62) * .75, (.93, .55, .30))
    p.wash(smooth(.3, .1, c) * (r < .2) * .7, (.30, .04, .02))
    toast = smooth(.74, .98, s + .06 * g)
    p.wash(toast * .85, (.42, .075, .03))
    p.wash(smooth(.93, 1.02, s + .07 * noise2(f * 3, s, seed + 2)) * .9, (.13, .03, .02))
    p.finish(.30, .75, .10, .35)
    oil = smooth(.62, .35, s + .12 * g)
    p.wash(oil * .30, (.92, .36, .06))
    p.fin[:, 0] = mix(p.fin[:, 0], .10, oil)
    p.fin[:, 3] = mix(p.fin[:, 3], .1, oil)
    return p


def salami(rng, radius=.17):
    seed = int(rng.integers(1, 9999))
    ph = rng.uniform(0, TAU)
    p = disc(lambda f: radius * (1 + .03 * np.cos(2 * f + ph) + .015 * np.cos(5 * f)), .010, 40, 130, .2)
    x, y, s, f = p.v[:, 0], p.v[:, 1], np.clip(p.a, 0, 1), p.b
    p.v[:, 2] += (.020 * np.cos(3 * f + ph) + .014 * np.cos(2 * f)) * s ** 2 + .012 * s ** 3
    g = fbm2(x * 20, y * 20, 3, seed)
    p.col = ramp(.5 + .5 * g, [(0, (.36, .03, .03)), (.5, (.55, .07, .05)), (1, (.68, .13, .07))])
    wx, wy = x + .012 * noise2(x * 40, y * 40, seed), y + .012 * noise2(x * 40, y * 40 + 9, seed)
    c, r = cells2(wx * 30, wy * 30, seed + 1)
    p.wash(smooth(.50, .30, c + .1 * g) * (r > .42) * .85, (.95, .74, .58))
    p.wash(smooth(.88, 1., s + .05 * g) * .8, (.22, .03, .02))
    return p.finish(.28, .7, .12, .25)


def prosciutto(rng, length=.62, width=.15):
    seed = int(rng.integers(1, 9999))
    p = sheet(150, 44)
    t, v = p.a, p.b
    a = rng.uniform(.5, 1.1) * rng.choice([-1, 1])
    ang = a * (t - .5) * 2
    cx = length * (np.sin(ang) / max(abs(a), .2) / 2)
    cy = length * (1 - np.cos(ang)) / a / 2
    half = width * (.55 + .45 * np.sin(np.pi * np.clip(t * .94 + .03, 0, 1)) ** .6
                    + .16 * noise2(t * 5, v * .6 + seed, seed))
    fold = np.cos(v * 6.0 + 2.2 * noise2(t * 2.6, 0 * t, seed) + t * 5)
    off = v * half * .72 + .010 * np.sin(v * 12 + t * 9)
    p.v[:, 0] = cx - np.sin(ang) * off
    p.v[:, 1] = cy + np.cos(ang) * off
    ruffle = noise2(t * 7 + 3 * v * .2, v * 1.2, seed + 3)
    p.v[:, 2] = .045 + .028 * fold * (.6 + .4 * ruffle) + .030 * ruffle * np.abs(v) + .012 * noise2(t * 14, v * 3, seed + 4)
    g = fbm2(t * 4, v * 5, 3, seed + 5)
    p.col = ramp(.5 + .5 * g, [(0, (.60, .16, .15)), (.5, (.78, .30, .26)), (1, (.90, .50, .42))])
    streak = smooth(.30, .55, fbm2(t * 2.2, v * 7 + .8 * np.sin(t * 5), 3, seed + 6))
    p.wash(streak * .75, (.96, .80, .72))
    p.wash(smooth(.66, .84, v + .12 * noise2(t * 4, 0 * t, seed + 7)) * .92, (.97, .90, .83))
    return p.finish(.36, .45, .28, .12)


def shaving(rng, size=.11):
    """A thin flake of hard cheese."""
    seed = int(rng.integers(1, 9999))
    ph = rng.uniform(0, TAU, 3)
    e = rng.uniform(.42, .7)
    out = lambda f: size / np.sqrt(np.cos(f) ** 2 + (np.sin(f) / e) ** 2) * (
        1 + .12 * np.cos(3 * f + ph[0]) + .07 * np.cos(7 * f + ph[1]) + .04 * np.cos(13 * f + ph[2]))
    p = disc(out, .007, 20, 110, .1)
    x, y = p.v[:, 0], p.v[:, 1]
    p.v[:, 2] += 2.4 * x * x + .012 + .8 * y * x + .003 * noise2(x * 60, y * 60, seed)
    g = fbm2(x * 24, y * 24, 3, seed)
    p.col = ramp(.5 + .5 * g, [(0, (.93, .80, .52)), (1, (.99, .93, .74))])
    return p.finish(.5, .25, .3, .25)


def crumble(rng, size=.075, vein=True):
    """A half-melted lump of blue cheese."""
    seed = int(rng.integers(1, 9999))
    ph = rng.uniform(0, TAU, 3)
    p = disc(lambda f: size * (1 + .18 * np.cos(2 * f + ph[0]) + .10 * np.cos(5 * f + ph[1])
                               + .06 * np.cos(9 * f + ph[2])), .02, 30, 90, .9)
    x, y, s = p.v[:, 0], p.v[:, 1], np.clip(p.a, 0, 1)
    g = fbm2(x * 30, y * 30, 3, seed)
    p.v[:, 2] += .028 * np.sqrt(np.clip(1 - s * s, 0, 1)) + .010 * g * (1 - s ** 3)
    p.col = ramp(.5 + .5 * g, [(0, (.93, .86, .68)), (1, (.98, .95, .85))])
    if vein:
        q = fbm2(x * 22 + 5, y * 22, 3, seed + 3)
        p.wash(smooth(.20, .02, np.abs(q)) * .8, (.28, .40, .40))
        p.wash(smooth(.45, .7, q) * .9, (.13, .26, .30))
    return p.finish(.38, .5, .3, .3)
