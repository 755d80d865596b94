"""Scalar fields over numpy arrays: noise, ramps and easing. Everything is seeded."""
import numpy as np


def smooth(a, b, x):
    t = np.clip((x - a) / (b - a), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def mix(a, b, t):
    return a + (b - a) * t


def mix3(a, b, t):
    return a + (np.asarray(b, np.float32) - a) * np.asarray(t)[..., None]


def linear(rgb):
    c = np.asarray(rgb, np.float32)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


def ramp(x, stops):
    """Colour ramp; stops are (position, sRGB triple), the result is linear."""
    pos = [s[0] for s in stops]
    col = linear([s[1] for s in stops])
    return np.stack([np.interp(x, pos, col[:, i]) for i in range(3)], -1).astype(np.float32)


def _hash(ix, iy, iz, seed):
    h = (ix.astype(np.uint32) * np.uint32(374761393)
         + iy.astype(np.uint32) * np.uint32(668265263)
         + iz.astype(np.uint32) * np.uint32(2147483647)
         + np.uint32((seed * 974634777 + 12345) & 0xFFFFFFFF))
    h = (h ^ (h >> np.uint32(13))) * np.uint32(1274126177)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(2246822519)
    return h ^ (h >> np.uint32(16))


def _unit(h):
    return (h & np.uint32(0xFFFFFF)).astype(np.float32) / np.float32(0xFFFFFF)


def noise2(x, y, seed=0):
    """Gradient noise in about -1..1."""
    fx, fy = np.floor(x), np.floor(y)
    ix, iy = fx.astype(np.int32), fy.astype(np.int32)
    dx, dy = (x - fx).astype(np.float32), (y - fy).astype(np.float32)
    u = dx * dx * dx * (dx * (dx * 6 - 15) + 10)
    v = dy * dy * dy * (dy * (dy * 6 - 15) + 10)
    zero = np.zeros_like(ix)
    out = 0.0
    for ox in (0, 1):
        for oy in (0, 1):
            a = _unit(_hash(ix + ox, iy + oy, zero, seed)) * np.float32(2 * np.pi)
            g = np.cos(a) * (dx - ox) + np.sin(a) * (dy - oy)
            out = out + g * (u if ox else 1 - u) * (v if oy else 1 - v)
    return out * 1.5


def noise3(x, y, z, seed=0):
    f = [np.floor(c) for c in (x, y, z)]
    i = [c.astype(np.int32) for c in f]
    d = [(c - g).astype(np.float32) for c, g in zip((x, y, z), f)]
    w = [t * t * t * (t * (t * 6 - 15) + 10) for t in d]
    out = 0.0
    for ox in (0, 1):
        for oy in (0, 1):
            for oz in (0, 1):
                h = _hash(i[0] + ox, i[1] + oy, i[2] + oz, seed)
                gx = _unit(h) * 2 - 1
                gy = _unit(h >> np.uint32(4)) * 2 - 1
                gz = _unit(h >> np.uint32(8)) * 2 - 1
                g = gx * (d[0] - ox) + gy * (d[1] - oy) + gz * (d[2] - oz)
                out = out + (g * (w[0] if ox else 1 - w[0]) * (w[1] if oy else 1 - w[1])
                             * (w[2] if oz else 1 - w[2]))
    return out * 1.5


def fbm2(x, y, octaves=4, seed=0, gain=0.5):
    total, amp = 0.0, 1.0
    for o in range(octaves):
        total = total + amp * noise2(x * 2 ** o, y * 2 ** o, seed + o * 17)
        amp *= gain
    return total


def fbm3(x, y, z, octaves=3, seed=0, gain=0.5):
    total, amp = 0.0, 1.0
    for o in range(octaves):
        k = 2 ** o
        total = total + amp * noise3(x * k, y * k, z * k, seed + o * 17)
        amp *= gain
    return total


def cells2(x, y, seed=0):
    """Nearest feature point: (distance, one random number per cell)."""
    zero = np.zeros_like(x)
    return cells3(x, y, zero, seed, flat=True)


def cells3(x, y, z, seed=0, flat=False):
    f = [np.floor(c) for c in (x, y, z)]
    i = [c.astype(np.int32) for c in f]
    best = np.full(np.shape(x), 9.0, np.float32)
    rnd = np.zeros(np.shape(x), np.float32)
    for ox in (-1, 0, 1):
        for oy in (-1, 0, 1):
            for oz in (0,) if flat else (-1, 0, 1):
                h = _hash(i[0] + ox, i[1] + oy, i[2] + oz, seed)
                px = f[0] + ox + _unit(h) - x
                py = f[1] + oy + _unit(h * np.uint32(2654435761)) - y
                pz = 0.0 if flat else f[2] + oz + _unit(h * np.uint32(40503)) - z
                d = px * px + py * py + pz * pz
                near = d < best
                best = np.where(near, d, best).astype(np.float32)
                rnd = np.where(near, _unit(h * np.uint32(2246822519) >> np.uint32(3)), rnd)
    return np.sqrt(best), rnd


def blur(a, radius, passes=2):
    """Box blur of a raster by cumulative sums; two passes are close to a Gaussian."""
    k = 2 * radius + 1
    for _ in range(passes):
        for axis in (0, 1):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (radius + 1, radius)
            c = np.cumsum(np.pad(a, pad, mode='edge'), axis=axis, dtype=np.float64)
            hi = np.take(c, range(k, c.shape[axis]), axis=axis)
            lo = np.take(c, range(0, c.shape[axis] - k), axis=axis)
            a = ((hi - lo) / k).astype(np.float32)
    return a
