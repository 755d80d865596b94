"""The pizza's body: one displaced polar surface whose vertices carry their own material."""
import numpy as np
from field import (smooth, mix, mix3, linear, ramp, fbm2, fbm3, noise2, cells2, cells3)

TAU = 2 * np.pi
BAKE = [(0.0, (.93, .82, .62)), (.25, (.92, .74, .46)), (.45, (.86, .58, .27)),
        (.62, (.70, .38, .14)), (.76, (.40, .18, .07)), (.88, (.16, .07, .035)),
        (1.0, (.055, .036, .03))]


class Body:
    def __init__(self, seed, quality=1.0, width=.20, height=.115, puff=1.0, bubbles=34):
        self.seed, self.width, self.cuts = seed, width, []
        rng = np.random.default_rng(seed)
        nt, n1, n2 = (int(k * quality) for k in (1900, 330, 190))
        theta = np.linspace(0, TAU, nt, endpoint=False, dtype=np.float32)[None, :]
        ct, st = np.cos(theta), np.sin(theta)
        ring = lambda f, s: fbm2(ct * f + 7.3, st * f + 3.1, 3, seed + s)
        outer = 1.0 + .022 * ring(1.3, 1) + .008 * ring(5, 2)
        w = width * (1 + puff * (.22 * ring(2.1, 3) + .06 * ring(5, 4)))
        h = height * (1 + puff * (.28 * ring(2.6, 5) + .08 * ring(5, 6)))
        start, end = np.radians(158), np.radians(-60)
        a = np.linspace(start, end, n2, dtype=np.float32)[:, None]
        rc, lift = outer - w / 2, .028
        rho_in = rc + (w / 2) * np.cos(start)
        z_in = lift + h * np.sin(start)
        k = np.linspace(0, 1, n1, endpoint=False, dtype=np.float32)[:, None]
        rho = np.concatenate([k * rho_in, rc + (w / 2) * np.cos(a)])
        flat = lift + (z_in - lift) * smooth(.0, 1., 1 - (rho_in * (1 - k)) / .11)
        z = np.concatenate([flat + 0 * rho_in, lift + h * np.sin(a)])
        nr = np.concatenate([np.zeros((n1, 1)), np.cos(a)]).astype(np.float32) + 0 * theta
        nz = np.concatenate([np.ones((n1, 1)), np.sin(a)]).astype(np.float32) + 0 * theta
        self.inner = np.concatenate([rho_in * (1 - k), -(start - a) * .5 * w]).astype(np.float32)
        self.rim = np.concatenate([np.zeros((n1, 1)), np.linspace(0, 1, n2)[:, None]]).astype(np.float32) + 0 * theta
        self.shape, self.rows = rho.shape, n1
        self.theta = theta + 0 * rho
        x, y = rho * ct, rho * st
        onto = smooth(.05, -.03, self.inner)
        d = (.024 * fbm3(x * 5, y * 5, z * 5, 3, seed + 20)
             + .004 * fbm3(x * 30, y * 30, z * 30, 2, seed + 21)) * puff
        for _ in range(bubbles):
            t0, a0 = rng.uniform(0, TAU), np.radians(rng.uniform(40, 125))
            j = int(t0 / TAU * nt) % nt
            c = [(rc[0, j] + w[0, j] / 2 * np.cos(a0)) * np.cos(t0),
                 (rc[0, j] + w[0, j] / 2 * np.cos(a0)) * np.sin(t0), lift + h[0, j] * np.sin(a0)]
            sig = rng.uniform(.03, .075)
            q = (x - c[0]) ** 2 + (y - c[1]) ** 2 + (z - c[2]) ** 2
            d = np.maximum(d, d * .4 + sig * rng.uniform(.35, .6) * puff * np.exp(-(q / sig ** 2) ** 1.4))
        d = d * onto + (1 - onto) * .006 * fbm2(x * 7, y * 7, 3, seed + 22)
        self.swell = d / .03 * onto
        self.x, self.y, self.z = x + d * nr * ct, y + d * nr * st, z + d * nz
        self.nr, self.nz = nr, nz
        n = self.shape
        self.col = np.ones(n + (3,), np.float32)
        self.rough, self.coat = np.full(n, .62, np.float32), np.full(n, .25, np.float32)
        self.sss, self.bump = np.full(n, .0, np.float32), np.full(n, .5, np.float32)

    def paint(self, mask, col=None, rough=None, coat=None, sss=None, bump=None):
        if col is not None:
            c = np.asarray(col, np.float32)
            self.col = self.col + (c - self.col) * mask[..., None]
        for name, v in (('rough', rough), ('coat', coat), ('sss', sss), ('bump', bump)):
            if v is not None:
                setattr(self, name, mix(getattr(self, name), v, mask).astype(np.float32))

    def raise_(self, dz):
        self.x += dz * self.nr * np.cos(self.theta)
        self.y += dz * self.nr * np.sin(self.theta)
        self.z += dz * self.nz

    def bake(self, tone=.46, leopard=.5, scale=11., flour=.3, spot=.42, patch=.5):
        x, y, z, s = self.x, self.y, self.z, self.seed
        big = fbm3(x * 2.2, y * 2.2, z * 2, 2, s + 30)
        wx = x + .025 * noise2(x * 14, y * 14, s + 31)
        wy = y + .025 * noise2(x * 14 + 9, y * 14, s + 32)
        f1, r1 = cells3(wx * scale, wy * scale, z * scale, s + 33)
        f2, r2 = cells3(wx * scale * 2.3, wy * scale * 2.3, z * scale * 2.3, s + 34)
        fine = fbm3(x * 34, y * 34, z * 34, 2, s + 35)
        top = smooth(.1, .9, self.nz)
        t = (tone + .15 * big + .17 * np.clip(self.swell, -1, 1.6) + .07 * fine + .07 * smooth(.55, 1, self.nz)
             - .12 * smooth(.5, -.6, self.nz) - .10 * smooth(.06, -.02, self.inner) * smooth(-.09, -.03, self.inner))
        zone = smooth(-.55, .5, big + patch * .6 - .2)
        blister = np.where(r1 < leopard + .25 * leopard * big, smooth(spot + .2 * r1, .05, f1), 0)
        freckle = np.where(r2 < leopard * .8, smooth(.34 + .1 * r2, .08, f2), 0)
        onto = smooth(.035, -.02, self.inner) * mix(.35, 1, top)
        self.raise_((.010 * blister + .004 * freckle) * onto)
        hot = np.clip(blister * mix(.5, 1.1, r1 / max(leopard, .01)), 0, 1.1) * zone + .55 * freckle * zone
        t = t + hot * mix(.25, .62, smooth(.1, .6, np.array(leopard))) * onto
        self.col = ramp(np.clip(t, 0, 1), BAKE)
        dust = smooth(.15, .75, fbm2(x * 5, y * 5, 4, s + 36) + .5 * fine + flour - .35) * flour * top
        self.paint(dust * smooth(.75, .5, t), linear((.97, .93, .86)), rough=.9)
        self.rough = mix(.50, .8, smooth(.75, .95, t)).astype(np.float32)
        self.sss[:] = .04

    def sauce(self, col=(.66, .10, .03), dark=(.36, .04, .015), oil=.3, reach=.012):
        x, y, s = self.x, self.y, self.seed
        edge = self.inner + reach + .022 * fbm2(x * 5, y * 5, 3, s + 40)
        m = smooth(-.012, .014, edge)
        lumps = fbm2(x * 10, y * 10, 3, s + 41)
        pulp, pr = cells2(x * 16 + lumps * .4, y * 16, s + 42)
        self.z += m * (.010 + .009 * lumps + .010 * smooth(.45, .05, pulp) * (pr > .7))
        c = mix3(linear(dark) + 0 * x[..., None], linear(col), smooth(-.8, .7, lumps))
        c = mix3(c, linear((.80, .27, .05)), oil * smooth(.0, .9, fbm2(x * 3.4, y * 3.4, 3, s + 43)))
        c = c * mix(.45, 1, smooth(.0, .05, edge))[..., None]
        self.paint(m, c, rough=.22, coat=.8, sss=.4, bump=.10)
        self.sauced = m

    def cheese(self, thick, brown=.35, tint=(1., .82, .45), melt=(.98, .54, .15), height=.034,
               rough=.27, blister=11.):
        """thick is a 0..1 thickness field; the edge gets the round shoulder of a melt."""
        x, y, s = self.x, self.y, self.seed
        lumps = fbm2(x * 5, y * 5, 2, s + 50)
        f, r = cells2(x * blister + .5 * lumps, y * blister, s + 51)
        pock = smooth(.5, .05, f) * (r > .45)
        m = smooth(.0, .16, thick)
        body = np.sqrt(np.clip(thick, 0, 1))
        self.z += m * height * body * (1 + .30 * lumps) + m * .005 * pock * body
        c = mix3(linear(melt) + 0 * x[..., None], linear(tint), smooth(.1, .75, thick + .18 * lumps))
        heat = brown + .34 * fbm2(x * 2.6, y * 2.6, 3, s + 52) + .16 * lumps
        tan = smooth(.22, .80, heat + .45 * pock - .10)
        c = mix3(c, linear((.84, .44, .11)), tan * .9)
        c = mix3(c, linear((.46, .18, .05)), smooth(.58, 1.05, heat + .5 * pock * (r > .7)) * .9)
        c = mix3(c, linear((.93, .48, .16)), smooth(.42, .08, thick) * .75)
        self.paint(m * smooth(0, .22, thick), c, rough=rough, coat=.75, sss=1., bump=.04)

    def droplets(self, count=60, size=(.008, .024), col=(.86, .50, .10), limit=.8):
        rng = np.random.default_rng(self.seed + 77)
        for _ in range(count):
            r, t, q = limit * np.sqrt(rng.random()), rng.uniform(0, TAU), rng.uniform(*size)
            cx, cy = r * np.cos(t), r * np.sin(t)
            d = np.hypot(self.x - cx, (self.y - cy)) / q
            m = smooth(1.05, .8, d)
            self.z += m * .25 * q * np.sqrt(np.clip(1 - d * d, 0, 1))
            self.paint(m * .55, linear(col), rough=.05, coat=1.0, bump=.0)

    def geometry(self):
        nr, nt = self.shape
        i = np.arange(nr - 1)[:, None] * nt
        j = np.arange(nt)[None, :]
        k = (j + 1) % nt
        quads = np.stack([i + j, i + nt + j, i + nt + k, i + k], -1).reshape(-1, 4)
        for a in self.cuts:
            side = -self.x * np.sin(a) + self.y * np.cos(a)
            gone = (np.abs(side) < .034) & (self.x * np.cos(a) + self.y * np.sin(a) > 0)
            quads = quads[~gone.ravel()[quads].any(1)]
        fin = np.stack([self.rough, self.coat, self.sss, self.bump], -1)
        return (np.stack([self.x, self.y, self.z], -1).reshape(-1, 3), quads,
                self.col.reshape(-1, 3), fin.reshape(-1, 4))
