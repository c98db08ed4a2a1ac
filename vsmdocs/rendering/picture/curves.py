"""Small geometry of edges: SVG paths, arrow heads, points on the way."""

from __future__ import annotations

from math import hypot

from vsmdocs.rendering.picture.layout import Point

Arrow = tuple[Point, Point, Point]


def path_data(points: tuple[Point, ...]) -> str:
    """Return the SVG path of cubic Bézier segments: a start, then three points each."""
    start, rest = points[0], points[1:]
    curves = " ".join(f"{x:g},{y:g}" for x, y in rest)
    return f"M{start[0]:g},{start[1]:g}C{curves}" if rest else f"M{start[0]:g},{start[1]:g}"


def s_curve(start: Point, end: Point) -> tuple[Point, ...]:
    """Return one Bézier segment that leaves and arrives level."""
    x = round((start[0] + end[0]) / 2, 1)
    return (start, (x, start[1]), (x, end[1]), end)


def arrow_at_end(points: tuple[Point, ...], size: float) -> Arrow:
    """Return a triangle whose tip is the last point, in the direction of the curve's end."""
    tip = points[-1]
    before = next(
        (p for p in reversed(points[:-1]) if hypot(tip[0] - p[0], tip[1] - p[1]) > 1), points[0]
    )
    return arrow(before, tip, size)


def arrow(before: Point, tip: Point, size: float) -> Arrow:
    """Return a triangle at `tip` that comes from `before`."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    back = (tip[0] - dx * size, tip[1] - dy * size)
    half = size * 0.42
    return (
        tip,
        (round(back[0] - dy * half, 1), round(back[1] + dx * half, 1)),
        (round(back[0] + dy * half, 1), round(back[1] - dx * half, 1)),
    )


def corners(head: Arrow) -> str:
    """Return a triangle as a polygon's points."""
    return " ".join(f"{x:g},{y:g}" for x, y in head)


def middle(points: tuple[Point, ...], part: float = 0.5) -> Point:
    """Return the point after `part` of the segments."""
    segments = (len(points) - 1) // 3
    if segments < 1:
        return points[0]
    position = part * segments
    index = min(int(position), segments - 1)
    t = position - index
    p0, p1, p2, p3 = points[index * 3 : index * 3 + 4]
    u = 1 - t
    return (
        round(u**3 * p0[0] + 3 * u * u * t * p1[0] + 3 * u * t * t * p2[0] + t**3 * p3[0], 1),
        round(u**3 * p0[1] + 3 * u * u * t * p1[1] + 3 * u * t * t * p2[1] + t**3 * p3[1], 1),
    )


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return a rectangle with round corners as a path."""
    r, across, down = radius, width - 2 * radius, height - 2 * radius
    corner = f"a{r:g} {r:g} 0 0 1 "
    return (
        f"M{x + r:.5g} {y:.5g}h{across:.5g}{corner}{r:g} {r:g}v{down:.5g}{corner}{-r:g} {r:g}"
        f"h{-across:.5g}{corner}{-r:g} {-r:g}v{-down:.5g}{corner}{r:g} {-r:g}z"
    )
