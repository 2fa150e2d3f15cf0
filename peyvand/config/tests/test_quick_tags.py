"""Tags that tell again what they told: the same words, icons and addresses as Django's own."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from peyvand.web.icons import icon
from peyvand.web.quick_tags import address_of


def test_words_that_were_told_once_are_told_in_each_language() -> None:
    template = Template('{% translate "Cancel" %}|{% translate "Confirm" as word %}{{ word }}')
    for _ in range(2):
        with override("fa"):
            assert template.render(Context()) == "انصراف|تأیید"
        with override("en"):
            assert template.render(Context()) == "Cancel|Confirm"


def test_an_icon_of_constants_is_drawn_once_and_one_of_variables_each_time() -> None:
    assert Template('{% icon "plus" %}{% icon "plus" as i %}{{ i }}').render(Context()) == 2 * icon("plus")
    template = Template("{% icon name size=16 %}")
    for name in ("plus", "inbox"):
        assert template.render(Context({"name": name})) == icon(name, size=16)


@pytest.mark.parametrize(
    ("tag", "values"),
    [
        ('"cartable:request" folder code', {"folder": "mine", "code": "1405-000482-7"}),
        ('"cartable:request" folder code', {"folder": "department-3", "code": "1405-000482-7"}),
        ('"cartable:canned_answer" pk', {"pk": 12}),
        ('"cartable:home"', {}),
        ('"web:palette"', {}),
        ('"account_login"', {}),
    ],
)
def test_an_address_is_the_one_that_django_would_write(tag: str, values: dict[str, Any]) -> None:
    name, *names = tag.split()
    wanted = reverse(name.strip('"'), args=[values[each] for each in names])
    assert address_of(name.strip('"'), [values[each] for each in names]) == wanted
    assert Template(f"{{% url {tag} %}}{{% url {tag} as a %}}{{{{ a }}}}").render(Context(values)) == 2 * wanted
    with override_script_prefix("/crm/"):
        assert Template(f"{{% url {tag} %}}").render(Context(values)) == "/crm" + wanted


def test_an_address_that_does_not_exist_is_refused_as_ever() -> None:
    for values in ({"folder": "mine", "code": "a/b"}, {"folder": "nowhere", "code": "1405-000482-7"}):
        with pytest.raises(NoReverseMatch):
            Template('{% url "cartable:request" folder code %}').render(Context(values))
    with pytest.raises(NoReverseMatch):
        Template('{% url "cartable:canned_answer" pk %}').render(Context({"pk": "x"}))
    assert Template('{% url "cartable:nothing" as a %}[{{ a }}]').render(Context()) == "[]"


def test_texts_with_something_like_a_link_are_linked() -> None:
    template = Template("{{ text|linked }}")
    for text in ("see https://a.example/x?y=1&z", "<b> p1@bench.example", "www.a.ir", "سلام. خوب است: <i>"):
        assert template.render(Context({"text": text})) == Template("{{ text|urlize }}").render(Context({"text": text}))
