"""blender -b --python render.py -- <out dir> <pixels> <samples> <name>..."""
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import recipes
import scene

out, size, samples, *names = sys.argv[sys.argv.index('--') + 1:]
out = os.path.abspath(out)
size = int(size)
for name in names:
    began = time.time()
    scene.reset()
    body, tray = getattr(recipes, name.replace('-', '_'))(min(1.0, max(.35, size / 800)))
    scene.upload('body', body.geometry())
    if tray.pieces:
        scene.upload('toppings', tray.geometry())
    scene.oven_light()
    scene.camera_above()
    print('built', name, round(time.time() - began, 1))
    scene.shoot(os.path.join(out, name + '.png'), size, size, int(samples))
    print('done', name, round(time.time() - began, 1))
