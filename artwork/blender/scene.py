"""Blender side: meshes from arrays, the one food material, lights and camera."""
import bpy
import numpy as np
from mathutils import Vector


def reset():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    return scene


def food():
    """Colour and finish come with the vertices, so one material serves the whole pizza."""
    m = bpy.data.materials.get('food') or bpy.data.materials.new('food')
    if m.use_nodes:
        return m
    m.use_nodes = True
    n, link = m.node_tree.nodes, m.node_tree.links.new
    b = n['Principled BSDF']
    col, fin, split = (n.new(k) for k in ('ShaderNodeAttribute', 'ShaderNodeAttribute', 'ShaderNodeSeparateColor'))
    col.attribute_name, fin.attribute_name = 'col', 'fin'
    link(fin.outputs['Color'], split.inputs[0])
    link(col.outputs['Color'], b.inputs['Base Color'])
    link(split.outputs[0], b.inputs['Roughness'])
    link(split.outputs[1], b.inputs['Clearcoat'])
    # A little light of its own stands in for subsurface scattering, which is slow and grainy.
    glow = n.new('ShaderNodeMath')
    glow.operation = 'MULTIPLY'
    glow.inputs[1].default_value = .07
    link(split.outputs[2], glow.inputs[0])
    link(glow.outputs[0], b.inputs['Emission Strength'])
    link(col.outputs['Color'], b.inputs['Emission'])
    b.inputs['Clearcoat Roughness'].default_value = .12
    b.inputs['Specular'].default_value = .4
    geo = n.new('ShaderNodeNewGeometry')
    tex, bump = n.new('ShaderNodeTexNoise'), n.new('ShaderNodeBump')
    tex.inputs['Scale'].default_value, tex.inputs['Detail'].default_value = 75, 4
    bump.inputs['Distance'].default_value = .008
    link(geo.outputs['Position'], tex.inputs['Vector'])
    link(tex.outputs['Fac'], bump.inputs['Height'])
    link(fin.outputs['Alpha'], bump.inputs['Strength'])
    link(bump.outputs['Normal'], b.inputs['Normal'])
    return m


def upload(name, geometry, material=None):
    v, f, col, fin = geometry
    me = bpy.data.meshes.new(name)
    me.vertices.add(len(v))
    me.vertices.foreach_set('co', np.ascontiguousarray(v, np.float32).ravel())
    k = f.shape[1]
    me.loops.add(f.size)
    me.loops.foreach_set('vertex_index', np.ascontiguousarray(f, np.int32).ravel())
    me.polygons.add(len(f))
    me.polygons.foreach_set('loop_start', np.arange(0, f.size, k, dtype=np.int32))
    me.polygons.foreach_set('loop_total', np.full(len(f), k, np.int32))
    me.polygons.foreach_set('use_smooth', np.ones(len(f), bool))
    rgba = np.ones((len(v), 4), np.float32)
    rgba[:, :3] = col
    for key, data in (('col', rgba), ('fin', fin)):
        at = me.attributes.new(key, 'FLOAT_COLOR', 'POINT')
        at.data.foreach_set('color', np.ascontiguousarray(data, np.float32).ravel())
    me.update(calc_edges=True)
    me.materials.append(material or food())
    ob = bpy.data.objects.new(name, me)
    bpy.context.scene.collection.objects.link(ob)
    return ob


def area(name, where, at, size, power, colour):
    light = bpy.data.lights.new(name, 'AREA')
    light.shape, light.size, light.energy, light.color = 'DISK', size, power, colour
    ob = bpy.data.objects.new(name, light)
    ob.visible_camera = False
    ob.location = where
    ob.rotation_euler = (Vector(at) - Vector(where)).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(ob)
    return ob


def world(colour, strength):
    w = bpy.data.worlds.new('world')
    bpy.context.scene.world = w
    w.use_nodes = True
    bg = w.node_tree.nodes['Background']
    bg.inputs[0].default_value, bg.inputs[1].default_value = (*colour, 1), strength


def oven_light(gain=1.0):
    """Warm key from the upper left, a soft box for wet highlights, embers from the lower right."""
    area('key', (-3.4, 3.1, 2.5), (0, 0, 0), 1.3, 360 * gain, (1.0, .80, .58))
    area('box', (-1.4, 1.9, 4.2), (0, 0, 0), 1.8, 60 * gain, (1.0, .90, .78))
    area('ember', (3.3, -3.0, .75), (.2, -.2, 0), 1.3, 110 * gain, (1.0, .34, .08))
    world((.62, .50, .42), .20 * gain)


def camera_above(scale=2.3):
    cam = bpy.data.cameras.new('cam')
    cam.type, cam.ortho_scale = 'ORTHO', scale
    ob = bpy.data.objects.new('cam', cam)
    ob.location = (0, 0, 5)
    bpy.context.scene.collection.objects.link(ob)
    bpy.context.scene.camera = ob


def shoot(path, width, height, samples, transparent=True, exposure=.3, look='Medium High Contrast'):
    s = bpy.context.scene
    c, r = s.cycles, s.render
    c.samples, c.use_denoising, c.seed = samples, False, 7
    c.use_adaptive_sampling, c.adaptive_threshold = True, .015
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces = 5, 3, 2
    c.sample_clamp_indirect, c.sample_clamp_direct = 2.5, 12
    c.caustics_reflective = c.caustics_refractive = False
    c.blur_glossy = 1.0
    r.resolution_x, r.resolution_y, r.resolution_percentage = width, height, 100
    r.film_transparent = transparent
    r.image_settings.file_format = 'PNG'
    r.image_settings.color_mode = 'RGBA' if transparent else 'RGB'
    r.image_settings.color_depth = '8'
    v = s.view_settings
    v.view_transform, v.look, v.exposure = 'Filmic', look, exposure
    r.filepath = path
    bpy.ops.render.render(write_still=True)
