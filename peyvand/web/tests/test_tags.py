"""What the tags and filters write."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.forms import BooleanField, CharField, CheckboxInput, ChoiceField, Form, RadioSelect
from django.template import Context, Template
from django.utils import timezone, translation

from peyvand.web import prefs, slots
from peyvand.web.clocks import Clock

NOON = dt.datetime(2026, 11, 22, 6, 48, tzinfo=dt.UTC)  # 10:18 in Tehran, 1 Azar 1405


@pytest.fixture(autouse=True)
def persian_reader() -> Iterator[None]:
    with translation.override("fa"), timezone.override("Asia/Tehran"):
        prefs.activate(prefs.PERSIAN)
        yield
        prefs.activate(None)


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_icons_are_drawn_inline_and_directional_ones_are_marked() -> None:
    assert 'class="ic"' in render('{% icon "inbox" %}')
    assert 'class="ic ic-dir"' in render('{% icon "send" %}')
    assert 'data-size="16"' in render('{% icon "plus" 16 %}')


def test_an_unknown_icon_leaves_a_gap_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    assert "<svg" in render('{% icon "no-such-icon" %}')
    assert "no-such-icon" in caplog.text


def test_an_avatar_has_one_letter_and_a_tint_that_follows_the_key() -> None:
    made = render("{% avatar name 6 size=34 %}", name="نگار رستمی")
    assert ">ن<" in made
    assert 'data-h="1"' in made
    assert 'data-size="34"' in made
    assert ">؟<" in render("{% avatar name %}", name="")
    assert ">C<" in render("{% avatar name 1 square=True %}", name="«caspian»")


def test_names_and_texts_from_outside_are_escaped() -> None:
    for source in ('{% chip text "info" %}', "{% avatar text 1 %}", "{{ text|ltr }}", '{% note text "warn" %}'):
        assert "<script" not in render(source, text="<script>alert(1)</script>")


def test_a_chip_shows_its_tone_dot_and_icon() -> None:
    made = render('{% chip "Late 2" "late" "clock" dot=True %}')
    assert 'data-c="late"' in made
    assert "data-dot" in made
    assert "<svg" in made
    assert "Late ۲" in made


@pytest.mark.parametrize(
    ("kind", "mark"), [("email", "mail"), ("web_form", "form"), ("letter", "letter"), ("x", "other")]
)
def test_channels_have_their_marks(kind: str, mark: str) -> None:
    assert f'data-ch="{mark}"' in render("{% channel_mark kind %}", kind=kind)


def test_a_deadline_says_what_is_left_or_how_late_it_is() -> None:
    left = render("{% sla clock %}", clock=Clock(state="warn", minutes=42))
    late = render("{% sla clock %}", clock=Clock(state="late", minutes=80, running=False))
    assert "۰۰:۴۲" in left and 'data-s="warn"' in left and "data-sla-running" in left
    assert "دیرکرد" in late and "۰۱:۲۰" in late and "data-sla-running" not in late
    far = render("{% sla clock %}", clock=Clock(state="late", minutes=7200))
    assert "<bdi data-sla-time>۵ روز</bdi>" in far
    assert 'data-s="done"' in render("{% sla clock %}", clock=Clock(state="done"))
    assert render("{% sla clock %}", clock=None) == ""


def test_numbers_follow_the_reader() -> None:
    assert render("{{ 12846|number }} {{ 94|percent }} {{ 'R-14'|digits }}") == "۱۲٬۸۴۶ ۹۴٪ R-۱۴"
    prefs.activate(prefs.ENGLISH)
    assert render("{{ 12846|number }} {{ 94|percent }} {{ '۱۲'|digits }}") == "12,846 94% 12"


def test_file_sizes_are_short() -> None:
    assert render("{{ 219136|filesize }}") == "۲۱۴ کیلوبایت"
    assert render("{{ 1572864|filesize }}") == "۱٫۵ مگابایت"
    assert render("{{ 12|filesize }}") == "۱۲ بایت"


def test_dates_carry_the_full_date_for_machines_and_in_the_tooltip() -> None:
    made = render("{{ day|jdate }}", day=NOON)
    assert 'datetime="2026-11-22T06:48+00:00"' in made
    assert "۱ آذر" in made
    assert "یکشنبه، ۱ آذر ۱۴۰۵" in made
    assert "۱۰:۱۸" in render("{{ day|jtime }}", day=NOON)
    assert render("{{ day|jdate }}", day=None) == ""


def test_phones_are_isolated_and_left_to_right() -> None:
    assert render("{{ n|bdi_phone }}", n="+989123456789") == '<bdi dir="ltr">۰۹۱۲ ۳۴۵ ۶۷۸۹</bdi>'
    assert "+98" not in render("{{ n|bdi_phone }}", n="+982188441230")
    assert "+49" in render("{{ n|bdi_phone }}", n="+493012345678")


class Sample(Form):
    name = CharField(label="نام", help_text="کامل")
    kind = ChoiceField(choices=[("a", "A")], widget=RadioSelect)
    agreed = BooleanField(required=False, widget=CheckboxInput)


def test_a_field_ties_its_help_and_error_to_the_input() -> None:
    made = render("{% field form.name ltr=True %}", form=Sample({}))
    assert 'aria-describedby="id_name_help id_name_error"' in made
    assert 'id="id_name_help"' in made and 'id="id_name_error"' in made
    assert 'aria-invalid="true"' in made
    assert 'dir="ltr"' in made
    assert 'class="pv-in"' in made


def test_a_group_is_a_fieldset_and_a_checkbox_stands_before_its_label() -> None:
    form = Sample()
    assert "<legend>" in render("{% field form.kind %}", form=form)
    assert 'class="checkbox checkbox-primary"' in render("{% field form.agreed %}", form=form)


def test_a_slot_shows_what_was_registered_in_order_and_escapes_plain_text() -> None:
    slots.register("test.place", lambda obj, request: f"<{obj}>", order=2)
    slots.register("test.place", lambda obj, request: None, order=1)
    assert render('{% slot "test.place" thing %}', thing="a") == "&lt;a&gt;"
    assert render('{% slot "test.nothing" %}') == ""


def test_the_meter_never_leaves_its_track() -> None:
    assert 'width="100"' in render("{% meter 140 %}")
    assert 'width="0"' in render("{% meter -3 %}")
