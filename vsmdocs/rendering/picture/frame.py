"""The lines of a box: drawn once a map, because all its boxes have one size."""

from __future__ import annotations

from vsmdocs.rendering.picture.curves import rounded
from vsmdocs.rendering.picture.parts import Frame
from vsmdocs.rendering.picture.sizing import DATA_ROW, PADDING, Sizes


def frame(sizes: Sizes) -> Frame:
    """Return what all boxes of a size share."""
    w, h, row = sizes.width, sizes.box, sizes.header + 16
    return Frame(
        right=str(w - PADDING),
        rule=f"M1 {sizes.header}h{w - 2}",
        row_1=str(row),
        row_2=str(row + DATA_ROW),
        work=rounded(0, 0, w, h, 5),
        approval=f"M10 0H{w - 10}l10 10V{h - 10}l-10 10H10l-10 -10V10z",
        queue=f"M{w / 2:g} -24L{w - 4} {h - 3}H4Z",
        gate=f"M{w - 16} -9l9 9l-9 9l-9 -9z",
        burst=f"{w - 12} -3",
        burst_beside_gate=f"{w - 40} -3",
        below=str(h + 12),
        tag=rounded(w - 76, h - 2, 80, 16, 3),
        tag_x=str(w - 36),
        middle=f"{w / 2:g}",
    )
