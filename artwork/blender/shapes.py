"""Mesh pieces for toppings: discs with any outline, sheets and tubes."""
import numpy as np
from field import linear, blur

TAU = 2 * np.pi


class Piece:
    def __init__(self, v, f, a, b):
        self.v, self.f = v.astype(np.float32), f
        self.a, self.b = a.astype(np.float32), b.astype(np.float32)
        n = len(v)
        self.col = np.ones((n, 3), np.float32)
        self.fin = np.tile(np.array([.45, .4, .1, .2], np.float32), (n, 1))

    def finish(self, rough=.45, coat=.4, sss=.1, bump=.2):
        self.fin[:] = (rough, coat, sss, bump)
        return self

    def wash(self, mask, rgb):
        c = linear(rgb)
        self.col += (c - self.col) * np.clip(mask, 0, 1)[:, None]
        return self


def _grid(nr, nc, wrap):
    i = np.arange(nr - 1)[:, None] * nc
    j = np.arange(nc if wrap else nc - 1)[None, :]
    k = (j + 1) % nc
    return np.stack([i + j, i + nc + j, i + nc + k, i + k], -1).reshape(-1, 4)


def disc(outline, thick=.02, rings=22, around=96, shoulder=.25):
    """Star-shaped plate. a = 0 in the middle, 1 at the rim, above 1 on the wall; b = angle."""
    phi = np.linspace(0, TAU, around, endpoint=False)[None, :]
    s = np.concatenate([np.linspace(.0, 1, rings), [1.0, .985]])[:, None]
    r = outline(phi) + 0 * s
    z = thick * (1 - shoulder * np.clip((s - .7) / .3, 0, 1) ** 2.5) + 0 * phi
    z[-2], z[-1] = thick * .35, -thick * .6
    v = np.stack([s * r * np.cos(phi), s * r * np.sin(phi), z], -1)
    a = s + 0 * phi
    a[-2:] = 1.1
    return Piece(v.reshape(-1, 3), _grid(rings + 2, around, True), a.ravel(), (phi + 0 * s).ravel())


def sheet(nu=60, nv=24):
    """Unit sheet; a runs 0..1 along x, b runs -1..1 across y."""
    u = np.linspace(0, 1, nu)[:, None] + 0 * np.zeros((1, nv))
    w = np.linspace(-1, 1, nv)[None, :] + 0 * u
    v = np.stack([u, w, 0 * u], -1).reshape(-1, 3)
    return Piece(v, _grid(nu, nv, False), u.ravel(), w.ravel())


def tube(path, width, height, around=14, closed=False, square=1.0):
    """Sweep an ellipse along a path in the plane; b = angle round the section, 90 degrees is up."""
    p = np.asarray(path, np.float32)
    n = len(p)
    if closed:
        t = np.roll(p, -1, 0) - np.roll(p, 1, 0)
    else:
        t = np.gradient(p, axis=0)
    t[:, 2] = 0
    t /= np.linalg.norm(t, axis=1, keepdims=True) + 1e-9
    side = np.stack([t[:, 1], -t[:, 0], 0 * t[:, 0]], -1)
    q = np.linspace(0, TAU, around, endpoint=False)[None, :, None]
    c, s = np.cos(q), np.sin(q)
    c, s = np.sign(c) * np.abs(c) ** square, np.sign(s) * np.abs(s) ** square
    w = np.broadcast_to(np.asarray(width, np.float32), (n,))[:, None, None]
    h = np.broadcast_to(np.asarray(height, np.float32), (n,))[:, None, None]
    v = p[:, None, :] + side[:, None, :] * c * w + np.array([0, 0, 1.0]) * (s * h + h * .6)
    if closed:
        v = np.concatenate([v, v[:1]])
    a = np.linspace(0, 1, len(v))[:, None] + 0 * q[..., 0]
    b = q[..., 0] + 0 * a
    return Piece(v.reshape(-1, 3), _grid(len(v), around, True), a.ravel(), b.ravel())


class Tray:
    """Keeps a height map of what lies on the pizza so that later pieces rest on earlier ones."""
    SIZE, HALF = 640, 1.25

    def __init__(self, body):
        self.h = np.full((self.SIZE, self.SIZE), 0, np.float32)
        self.pieces = []
        self.splat(np.stack([body.x.ravel(), body.y.ravel(), body.z.ravel()], -1))

    def cell(self, x, y):
        k = self.SIZE / (2 * self.HALF)
        i = np.clip(((x + self.HALF) * k).astype(int), 0, self.SIZE - 1)
        j = np.clip(((y + self.HALF) * k).astype(int), 0, self.SIZE - 1)
        return j, i

    def splat(self, v):
        j, i = self.cell(v[:, 0], v[:, 1])
        for dj in (0, 1):
            for di in (0, 1):
                np.maximum.at(self.h, (np.minimum(j + dj, self.SIZE - 1),
                                       np.minimum(i + di, self.SIZE - 1)), v[:, 2])

    def drop(self, piece, x, y, turn=0.0, scale=1.0, drape=.6, lift=.0, soft=5, tilt=0.0, keep=True):
        v = piece.v * scale
        c, s = np.cos(turn), np.sin(turn)
        vx, vy, vz = v[:, 0] * c - v[:, 1] * s, v[:, 0] * s + v[:, 1] * c, v[:, 2]
        wx, wy = vx + x, vy + y
        j, i = self.cell(wx, wy)
        j0, j1, i0, i1 = j.min() - 20, j.max() + 21, i.min() - 20, i.max() + 21
        j0, i0 = max(j0, 0), max(i0, 0)
        local = blur(self.h[j0:j1, i0:i1], soft)
        ground = local[np.clip(j - j0, 0, local.shape[0] - 1), np.clip(i - i0, 0, local.shape[1] - 1)]
        m = np.stack([vx, vy, np.ones_like(vx)], -1)
        plane = m @ np.linalg.lstsq(m, ground, rcond=None)[0]
        z = plane + (ground - plane) * drape + vz + lift + tilt * vx
        piece.v = np.stack([wx, wy, z], -1).astype(np.float32)
        if keep:
            self.splat(piece.v)
        self.pieces.append(piece)
        return piece

    def geometry(self):
        vs, fs, cs, ns, base = [], [], [], [], 0
        for p in self.pieces:
            vs.append(p.v); fs.append(p.f + base); cs.append(p.col); ns.append(p.fin)
            base += len(p.v)
        return tuple(np.concatenate(k) for k in (vs, fs, cs, ns))
