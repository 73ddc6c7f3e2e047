"""Measures of the format (ECMA-376 part 1, 17.18: twentieths and eighths of a point, half points, EMU) as points."""

from generator.word.names import Element, value

EMU_PER_POINT = 12700
_LARGEST = 1e12  # no measure of a document comes near
_UNITS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pc": 12.0, "pi": 12.0}


def number(text: str | None) -> float | None:
    """A decimal number; None where it is missing or no number (a broken measure is ignored, as Word does)."""
    if text is None:
        return None
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < _LARGEST else None


def points(text: str | None, per_point: float = 20.0) -> float | None:
    """A measure in points: a bare number counts `per_point` to the point (twips), others carry their unit."""
    if text is None:
        return None
    unit = _UNITS.get(text[-2:])
    if unit is not None:
        measure = number(text[:-2])
        return None if measure is None else measure * unit
    measure = number(text)
    return None if measure is None else measure / per_point


def whole(text: str | None) -> int | None:
    """A whole number; None where it is missing or none."""
    measure = number(text)
    return None if measure is None else int(measure)


def attribute_points(element: Element | None, attribute: str, per_point: float = 20.0) -> float | None:
    return points(value(element, attribute), per_point)
