"""What surrounds the pizza in the wide picture: table, peel, bricks, fire and embers."""
import bpy
import numpy as np
from field import smooth, mix, mix3, linear, ramp, fbm2, noise2, cells2
from shapes import disc, tube, TAU


def _plane(xs, ys):
    x, y = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))
    n, m = len(ys), len(xs)
    i = np.arange(n - 1)[:, None] * m
    j = np.arange(m - 1)[None, :]
    return x, y, np.stack([i + j, i + j + 1, i + m + j + 1, i + m + j], -1).reshape(-1, 4)


def _pack(x, y, z, f, col, rough, coat, glow, bump):
    fin = np.stack([v + 0 * x for v in (rough, coat, glow, bump)], -1).reshape(-1, 4)
    return np.stack([x, y, z], -1).reshape(-1, 3), f, col.reshape(-1, 3), fin


def _dust(x, y, seed):
    r = np.hypot(x, y)
    cloud = fbm2(x * 1.6, y * 1.6, 5, seed) + .9 * smooth(1.9, 1.1, r) - .85
    specks = cells2(x * 46, y * 46, seed + 1)
    fine = (specks[0] < .16 + .3 * (specks[1] > .93)) * smooth(-.45, .5, cloud)
    return np.clip(.62 * smooth(.05, 1.0, cloud + .25 * fbm2(x * 22, y * 22, 2, seed + 2)) + .75 * fine, 0, 1)


def stone(seed=5):
    """Oven floor: big worn slabs."""
    x, y, f = _plane(np.linspace(-3.6, 3.6, 1300), np.concatenate([np.linspace(-2.2, 2.2, 900), np.linspace(2.21, 6.5, 220)]))
    g, fine = fbm2(x * 1.7, y * 1.7, 5, seed), fbm2(x * 14, y * 14, 4, seed + 1)
    jx = np.abs((x + .9 + .02 * g) / 1.9 % 1 - .5)
    jy = np.abs((y - .35 + .02 * g) / 1.9 % 1 - .5)
    joint = np.maximum(smooth(.488, .496, jx), smooth(.488, .496, jy))
    z = .012 * g + .007 * fine - .03 * joint
    col = ramp(.5 + .35 * g + .25 * fine, [(0, (.075, .062, .055)), (.5, (.145, .122, .108)), (1, (.25, .21, .185))])
    col = mix3(col, linear((.03, .024, .02)), joint * .8)
    d = _dust(x, y, seed + 9)
    col = mix3(col, linear((.86, .80, .72)), d * .8)
    return _pack(x, y, z, f, col, mix(.38, .9, d) + .1 * fine, .22 * (1 - d), 0, .5)


def marble(seed=6):
    x, y, f = _plane(np.linspace(-3.6, 3.6, 1300), np.concatenate([np.linspace(-2.2, 2.2, 900), np.linspace(2.21, 6.5, 220)]))
    wx, wy = x + .35 * fbm2(x * .9, y * .9, 4, seed), y + .35 * fbm2(x * .9 + 7, y * .9, 4, seed + 1)
    vein = smooth(.10, .0, np.abs(fbm2(wx * .8, wy * .8 + wx * .5, 3, seed + 2)))
    hair = smooth(.05, .0, np.abs(fbm2(wx * 1.9, wy * 1.9, 3, seed + 3)))
    col = ramp(.5 + .4 * fbm2(x * 1.2, y * 1.2, 3, seed + 4), [(0, (.86, .84, .81)), (1, (.96, .945, .92))])
    col = mix3(col, linear((.60, .57, .54)), np.clip(vein * .5 * (.4 + .6 * hair) + hair * .22, 0, 1))
    d = _dust(x, y, seed + 9)
    col = mix3(col, linear((.99, .975, .95)), d)
    return _pack(x, y, .004 * d, f, col, mix(.20, .9, d), .5 * (1 - d), 0, .02 + .5 * d)


def peel(seed=8, pale=False):
    """Round board whose handle leaves towards the lower left."""
    def outline(f):
        away = np.abs((f - np.radians(212) + np.pi) % TAU - np.pi)
        handle = np.minimum(.125 / np.maximum(np.sin(np.minimum(away, 1.5)), .03), 3.4)
        handle = np.where(away < 1.2, handle, 0)
        k = 9.0
        return ((1.17 ** k + np.maximum(handle, 1e-3) ** k) ** (1 / k))
    p = disc(outline, .045, 420, 2400, .12)
    x, y = p.v[:, 0], p.v[:, 1]
    c, s = np.cos(np.radians(212)), np.sin(np.radians(212))
    u, v = x * c + y * s, -x * s + y * c
    plank = np.floor(v / .31 + .5)
    off = plank * 7.7
    grain = fbm2(u * 1.4 + off, v * 34 + 2.0 * noise2(u * 1.1 + off, v * 3, seed), 4, seed)
    fibre = fbm2(u * 5 + off, v * 90, 2, seed + 1)
    stops = [(0, (.46, .29, .16)), (.5, (.68, .47, .28)), (1, (.82, .63, .42))] if pale else \
            [(0, (.17, .085, .04)), (.5, (.33, .18, .085)), (1, (.47, .28, .14))]
    p.col = ramp(.5 + .42 * grain + .14 * fibre + .08 * np.sin(plank * 9), stops)
    seam = smooth(.475, .495, np.abs(v / .31 + .5 - plank - .5))
    p.wash(seam * .8, (.08, .04, .02))
    p.v[:, 2] += .003 * fibre - .006 * seam + .002 * grain
    p.wash(smooth(.99, 1.05, p.a) * .5, (.10, .05, .025))
    p.wash(_dust(x * 1.2, y * 1.2, seed + 9) * .75, (.94, .89, .82))
    return p.finish(.48, .2, 0, .15)


def wall(seed=12):
    """Curved brick back of the oven."""
    a, h, f = _plane(np.linspace(-1.45, 1.45, 700), np.linspace(-.1, 2.6, 420))
    row = np.floor(h / .19)
    q = a * 5.2 / .42 + .5 * (row % 2)
    g = fbm2(a * 9, h * 4, 4, seed)
    joint = np.maximum(smooth(.43, .48, np.abs(q % 1 - .5) + .01 * g), smooth(.40, .47, np.abs(h / .19 % 1 - .5) + .02 * g))
    tone = np.sin(np.floor(q) * 12.9 + row * 78.2) * .5
    r = 5.2 - .05 * (1 - joint) - .03 * g - .35 * np.clip(h - .6, 0, 9) ** 1.5
    col = ramp(.5 + .3 * g + .3 * tone, [(0, (.12, .06, .04)), (.5, (.27, .13, .08)), (1, (.42, .22, .13))])
    col = mix3(col, linear((.10, .08, .07)), joint * .8)
    return _pack(r * np.sin(a), r * np.cos(a) - .2, h, f, col, .85, 0, 0, .6)


def log(rng, length, radius, ember=.6):
    seed = int(rng.integers(1, 9999))
    t = np.linspace(0, 1, 120)
    path = np.stack([(t - .5) * length, .05 * noise2(t * 2, 0 * t, seed), 0 * t], -1)
    p = tube(path, radius, radius, 60)
    g = fbm2(p.v[:, 0] * 9, p.b * 3, 4, seed)
    c, r = cells2(p.v[:, 0] * 16, p.b * 2.6 + .3 * g, seed + 2)
    p.v[:, 2] += .02 * g
    crack = smooth(.32, .62, c)
    p.col = ramp(.5 + .5 * g, [(0, (.04, .03, .028)), (1, (.20, .15, .12))])
    heat = np.clip(crack * smooth(-.5, .5, g + ember - .4), 0, 1)
    p.col += (np.array([1.0, .16, .012], np.float32) - p.col) * heat[:, None]
    p.finish(.9, 0, 0, .5)
    p.fin[:, 2] = heat * 75
    return p


def fire_material(strength):
    m = bpy.data.materials.new('fire')
    m.use_nodes = True
    n, link = m.node_tree.nodes, m.node_tree.links.new
    n.clear()
    col, emit, clear, mixer, out = (n.new('ShaderNode' + k) for k in
                                    ('Attribute', 'Emission', 'BsdfTransparent', 'MixShader', 'OutputMaterial'))
    fin, split = n.new('ShaderNodeAttribute'), n.new('ShaderNodeSeparateColor')
    col.attribute_name, fin.attribute_name = 'col', 'fin'
    emit.inputs[1].default_value = strength
    link(col.outputs[0], emit.inputs[0])
    link(fin.outputs[0], split.inputs[0])
    link(split.outputs[0], mixer.inputs[0])
    link(clear.outputs[0], mixer.inputs[1])
    link(emit.outputs[0], mixer.inputs[2])
    link(mixer.outputs[0], out.inputs[0])
    return m


def flame(seed, width, height, at):
    """An upright card with a tongue of fire; several of them overlap into a blaze."""
    x, y, f = _plane(np.linspace(-1, 1, 170), np.linspace(0, 1, 220))
    sway = (.34 * noise2(y * 2.2, 0 * y + seed, seed) + .16 * noise2(y * 6, x * 1.5, seed + 1)) * y
    u = (x - sway) / (.95 * (1 - y) ** .75 + .02)
    body = smooth(1.0, .0, np.abs(u)) * smooth(1, .6, np.abs(x)) * smooth(.0, .10, y) * smooth(1, .8, y)
    lick = .5 + .75 * fbm2(x * 3.2 + sway * 2, y * 2.1, 4, seed + 2)
    a = np.clip(body * smooth(.05, .8, lick + .6 * (1 - y) - .1), 0, 1)
    col = ramp(np.clip(a * (1.15 - .6 * y), 0, 1), [(0, (.55, .06, .0)), (.35, (.95, .28, .02)), (.7, (1., .62, .14)), (1, (1., .90, .55))])
    return _pack(at[0] + x * width / 2, at[1] + 0 * x, at[2] + y * height, f, col, a, 0, 0, 0)


def sparks(rng, count, box, size=(.004, .012)):
    vs, fs, cs = [], [], []
    for k in range(count):
        c = np.array([rng.triangular(b[0], (b[0] + b[1]) / 2, b[1]) for b in box])
        r = rng.uniform(*size)
        d = rng.normal(size=3) * [.6, .4, 1.4]
        d /= np.linalg.norm(d)
        s = np.cross(d, [0, 1, 0]); s /= np.linalg.norm(s)
        o = np.cross(d, s)
        long = d * r * rng.uniform(1, 3.2)
        vs.append(np.stack([c + long, c + s * r, c + o * r, c - s * r, c - o * r, c - long]))
        fs.append(np.array([[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 1], [5, 2, 1], [5, 3, 2], [5, 4, 3], [5, 1, 4]]) + 6 * k)
        heat = rng.random()
        cs.append(np.tile(linear((1.0, .35 + .4 * heat, .05 + .25 * heat)), (6, 1)))
    v = np.concatenate(vs)
    return v, np.concatenate(fs), np.concatenate(cs), np.ones((len(v), 4), np.float32)
