"""Tags of Django's whose answer hardly ever changes, told quicker: words, icons, addresses.

A page has two hundred of them. What a tag says for the first time it says again: words once in each language, icons
once. An address is put together from its parts; whatever is unusual in it goes Django's own way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import Context, Node, Variable
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.template.library import SimpleNode
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_resolver, get_script_prefix, get_urlconf
from django.utils.translation import get_language

Compile = Callable[[Parser, Token], Node]
PLAIN = re.compile(r"[A-Za-z0-9_.~-]+")  # nothing in it is quoted in an address or escaped in a page


def _is_constant(given: FilterExpression | None) -> bool:
    """Does an argument of a tag always mean the same?"""
    if given is None:
        return True
    literal = given.var.literal if isinstance(given.var, Variable) else given.var
    return not given.filters and isinstance(literal, str | int)


class _Told(Node):
    """A tag that says the same whenever it is asked in a language."""

    child_nodelists = ()

    def __init__(self, inner: Node, name: str | None, language: Callable[[], str | None]) -> None:
        self.inner, self.name, self.language = inner, name, language
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> Any:
        language = self.language()
        text = self.known.get(language)
        if text is None:
            said = self.inner.render(context)
            text = self.known[language] = context[self.name] if self.name else said
        if not self.name:
            return text
        context[self.name] = text
        return ""


def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "Words" %}`."""
    node: TranslateNode = do_translate(parser, token)
    if _is_constant(node.filter_expression) and _is_constant(node.message_context):
        return _Told(node, node.asvar, get_language)
    return node


def once(compiled: Compile) -> Compile:
    """A simple tag that need not work out anew what it says of constants alone, the same in every language."""

    def compile_once(parser: Parser, token: Token) -> Node:
        node = compiled(parser, token)
        if isinstance(node, SimpleNode) and all(map(_is_constant, [*node.args, *node.kwargs.values()])):
            return _Told(node, node.target_var, lambda: None)
        return node

    return compile_once


@dataclass(frozen=True)
class _Shape:
    """The parts of an address and what may stand between them."""

    parts: tuple[str, ...]
    between: tuple[tuple[Callable[[Any], str], Callable[[str], Any]], ...]

    def filled(self, values: list[Any]) -> str | None:
        """The address for these values; None when one of them is not plain."""
        address = [self.parts[0]]
        for value, (to_url, fits), part in zip(values, self.between, self.parts[1:], strict=True):
            try:
                text = to_url(value)
            except ValueError:
                return None
            if not PLAIN.fullmatch(text) or not fits(text):
                return None
            address += text, part
        return "".join(address)


@lru_cache(maxsize=1024)
def _shape(name: str, count: int, urlconf: str | None, prefix: str) -> _Shape | None:
    """The shape of a page's addresses with so many values; None when there is more than one, or none."""
    *spaces, view = name.split(":")
    resolver, before = get_resolver(urlconf), ""
    for space in spaces:
        if space not in resolver.namespace_dict:
            return None
        extra, resolver = resolver.namespace_dict[space]
        before += extra
        if resolver.pattern.converters:
            return None
    known = resolver.reverse_dict.getlist(view)
    found = [
        (result, params, converters)
        for possible, _pattern, defaults, converters in known
        for result, params in possible
        if len(params) == count and not defaults
    ]
    if len(known) != 1 or len(found) != 1 or "%" in before or "(" in before:
        return None
    result, params, converters = found[0]
    parts = re.split(r"%\(\w+\)s", f"{prefix}{before}{result}")
    if len(parts) != count + 1 or set(converters) != set(params) or any("%" in part for part in parts):
        return None
    between = tuple((converters[each].to_url, re.compile(converters[each].regex).fullmatch) for each in params)
    return _Shape(tuple(parts), between)


def address_of(name: str, values: list[Any]) -> str | None:
    """The address of a page, or None when Django itself must be asked."""
    shape = _shape(name, len(values), get_urlconf(), get_script_prefix())
    return None if shape is None else shape.filled(values)


class _Address(Node):
    """`{% url %}` of a page that is named in the template, with values by their places."""

    child_nodelists = ()

    def __init__(self, inner: URLNode, name: str) -> None:
        self.inner, self.name = inner, name

    def render(self, context: Context) -> Any:
        address = address_of(self.name, [given.resolve(context) for given in self.inner.args])
        if address is None:
            return self.inner.render(context)
        if self.inner.asvar is None:
            return address
        context[self.inner.asvar] = address
        return ""


def url(parser: Parser, token: Token) -> Node:
    """`{% url "cartable:take" opened.code %}`."""
    node: URLNode = django_url(parser, token)
    name = node.view_name.var
    if node.kwargs or not _is_constant(node.view_name) or not isinstance(name, str):
        return node
    return _Address(node, str(name))
