from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases import Case, DeskAway, NoSuchCase, Status, TooManyTries
from kiosk.flows.progress import (
    NUMBER_LONGEST,
    PROOF_LENGTH,
    Answered,
    AskDesk,
    Asking,
    Backspace,
    Clear,
    Entry,
    Field,
    Focus,
    Forget,
    Key,
    Shown,
    Submit,
    step,
)

NUMBER = "4109202611090117"
PROOF = "260117"
CASE = Case(number=NUMBER, item_title="低保", applicant_masked="张*三", status=Status.ACCEPTED)
READY = Entry(number=NUMBER, proof=PROOF, focus=Field.PROOF)


def play(state, *events):
    effects = []
    for event in events:
        state, more = step(state, event)
        effects += more
    return state, effects


def typed(text):
    return [Key(char=char) for char in text]


def test_typing_fills_the_field_in_focus():
    state, _ = play(Entry(), *typed(NUMBER), Focus(field=Field.PROOF), *typed("26"))
    assert (state.number, state.proof) == (NUMBER, "26")
    assert state.number_grouped == "4109 2026 1109 0117"


def test_backspace_and_clear_work_on_the_field_in_focus():
    state, _ = play(READY, Backspace())
    assert state.proof == "26011"
    state, _ = play(state, Focus(field=Field.NUMBER), Clear())
    assert (state.number, state.proof) == ("", "26011")


def test_submit_asks_the_desk_once():
    state, effects = play(READY, Submit(), Submit())
    assert isinstance(state, Asking)
    assert effects == [AskDesk(number=NUMBER, proof=PROOF)]


def test_an_empty_number_is_named_before_anything_is_asked():
    state, effects = play(Entry(focus=Field.PROOF, proof=PROOF), Submit())
    assert state.focus is Field.NUMBER
    assert "受理编号" in state.message
    assert not effects


def test_a_short_number_or_password_is_named():
    state, _ = play(Entry(number="4109"), Submit())
    assert "①" in state.message
    state, _ = play(Entry(number=NUMBER, proof="26"), Submit())
    assert state.focus is Field.PROOF
    assert "6 位" in state.message


def test_the_complaint_goes_when_the_person_types():
    state, _ = play(Entry(), Submit(), Key(char="4"))
    assert (state.message, state.number) == ("", "4")


def test_a_case_is_shown():
    state, _ = play(READY, Submit(), Answered(answer=CASE))
    assert state == Shown(case=CASE)


def test_a_wrong_password_keeps_the_number_and_asks_for_the_password_again():
    for answer in (NoSuchCase(), TooManyTries(), DeskAway()):
        state, _ = play(READY, Submit(), Answered(answer=answer))
        assert state == Entry(number=NUMBER, focus=Field.PROOF, fault=answer.code)


def test_another_persons_case_is_never_shown():
    other = Case(number="1" * 16, item_title="x", applicant_masked="李*", status=Status.DONE)
    state, _ = play(READY, Submit(), Answered(answer=other))
    assert isinstance(state, Asking)


def test_an_answer_after_forgetting_changes_nothing():
    state, _ = play(READY, Submit(), Forget(), Answered(answer=CASE))
    assert state == Entry()


def test_forget_leaves_nothing():
    for state in (READY, Asking(number=NUMBER), Shown(case=CASE)):
        assert step(state, Forget()) == (Entry(), ())


def test_no_repr_tells_what_was_typed():
    for value in (READY, Asking(number=NUMBER), Shown(case=CASE), Key(char="4")):
        assert repr(value) == f"{type(value).__name__}(…)"
    _, effects = step(READY, Submit())
    assert repr(effects[0]) == "AskDesk(…)"


EVENTS = st.one_of(
    st.builds(Key, char=st.sampled_from("0123456789abX漢 -")),
    st.just(Backspace()),
    st.just(Clear()),
    st.builds(Focus, field=st.sampled_from(Field)),
    st.just(Submit()),
    st.builds(Answered, answer=st.sampled_from([CASE, NoSuchCase(), TooManyTries(), DeskAway()])),
    st.just(Forget()),
)


@given(st.lists(EVENTS, max_size=60))
def test_any_walk_keeps_the_fields_within_bounds_and_asks_only_after_submit(events):
    state = Entry()
    for event in events:
        before = state
        state, effects = step(state, event)
        if effects:
            assert isinstance(event, Submit)
            assert isinstance(before, Entry)
            assert effects[0].proof.isdecimal()
        if isinstance(state, Entry):
            assert len(state.number) <= NUMBER_LONGEST
            assert len(state.proof) <= PROOF_LENGTH
            assert state.number == "" or (state.number.isascii() and state.number.isalnum())
        if isinstance(state, Shown):
            assert state.case is CASE
