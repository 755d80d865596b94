"""blender -b --python hero.py -- <out dir> <width> <samples> hero|hero-light..."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy
import numpy as np
import greens
import recipes
import scene
import setting
from mathutils import Vector

out, width, samples, *names = sys.argv[sys.argv.index('--') + 1:]
out = os.path.abspath(out)
width = int(width)


def single(p):
    return p.v, p.f, p.col, p.fin


def camera():
    cam = bpy.data.cameras.new('cam')
    cam.lens, cam.sensor_width = 46, 36
    ob = bpy.data.objects.new('cam', cam)
    ob.location = (-.42, -2.78, 1.42)
    ob.rotation_euler = (Vector((-.50, .22, .02)) - ob.location).to_track_quat('-Z', 'Y').to_euler()
    cam.dof.use_dof, cam.dof.focus_distance, cam.dof.aperture_fstop = True, 2.62, .9
    bpy.context.scene.collection.objects.link(ob)
    bpy.context.scene.camera = ob


def oven():
    rng = np.random.default_rng(4)
    scene.upload('floor', setting.stone())
    scene.upload('wall', setting.wall())
    scene.upload('peel', single(setting.peel()))
    for x, y, z, turn, length in ((.3, 2.9, .10, .5, 1.3), (1.0, 2.75, .10, -.35, 1.2), (1.6, 3.0, .10, .3, 1.3),
                                  (.8, 3.0, .30, 1.1, 1.2), (1.3, 3.0, .30, -.9, 1.1)):
        p = setting.log(rng, length, .11)
        c, s = np.cos(turn), np.sin(turn)
        v = p.v.copy()
        p.v[:, 0], p.v[:, 1], p.v[:, 2] = v[:, 0] * c - v[:, 1] * s + x, v[:, 0] * s + v[:, 1] * c + y, v[:, 2] + z
        scene.upload('log', single(p))
    fire = setting.fire_material(7)
    for k in range(13):
        at = (rng.normal(1.1, .55), rng.uniform(2.8, 3.5), rng.uniform(.02, .2))
        scene.upload('flame', setting.flame(40 + k, rng.uniform(.45, .9), rng.uniform(.7, 1.5), at), fire)
    hot = setting.fire_material(26)
    scene.upload('sparks', setting.sparks(rng, 120, ((-2.6, 3.0), (.5, 3.6), (-.5, 1.6))), hot)
    scene.upload('coals', setting.sparks(rng, 190, ((-1.3, 3.4), (2.1, 3.7), (.0, .05)), (.008, .03)), setting.fire_material(8))
    scene.area('fire', (1.3, 2.7, .9), (0, 0, 0), 1.2, 95, (1.0, .38, .09))
    scene.area('rim', (2.6, .6, .8), (.2, 0, 0), .9, 42, (1.0, .36, .10))
    scene.area('key', (-2.2, 1.5, 2.6), (.1, -.1, 0), 1.2, 105, (1.0, .78, .55))
    scene.area('front', (-.6, -3.2, 3.0), (0, 0, 0), 2.0, 26, (1.0, .84, .68))
    scene.world((.5, .36, .28), .035)


def morning():
    scene.upload('floor', setting.marble())
    scene.upload('peel', single(setting.peel(pale=True)))
    scene.area('sun', (-3.6, 2.6, 3.2), (0, 0, 0), .6, 520, (1.0, .90, .76))
    scene.area('window', (-3.2, -.4, 3.2), (0, 0, 0), 2.4, 120, (1.0, .97, .93))
    scene.area('front', (.6, -3.4, 3.0), (0, 0, 0), 2.4, 34, (1.0, .95, .9))
    scene.world((.98, .97, .95), .42)


def beside():
    """Loose leaves and tomatoes on the table, near the peel."""
    rng = np.random.default_rng(9)
    for x, y, turn in ((-1.35, .62, .4), (-1.52, .50, 2.2), (-1.28, -.30, 3.6)):
        p = greens.basil(rng, .30, .10, char=-.3)
        c, s = np.cos(turn), np.sin(turn)
        v = p.v.copy()
        p.v[:, 0], p.v[:, 1], p.v[:, 2] = v[:, 0] * c - v[:, 1] * s + x, v[:, 0] * s + v[:, 1] * c + y, v[:, 2]
        scene.upload('leaf', single(p))


def glare():
    s = bpy.context.scene
    s.use_nodes = True
    n, link = s.node_tree.nodes, s.node_tree.links.new
    g = n.new('CompositorNodeGlare')
    g.glare_type, g.quality, g.threshold, g.size, g.mix = 'FOG_GLOW', 'MEDIUM', 1.2, 8, -.55
    link(n['Render Layers'].outputs['Image'], g.inputs[0])
    link(g.outputs[0], n['Composite'].inputs[0])


for name in names:
    scene.reset()
    body, tray = recipes.hero(min(1.0, max(.5, width / 1300)))
    parts = [scene.upload('body', body.geometry()), scene.upload('toppings', tray.geometry())]
    for ob in parts:
        ob.location.z = .045
    dark = name == 'hero'
    (oven if dark else morning)()
    beside()
    camera()
    if dark:
        glare()
    scene.shoot(os.path.join(out, name + '.png'), width, width * 5 // 8, int(samples), False,
                .35 if dark else .32)
    print('done', name)
