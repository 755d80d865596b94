"""Which pizza carries what."""
import numpy as np
import garden
import greens
import meat
from cover import spread, pools, grated
from dough import Body
from field import smooth
from shapes import Tray, TAU


def scatter(t, rng, make, count, limit, gap, choice=9, **drop):
    for x, y in spread(rng, count, limit, gap, choice=choice):
        t.drop(make(rng), x, y, rng.uniform(0, TAU), rng.uniform(.9, 1.08), **drop)


def herbs(t, rng, count, limit=.76, size=(.009, .016)):
    for _ in range(count):
        r, a = limit * np.sqrt(rng.random()), rng.uniform(0, TAU)
        t.drop(greens.flake(rng, rng.uniform(*size)), r * np.cos(a), r * np.sin(a), rng.uniform(0, TAU),
               drape=.2, tilt=rng.uniform(-.3, .3), soft=2, keep=False)


def fallback(q):
    b = Body(11, q)
    b.bake(tone=.47, leopard=.45)
    b.sauce()
    b.droplets(40)
    t, rng = Tray(b), np.random.default_rng(11)
    herbs(t, rng, 40)
    return b, t


def margarita(q):
    b = Body(31, q, width=.21, height=.125)
    b.bake(tone=.46, leopard=.66)
    b.sauce(oil=.4)
    rng = np.random.default_rng(33)
    b.cheese(pools(b, spread(rng, 11, .64, .29, choice=4), (.165, .225), 310), brown=.10,
             tint=(1., .95, .84), melt=(1., .84, .58), height=.036, blister=8.)
    b.droplets(60, col=(.90, .55, .10))
    t = Tray(b)
    for x, y in spread(rng, 8, .50, .36, choice=4):
        t.drop(greens.basil(rng, rng.uniform(.27, .34), rng.uniform(.09, .115)), x, y, rng.uniform(0, TAU), drape=.5, soft=8, lift=.014)
    return b, t


def pepperoni(q):
    b = Body(23, q)
    b.bake(tone=.47, leopard=.5)
    b.sauce()
    b.cheese(grated(b, .70, 230), brown=.40)
    b.droplets(80, col=(.92, .40, .05))
    t, rng = Tray(b), np.random.default_rng(23)
    scatter(t, rng, lambda g: meat.pepperoni(g, g.uniform(.125, .155)), 30, .70, .225, 4, drape=.35, soft=7, lift=-.003)
    return b, t


def veggie(q):
    b = Body(41, q)
    b.bake(tone=.45, leopard=.5)
    b.sauce()
    b.cheese(grated(b, .60, 410), brown=.34)
    b.droplets(50)
    t, rng = Tray(b), np.random.default_rng(42)
    scatter(t, rng, lambda g: garden.courgette(g, g.uniform(.125, .15)), 9, .62, .30, drape=.5)
    scatter(t, rng, lambda g: garden.onion(g, g.uniform(.13, .17)), 11, .64, .24, drape=.5)
    hues = iter(['red', 'green', 'yellow'] * 9)
    scatter(t, rng, lambda g: garden.pepper(g, next(hues), g.uniform(.13, .17)), 16, .66, .22, drape=.35)
    scatter(t, rng, lambda g: garden.tomato(g, g.uniform(.095, .115)), 10, .66, .30, drape=.2, lift=-.012)
    scatter(t, rng, lambda g: garden.olive(g, .052), 15, .70, .20, drape=.3)
    herbs(t, rng, 40)
    return b, t


def crusty(q):
    b = Body(53, q, width=.33, height=.21, puff=1.45, bubbles=60)
    b.bake(tone=.47, leopard=.26, flour=.3, scale=9., patch=.2)
    b.sauce()
    b.cheese(grated(b, .92, 530), brown=.74, height=.05, blister=9.)
    b.droplets(40, col=(.95, .55, .10), limit=.6)
    t, rng = Tray(b), np.random.default_rng(53)
    herbs(t, rng, 46, .6)
    return b, t


def charred_leopard(q):
    b = Body(61, q, width=.25, height=.15, puff=1.25, bubbles=48)
    b.bake(tone=.47, leopard=.98, scale=9.5, flour=.45, spot=.58, patch=1.3)
    b.sauce(col=(.55, .07, .02), dark=(.16, .03, .012), oil=.25)
    rng = np.random.default_rng(66)
    b.cheese(pools(b, spread(rng, 9, .58, .30, choice=4), (.11, .17), 610), brown=.42,
             tint=(1., .92, .74), melt=(.95, .66, .32), blister=9.)
    b.droplets(60, col=(.80, .36, .05))
    t = Tray(b)
    for x, y in spread(rng, 4, .42, .45, choice=4):
        t.drop(greens.basil(rng, .26, .085, char=.7), x, y, rng.uniform(0, TAU), drape=.5, soft=8, lift=.014)
    return b, t


def quattro_formaggi(q):
    b = Body(71, q)
    b.bake(tone=.45, leopard=.45)
    rng = np.random.default_rng(72)
    b.cheese(grated(b, 1.0, 710), brown=.70, tint=(1., .84, .50), melt=(.97, .56, .18))
    b.cheese(pools(b, spread(rng, 10, .62, .34), (.12, .17), 720), brown=.34,
             tint=(1., .95, .82), melt=(1., .86, .56), height=.030, blister=8.)
    b.droplets(40, col=(.95, .62, .15))
    t = Tray(b)
    scatter(t, rng, lambda g: meat.crumble(g, g.uniform(.055, .085)), 17, .70, .26, drape=.7, lift=-.008)
    scatter(t, rng, lambda g: meat.shaving(g, g.uniform(.07, .10)), 9, .60, .34, drape=.5)
    herbs(t, rng, 36, size=(.006, .011))
    return b, t


def funghi(q):
    b = Body(83, q)
    b.bake(tone=.46, leopard=.5)
    b.sauce()
    b.cheese(grated(b, .74, 830), brown=.38)
    b.droplets(40)
    t, rng = Tray(b), np.random.default_rng(84)
    scatter(t, rng, lambda g: garden.mushroom(g, g.uniform(.145, .185)), 20, .68, .24, 4, drape=.35, soft=7)
    herbs(t, rng, 130, size=(.010, .018))
    return b, t


def diavola(q):
    b = Body(91, q)
    b.bake(tone=.49, leopard=.62)
    b.sauce(col=(.62, .07, .02))
    b.cheese(grated(b, .56, 910), brown=.46)
    b.droplets(110, col=(.90, .28, .03))
    t, rng = Tray(b), np.random.default_rng(92)
    scatter(t, rng, lambda g: meat.salami(g, g.uniform(.18, .205)), 12, .60, .34, drape=.45, soft=8)
    scatter(t, rng, garden.olive, 9, .68, .30, drape=.3)
    scatter(t, rng, garden.chilli_ring, 26, .70, .12, drape=.3, soft=3)
    scatter(t, rng, lambda g: garden.chilli(g, g.uniform(.30, .38)), 6, .54, .38, drape=.35)
    return b, t


def rucola(q):
    b = Body(103, q)
    b.bake(tone=.46, leopard=.55)
    b.sauce()
    rng = np.random.default_rng(104)
    b.cheese(pools(b, spread(rng, 14, .66, .28), (.14, .20), 1010), brown=.2,
             tint=(1., .93, .76), melt=(1., .78, .44), blister=9.)
    b.droplets(50)
    t = Tray(b)
    for k in range(10):
        a = k * TAU / 8 + rng.uniform(-.2, .2)
        r = rng.uniform(.42, .54) if k < 8 else .12
        p = meat.prosciutto(rng, rng.uniform(.52, .66), rng.uniform(.14, .17))
        p.v[:, :2] -= p.v[:, :2].mean(0)
        t.drop(p, r * np.cos(a), r * np.sin(a), a + rng.uniform(.9, 2.2), drape=.5, soft=9)
    scatter(t, rng, lambda g: greens.rocket(g, g.uniform(.40, .54), g.uniform(.075, .10)), 18, .50, .17, drape=.3, soft=9)
    scatter(t, rng, lambda g: meat.shaving(g, g.uniform(.085, .12)), 9, .56, .30, drape=.3, soft=7)
    scatter(t, rng, lambda g: garden.tomato(g, .075), 6, .60, .42, drape=.2)
    return b, t


def marinara(q):
    b = Body(113, q, width=.22, height=.13)
    b.bake(tone=.46, leopard=.68)
    b.sauce(col=(.74, .12, .03), oil=.5)
    b.droplets(130, col=(.92, .52, .08))
    t, rng = Tray(b), np.random.default_rng(114)
    scatter(t, rng, lambda g: garden.garlic(g, g.uniform(.044, .074)), 30, .70, .15, 4, drape=.4)
    herbs(t, rng, 170, size=(.008, .016))
    for x, y in spread(rng, 3, .30, .3, choice=4):
        t.drop(greens.basil(rng, .24, .08), x, y, rng.uniform(0, TAU), drape=.5, soft=8, lift=.014)
    return b, t


def hero(q):
    b = Body(137, q, width=.23, height=.165, puff=1.2, bubbles=46)
    b.bake(tone=.47, leopard=.85, flour=.4, spot=.5, patch=.9)
    b.sauce(oil=.4)
    rng = np.random.default_rng(138)
    b.cheese(pools(b, spread(rng, 13, .64, .31, choice=4), (.15, .21), 1310), brown=.22,
             tint=(1., .94, .80), melt=(1., .80, .50), height=.030, blister=8.)
    b.droplets(110, col=(.90, .55, .10))
    t = Tray(b)
    for x, y in spread(rng, 9, .55, .34, choice=4):
        t.drop(greens.basil(rng, rng.uniform(.28, .35), rng.uniform(.095, .12)), x, y, rng.uniform(0, TAU), drape=.5, soft=8, lift=.014)
    return b, t


def icon(q):
    """A pizza in three parts, as a signed token has three: cheese, sauce and basil."""
    b = Body(151, q, width=.26, height=.17, puff=1.1, bubbles=30)
    b.bake(tone=.47, leopard=.5, scale=8.)
    b.sauce(oil=.2)
    rng = np.random.default_rng(152)
    deg = np.degrees(b.theta) % 360
    cheese = smooth(86, 90, deg) * smooth(201, 197, deg)
    basil = smooth(193, 197, deg) * smooth(302, 298, deg)
    b.cheese(grated(b, 1.0, 1510) * cheese, brown=.42, height=.05, blister=7.)
    b.cheese(grated(b, 1.0, 1520) * basil, brown=-.6, tint=(.30, .50, .10), melt=(.20, .40, .06), height=.05)
    t = Tray(b)
    for x, y, k in ((.30, .36, 0), (.55, .02, 1), (.25, -.10, 2), (.58, -.40, 3), (.13, .62, 4)):
        t.drop(meat.pepperoni(rng, .15), x, y, k, drape=.35, soft=7)
    for x, y, k in ((-.34, -.30, 1.1), (-.02, -.58, 2.6), (-.42, -.52, 4.0), (-.14, -.34, 5.4)):
        t.drop(greens.basil(rng, .36, .13, char=-.3), x, y, k, drape=.5, soft=8)
    b.cuts = [np.radians(a) for a in (90, 197, 300)]
    return b, t
