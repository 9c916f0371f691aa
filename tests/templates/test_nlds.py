"""The crispy template pack: every kind of field in NL Design System's markup, and what is wrong with it."""

from collections.abc import Iterator

import pytest
from crispy_forms.bootstrap import (
    Accordion,
    AccordionGroup,
    Alert,
    AppendedText,
    FieldWithButtons,
    FormActions,
    InlineCheckboxes,
    InlineRadios,
    StrictButton,
    Tab,
    TabHolder,
)
from crispy_forms.helper import FormHelper
from crispy_forms.layout import (
    HTML,
    Button,
    ButtonHolder,
    Column,
    Div,
    Field,
    Fieldset,
    Hidden,
    Layout,
    MultiField,
    Reset,
    Row,
    Submit,
)
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation
from django.utils.safestring import mark_safe

from tests.templates.markup import Element, tree

COLOURS = (("red", "Red"), ("blue", "Blue"))
TEXTBOX = "utrecht-textbox--html-input"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


class EveryField(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", help_text="Your <own> name.")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    website = forms.URLField(label="Website", assume_scheme="https", required=False)
    amount = forms.IntegerField(label="Amount", required=False)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput, required=False)
    day = forms.DateField(label="Day", required=False)
    moment = forms.DateTimeField(label="Moment", required=False)
    hour = forms.TimeField(label="Hour", required=False)
    colour = forms.ChoiceField(label="Colour", choices=COLOURS, widget=forms.RadioSelect)
    picture = forms.ChoiceField(
        label="Picture",
        choices=(("green", "Trees"), ("dog", "Dogs")),
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--icons"}),
    )
    colours = forms.MultipleChoiceField(
        label="Colours", choices=COLOURS, widget=forms.CheckboxSelectMultiple, required=False
    )
    area = forms.ChoiceField(label="Area", choices=(("East", (("1", "One"),)), ("2", "Two")), required=False)
    areas = forms.MultipleChoiceField(label="Areas", choices=COLOURS, required=False)
    photo = forms.FileField(
        label="Photo", required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    agree = forms.BooleanField(label="I agree", help_text="You can change this.")
    begin = forms.SplitDateTimeField(
        label="Begin",
        required=False,
        widget=forms.SplitDateTimeWidget(date_attrs={"aria-label": "Day"}, time_attrs={"aria-label": "Time"}),
    )


def rendered(form: forms.Form) -> Element:
    return tree(as_crispy_form(form))


@pytest.fixture
def page() -> Element:
    return rendered(EveryField())


@pytest.fixture
def refused() -> Element:
    return rendered(EveryField({"email": "no address", "colour": "green"}))


@pytest.mark.parametrize(
    ("name", "cls"),
    [
        *(
            (name, TEXTBOX)
            for name in ("name", "email", "website", "amount", "secret", "day", "moment", "hour")
        ),
        ("note", "utrecht-textarea--html-textarea"),
        ("area", "utrecht-select--html-select"),
        ("areas", "utrecht-select--html-select"),
    ],
)
def test_a_control_has_its_class_and_its_label(page: Element, name: str, cls: str) -> None:
    control = page.one(id=f"id_{name}")
    assert cls in control.classes
    assert not any(other.endswith("--invalid") for other in control.classes)
    label = page.one("label", **{"for": f"id_{name}"})
    assert "utrecht-form-label" in label.classes
    assert "utrecht-form-field" in control.within("div").parent.classes


def test_every_control_is_named(page: Element) -> None:
    labelled = {label["for"] for label in page.every("label")}
    controls = page.every("input") + page.every("select") + page.every("textarea")
    unnamed = [
        control["name"]
        for control in controls
        if control.get("type") != "hidden" and control["id"] not in labelled and not control.get("aria-label")
    ]
    assert len(controls) > 20
    assert unnamed == []


def test_no_id_twice(page: Element) -> None:
    ids = [element["id"] for element in page.every() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_only_what_may_stay_empty_says_so(page: Element) -> None:
    assert page.one("label", **{"for": "id_name"}).text == "Name"
    assert page.one("label", **{"for": "id_email"}).text == "E-mail (optional)"
    assert [legend.text for legend in page.every("legend")] == [
        "Colour",
        "Picture",
        "Colours (optional)",
        "Begin (optional)",
    ]


def test_a_description_is_escaped_and_read_with_the_control(page: Element) -> None:
    description = page.one(id="id_name_helptext")
    assert description.text == "Your <own> name."
    assert page.one(id="id_name")["aria-describedby"] == "id_name_helptext"
    assert page.one(id="id_agree")["aria-describedby"] == "id_agree_helptext"


def test_radio_buttons_are_a_fieldset_of_labelled_lines(page: Element) -> None:
    first, second = page.every("input", name="colour")
    assert first.within("fieldset").one("legend").text == "Colour"
    assert (first["type"], first["value"], first["id"]) == ("radio", "red", "id_colour_0")
    assert first.within("label")["for"] == "id_colour_0"
    assert second.within("label").text == "Blue"
    assert "utrecht-radio-button--html-input" in first.classes


def test_checkboxes_of_one_field_are_a_fieldset(page: Element) -> None:
    boxes = page.every("input", name="colours")
    assert [box["type"] for box in boxes] == ["checkbox", "checkbox"]
    assert all("utrecht-checkbox--custom" in box.classes for box in boxes)
    assert boxes[0].within("fieldset").one("legend").text == "Colours (optional)"


def test_tiles_are_real_radio_buttons_with_an_icon(page: Element) -> None:
    trees, dogs = page.every("input", name="picture")
    assert trees["type"] == "radio"
    assert "portal-tiles" in trees.within("div").classes
    assert trees.within("label").text == "Trees"
    assert dogs.within("label").one("use")["href"].endswith("icons.svg#dog")


def test_a_model_choice_shows_the_icon_of_its_object() -> None:
    class Theme:
        icon = "waste"

    class Value(str):
        instance = Theme()

    class ThemeForm(forms.Form):
        theme = forms.ChoiceField(
            choices=((Value("3"), "Waste"),), widget=forms.RadioSelect(attrs={"class": "portal-tiles"})
        )

    assert rendered(ThemeForm()).one("use")["href"].endswith("#waste")


def test_the_chosen_option_stays_chosen() -> None:
    page = rendered(EveryField({"colour": "blue", "colours": ["red"], "agree": "on"}))
    assert [option.get("checked") is not None for option in page.every("input", name="colour")] == [
        False,
        True,
    ]
    assert [option.get("checked") is not None for option in page.every("input", name="colours")] == [
        True,
        False,
    ]
    assert page.one(id="id_agree").get("checked") is not None


def test_a_single_checkbox_stands_in_its_label(page: Element) -> None:
    box = page.one(id="id_agree")
    assert box.within("label").text == "I agree"
    assert "utrecht-checkbox--html-input" in box.classes


def test_a_file_field_keeps_its_attributes(page: Element) -> None:
    photo = page.one(id="id_photo")
    assert (photo["type"], photo["accept"], photo["class"]) == ("file", "image/*", "portal-file")


def test_several_inputs_of_one_field_are_a_fieldset(page: Element) -> None:
    day, time = page.one(id="id_begin_0"), page.one(id="id_begin_1")
    assert day.within("fieldset") is time.within("fieldset")
    assert TEXTBOX in day.classes


def test_a_hidden_field_shows_nothing(page: Element) -> None:
    assert page.one("input", name="key")["type"] == "hidden"
    assert "key" not in [label.get("for") for label in page.every("label")]


def test_a_refused_form_begins_with_links_to_what_is_wrong(refused: Element) -> None:
    summary = refused.one(cls="portal-error-summary")
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    links = {link["href"]: link.text for link in summary.every("a")}
    assert links == {
        "#id_name": "Name",
        "#id_email": "E-mail",
        "#id_colour_0": "Colour",
        "#id_picture_0": "Picture",
        "#id_agree": "I agree",
    }
    for target in links:
        assert refused.one(id=target.removeprefix("#"))
    assert "This field is required." in summary.text


def test_a_refused_field_is_marked_and_says_why(refused: Element) -> None:
    control = refused.one(id="id_email")
    assert "utrecht-textbox--invalid" in control.classes
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_email_error"
    assert refused.one(id="id_email_error").text == "Mistake: Enter a valid email address."
    assert "utrecht-form-field--invalid" in refused.one(id="div_id_email").classes


def test_description_and_mistake_are_read_in_order(refused: Element) -> None:
    assert refused.one(id="id_name")["aria-describedby"] == "id_name_helptext id_name_error"


def test_a_refused_choice_says_so_on_the_group(refused: Element) -> None:
    first = refused.every("input", name="colour")[0]
    assert first.within("fieldset")["aria-describedby"] == "id_colour_error"
    # Not allowed on a radio button (ARIA 1.2, aria-invalid); its group tells it.
    assert first.get("aria-invalid") is None


def test_a_mistake_of_a_hidden_field_is_told_without_a_link(refused: Element) -> None:
    summary = refused.one(cls="portal-error-summary")
    assert "#id_key" not in [link["href"] for link in summary.every("a")]
    assert len(summary.every("li")) == 6


def test_a_form_without_mistakes_has_no_summary(page: Element) -> None:
    assert page.every(cls="portal-error-summary") == []


def test_what_someone_typed_is_escaped() -> None:
    html = as_crispy_form(EveryField({"name": '"><script>alert(1)</script>', "email": "<b>x</b>"}))
    assert "<script>" not in html
    assert "<b>" not in html


class Short(forms.Form):
    first = forms.CharField(label="First")
    second = forms.CharField(label="Second", required=False)
    colour = forms.ChoiceField(label="Colour", choices=COLOURS, widget=forms.RadioSelect, required=False)
    colours = forms.MultipleChoiceField(
        label="Colours", choices=COLOURS, widget=forms.CheckboxSelectMultiple, required=False
    )


def laid_out(*parts: object, data: dict[str, str] | None = None, **settings: object) -> Element:
    helper = FormHelper()
    helper.layout = Layout(*parts)
    for name, value in settings.items():
        setattr(helper, name, value)
    return tree(render_crispy_form(Short(data), helper, {"csrf_token": "token"}))


def test_a_whole_form_has_its_token_and_its_buttons() -> None:
    page = laid_out(
        "first",
        FormActions(
            Submit("save", "Save"),
            Submit("later", "Later", css_class="utrecht-button--secondary-action"),
            Button("back", "Back"),
            Reset("reset", "Start again"),
            Hidden("step", "2"),
        ),
    )
    assert page.one("input", name="csrfmiddlewaretoken")["value"] == "token"
    assert page.one("form")["method"] == "post"
    kinds = {button.text: button.classes for button in page.every("button")}
    assert "utrecht-button--primary-action" in kinds["Save"]
    assert kinds["Later"] == {"utrecht-button", "utrecht-button--secondary-action"}
    assert "utrecht-button--secondary-action" in kinds["Back"]
    assert page.one("button", name="reset")["type"] == "reset"
    assert page.one("input", name="step")["type"] == "hidden"
    assert page.every(cls="btn") == []


def test_a_form_that_asks_has_no_token() -> None:
    page = laid_out("first", form_method="get")
    assert page.every("input", name="csrfmiddlewaretoken") == []


def test_inputs_of_the_helper_come_last() -> None:
    helper = FormHelper()
    helper.add_input(Submit("save", "Save"))
    page = tree(render_crispy_form(Short(), helper))
    assert page.one("button").within("div")["class"] == "portal-form-actions"


def test_rows_and_columns_stand_beside_each_other() -> None:
    page = laid_out(Row(Column("first", css_class="wide"), Column("second")), Div("colour", css_id="part"))
    row = page.one(cls="portal-columns")
    assert [column.every("input")[0]["name"] for column in row.every(cls="portal-column")] == [
        "first",
        "second",
    ]
    assert "wide" in row.every(cls="portal-column")[0].classes
    assert page.one(id="part").every("legend")[0].text == "Colour (optional)"


def test_a_fieldset_has_its_legend_around_its_fields() -> None:
    page = laid_out(Fieldset("Who are you?", "first", "second", css_class="people"))
    assert page.one("input", name="second").within("fieldset").one("legend").text == "Who are you?"
    assert "people" in page.one("fieldset").parent.classes


def test_inline_choices_stand_on_one_line() -> None:
    page = laid_out(InlineRadios("colour"), InlineCheckboxes("colours"))
    assert len(page.every(cls="portal-inline-checks")) == 2


def test_a_field_takes_classes_and_attributes_of_the_layout() -> None:
    control = laid_out(Field("first", css_class="short", autocomplete="off", data_part="a")).one(
        "input", name="first"
    )
    assert {"short", TEXTBOX.replace("--html-input", "")} <= control.classes
    assert (control["autocomplete"], control["data-part"]) == ("off", "a")


def test_a_unit_stands_beside_its_field() -> None:
    group = laid_out(AppendedText("first", "euro")).one("input", name="first").within("div")
    assert group.text == "euro"
    assert "portal-input-group" in group.classes


def test_a_button_stands_beside_its_field() -> None:
    page = laid_out(FieldWithButtons("first", StrictButton("Search", css_class="utrecht-button")))
    assert page.one("button").within("div") is page.one("input", name="first").within("div")


def test_an_accordion_opens_at_the_part_with_a_mistake() -> None:
    parts = Accordion(AccordionGroup("One", "second"), AccordionGroup("Two", "first"))
    page = laid_out(parts, data={"second": "x"})
    assert {part.one("summary").text: part.get("open") is not None for part in page.every("details")} == {
        "One": False,
        "Two": True,
    }


def test_tabs_are_parts_with_links_to_them() -> None:
    page = laid_out(TabHolder(Tab("One", "first", css_id="one"), Tab("Two", "second", css_id="two")))
    assert [link["href"] for link in page.one("nav").every("a")] == ["#one", "#two"]
    assert page.one(id="two").one("input")["name"] == "second"


def test_the_other_parts_of_a_layout() -> None:
    page = laid_out(
        Alert("Look <strong>out</strong>", css_class="utrecht-alert--warning"),
        MultiField("Both", "first", "second"),
        HTML("<p>Words</p>"),
        ButtonHolder(Submit("save", "Save")),
    )
    alert = page.one(cls="utrecht-alert")
    assert "utrecht-alert--warning" in alert.classes
    assert alert.one("strong").text == "out"
    assert page.one("legend").text == "Both"
    assert page.one("p").text == "Words"


def test_a_label_that_is_not_shown_is_still_there() -> None:
    page = laid_out("first", form_show_labels=False)
    label = page.one("label")
    assert label.text == "First"
    assert "portal-visually-hidden" in label.within("div").classes


def test_one_field_by_itself() -> None:
    page = tree(as_crispy_field(Short({"first": ""})["first"]))
    assert page.one(id="id_first_error").text == "Mistake: This field is required."


def test_a_help_text_of_our_own_may_have_markup() -> None:
    class Linked(forms.Form):
        name = forms.CharField(help_text=mark_safe('See <a href="/x">this</a>.'))

    assert rendered(Linked()).one("a")["href"] == "/x"


def test_a_set_of_forms() -> None:
    formset = forms.formset_factory(Short, extra=2)(prefix="set")
    page = tree(as_crispy_form(formset))
    assert page.one("input", name="set-TOTAL_FORMS")["value"] == "2"
    assert len(page.every(cls="portal-formset__form")) == 2


def test_a_set_of_forms_as_a_whole_form_and_as_a_table() -> None:
    data = {"set-TOTAL_FORMS": "2", "set-INITIAL_FORMS": "0", "set-0-second": "x", "set-MAX_NUM_FORMS": "1"}
    made = forms.formset_factory(Short, max_num=1, validate_max=True)(data, prefix="set")
    helper = FormHelper()
    whole = tree(render_crispy_form(made, helper))
    assert whole.one("form").one("input", name="set-0-second")["value"] == "x"
    assert any("at most 1 form" in summary.text for summary in whole.every(cls="portal-error-summary"))
    helper.template = "nlds/table_inline_formset.html"
    table = tree(render_crispy_form(made, helper)).one("table")
    assert [head.text for head in table.every("th")][:2] == ["First", "Second (optional)"]
    assert table.one("input", name="set-0-second").within("td").one("label").text == "Second"
