"""A formula as one line of text, as it would be typed (ECMA-376 part 1, 22.1): a/b, x^2, √(a+b)."""

from collections.abc import Callable

from generator.word import Element, M


def _m(name: str) -> str:
    return f"{{{M}}}{name}"


def linear(element: Element) -> str:
    """The formula in words; parts that a line cannot show are put in brackets."""
    write = _WRITERS.get(element.tag)
    if write is not None:
        return write(element)
    if element.tag == _m("t"):
        return element.text or ""
    return "".join(linear(child) for child in element)


def _part(element: Element, name: str) -> str:
    found = element.find(_m(name))
    return linear(found) if found is not None else ""


def _group(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _scripts(element: Element) -> str:
    """Subscript and superscript of something, as far as it has them."""
    return "".join(
        f"{mark}{_group(text)}" for mark, name in (("_", "sub"), ("^", "sup")) if (text := _part(element, name))
    )


def _nary(element: Element) -> str:
    sign = element.find(f"{_m('naryPr')}/{_m('chr')}")
    shown = sign.get(_m("val"), "∫") if sign is not None else "∫"
    return f"{shown}{_scripts(element)} {_part(element, 'e')}"


def _delimited(element: Element) -> str:
    def sign(name: str, usual: str) -> str:
        found = element.find(f"{_m('dPr')}/{_m(name)}")
        return usual if found is None else found.get(_m("val"), usual)

    parts = "，".join(linear(part) for part in element.iterfind(_m("e")))
    return f"{sign('begChr', '(')}{parts}{sign('endChr', ')')}"


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"{degree}√{_group(_part(element, 'e'))}"


_WRITERS: dict[str, Callable[[Element], str]] = {
    _m("f"): lambda element: f"{_group(_part(element, 'num'))}/{_group(_part(element, 'den'))}",
    **dict.fromkeys(map(_m, ("sSup", "sSub", "sSubSup")), lambda element: _part(element, "e") + _scripts(element)),
    _m("rad"): _root,
    _m("nary"): _nary,
    _m("d"): _delimited,
}
