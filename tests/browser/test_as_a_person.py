"""The page as the people of the workspace use it, each test for itself and in any order."""

from datetime import date, datetime

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from bot.standin.stage import Stage
from tests.browser.chromium import Browser


def shown_day(browser: Browser) -> datetime:
    return datetime.fromisoformat(browser.find("#now time").get_attribute("datetime") or "")


def test_an_answer_is_seen_by_whoever_asked_alone(browser: Browser) -> None:
    browser.goes_to("cora")
    browser.types("/recs 15")
    browser.sees("Stalking 15: 43 of 43 accepted")
    browser.sees("Only visible to you")
    browser.goes_to("vic")
    assert "Stalking 15: 43 of 43 accepted" not in browser.text()


def test_what_is_shared_is_seen_by_everybody(browser: Browser) -> None:
    browser.goes_to("vic")
    browser.types("/recs 16")
    browser.sees("Stalking 16: 43 of 43 accepted")
    browser.clicks("Share in channel")
    browser.goes_to("cora")
    browser.sees("Stalking 16: 43 of 43 accepted")


def test_the_composer_offers_what_this_person_may_type(browser: Browser) -> None:
    browser.goes_to("kim")
    browser.find("#typed").send_keys("/recs pro")
    browser.sees("/recs progress 15 in progress: text", "#suggestions")
    browser.goes_to("vic")
    browser.find("#typed").send_keys("/recs ch")
    browser.sees("/recs changes", "#suggestions")
    assert "/recs check" not in browser.text("#suggestions")


def test_a_chosen_suggestion_has_the_words_to_replace_selected(browser: Browser) -> None:
    browser.goes_to("kim", "messages")
    browser.find("#typed").send_keys("/recs note")
    browser.sees("/recs note 15: text", "#suggestions")
    browser.presses(Keys.ARROW_DOWN, Keys.ENTER, "we met the provider")
    assert browser.find("#typed").get_attribute("value") == "/recs note 15: we met the provider"


def test_a_message_and_a_mention_are_answered_to_their_writer_alone(browser: Browser) -> None:
    browser.goes_to("kim", "messages")
    browser.types("16")
    browser.sees("Stalking 16: 43 of 43 accepted")
    browser.goes_to("vic")
    browser.types("@recbot 25")
    browser.sees("Stalking 25: 43 of 43 accepted")
    browser.sees("Only visible to you")
    browser.goes_to("cora")
    browser.sees("@recbot 25")
    assert "Stalking 25: 43 of 43 accepted" not in browser.text()


def test_what_was_sent_last_is_offered_again(browser: Browser) -> None:
    browser.goes_to("vic")
    browser.types("/recs 16")
    browser.sees("Stalking 16: 43 of 43 accepted")
    browser.presses(Keys.ARROW_DOWN)
    browser.sees("Asked before", "#suggestions")
    browser.presses(Keys.ENTER)
    assert browser.find("#typed").get_attribute("value") == "/recs 16"
    browser.presses(Keys.CONTROL + "a")
    browser.find("#typed").send_keys("@recbot over")
    browser.sees("@recbot overdue", "#suggestions")
    browser.presses(Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.find("#typed").get_attribute("value") == "@recbot overdue"


def test_people_are_offered_by_their_handles(browser: Browser) -> None:
    browser.goes_to("cora", "messages")
    browser.find("#typed").send_keys("/recs revoke @gu")
    browser.sees("Gus Reed", "#suggestions")
    browser.presses(Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.find("#typed").get_attribute("value") == "/recs revoke @gus "


def test_progress_is_recorded_by_form_and_a_fault_stands_beside_its_field(browser: Browser) -> None:
    browser.goes_to("kim", "messages")
    browser.types("/recs update 25")
    browser.sees("Stalking 25, Kent", "dialog")
    browser.clicks("Record", "dialog")
    browser.wait_for(lambda: browser.text(".field.wrong .error"), "words beside a field")
    Select(browser.field("Progress")).select_by_visible_text("in progress")
    browser.field("Note").send_keys("Two advocates start in April.")
    browser.clicks("Record", "dialog")
    browser.sees("Recorded for Kent", "dialog")
    browser.clicks("Close", "dialog")
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")
    browser.types("/recs 25 kent")
    browser.sees("Two advocates start in April.")


def test_three_recommendations_are_recorded_with_four_clicks_and_three_texts(browser: Browser) -> None:
    """Counted by the page itself: the menu of the progress takes two."""
    browser.goes_to("kim", "home")
    browser.sees("Update all", "#home")
    browser.driver.execute_script(
        "window.clicked = 0; addEventListener('click', () => { clicked += 1 }, true)"
    )
    browser.clicks("Update all", "#home")
    browser.sees("recommendations open", "dialog")
    texts = {
        "Note": "Two advocates start in April.",
        "Evidence link": "https://kent-pcc.example.org/minutes",
        "Who decided, for example the Commissioner": "the Commissioner",
    }
    menu = Select(browser.field("Progress"))
    menu.select_by_visible_text("in progress")
    for label, text in texts.items():
        browser.field(label).send_keys(text)
    browser.clicks("Record", "dialog")
    browser.sees("are in progress", "dialog")
    for text in texts.values():
        browser.sees(text, "dialog")
    clicks = int(browser.driver.execute_script("return window.clicked"))
    print(f"{clicks} clicks on buttons and in menus, {len(texts)} texts")
    assert clicks <= 6
    browser.clicks("Undo", "dialog")
    browser.sees("Taken back for Kent", "dialog")
    browser.clicks("Close", "dialog")
    browser.sees("are in progress", "dialog")
    browser.clicks("Close", "dialog")
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")


def test_from_the_digest_one_update_takes_four_clicks_and_a_sentence(browser: Browser) -> None:
    """Counted by the page itself, from the digest to the receipt: what is due next is ticked already."""
    browser.goes_to("kim")
    browser.sees("Stalking: all 43 accepted")
    browser.driver.execute_script(
        "window.clicked = 0; addEventListener('click', () => { clicked += 1 }, true)"
    )
    browser.clicks("Update", "#messages")
    browser.sees("Stalking 15, Kent", "dialog")
    Select(browser.field("Progress")).select_by_visible_text("in progress")
    browser.field("Note").send_keys("Two advocates start in April.")
    browser.clicks("Record", "dialog")
    browser.sees("is in progress", "dialog")
    clicks = int(browser.driver.execute_script("return window.clicked"))
    print(f"{clicks} clicks on buttons and in menus, 1 sentence")
    assert clicks <= 4
    browser.clicks("Undo", "dialog")
    browser.sees("Taken back for Kent", "dialog")
    browser.clicks("Close", "dialog")
    browser.sees("is in progress", "dialog")
    browser.clicks("Close", "dialog")
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")


def test_who_may_not_record_is_told_why_and_who_can_help(browser: Browser) -> None:
    browser.goes_to("vic")
    browser.types("/recs progress 15 kent complete: all done")
    browser.sees("Cora Lane can")
    browser.goes_to("stella")
    browser.types("/recs 15")
    browser.sees("You cannot see the register yet.")


def test_an_update_is_taken_back_with_a_click(browser: Browser) -> None:
    browser.goes_to("ed", "messages")
    browser.types("/recs progress 16 in progress: the protocol is drafted")
    browser.sees("Recorded for Essex")
    browser.clicks("Undo", "#messages")
    browser.sees("Taken back for Essex")


def test_the_clock_goes_on_by_a_day_or_a_week(browser: Browser) -> None:
    browser.goes_to("cora")
    before = shown_day(browser)
    browser.travels("+1 day")
    assert (shown_day(browser) - before).days == 1
    browser.goes_to("cora")
    browser.travels("+1 week")
    assert (shown_day(browser) - before).days == 8


def test_the_next_digest_comes_when_the_clock_gets_there_and_its_thread_is_read(browser: Browser) -> None:
    browser.goes_to("cora")
    browser.travels("Next digest")
    left = (date(2025, 3, 27) - shown_day(browser).date()).days
    browser.sees(f"Stalking: all 43 accepted; none complete; due in {left} days.")
    browser.wait_for(lambda: browser.find_all(".answers"), "a thread")
    browser.find_all(".answers")[-1].click()
    browser.sees("No news for 60 days", "#answers")


def test_contacts_are_reminded_on_the_mornings_that_the_clock_passes(browser: Browser, stage: Stage) -> None:
    browser.goes_to("cora")
    browser.travels("Next deadline")
    assert all(stage.slack.direct_messages(contact) for contact in ("U0KIM", "U0ED"))
    browser.goes_to("ed", "messages")
    browser.sees("Essex has")


def test_home_is_drawn_for_its_reader_and_its_buttons_open_forms(browser: Browser) -> None:
    browser.goes_to("ed", "home")
    browser.sees("Essex has", "#home")
    browser.clicks("Update", "#home")
    browser.sees("Essex", "dialog")
    browser.clicks("Cancel", "dialog")
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")


def test_the_shortcut_opens_the_form_too(browser: Browser) -> None:
    browser.goes_to("kim", "home")
    browser.clicks("Record progress")
    browser.sees("Record progress", "dialog h2")
    browser.clicks("Cancel", "dialog")
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")


def test_a_choice_that_the_bot_is_told_of_fills_the_form_and_keeps_the_focus(browser: Browser) -> None:
    browser.goes_to("cora", "home")
    browser.clicks("Record progress")
    browser.wait_for(lambda: browser.find_all("dialog select"), "a form")
    choice = browser.find("dialog select")
    place, name = choice.get_attribute("id"), choice.accessible_name
    wanted = "Kent"
    Select(choice).select_by_visible_text(wanted)
    browser.sees("Kent has 3 recommendations open", "dialog")
    assert Select(browser.field(name)).first_selected_option.text == wanted
    assert browser.focused.get_attribute("id") == place
    browser.clicks("Cancel", "dialog")
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")


def test_every_call_of_the_bot_is_listed(browser: Browser) -> None:
    browser.goes_to("cora", "channel")
    browser.clicks("What the bot sent")
    browser.sees("chat.postMessage", "#call-list")
    browser.find("#call-list summary").click()
    browser.wait_for(lambda: browser.text("#call-list pre"), "what was sent in it")


def test_a_map_is_a_picture_with_words_for_those_who_do_not_see_it(browser: Browser) -> None:
    browser.goes_to("vic", "messages")
    browser.types("/recs map 15")
    browser.wait_for(lambda: browser.find_all('#messages img[alt^="Map"]'), "a picture")
    picture = browser.find_all('#messages img[alt^="Map"]')[-1]
    browser.wait_for(lambda: int(picture.get_attribute("naturalWidth") or 0) > 300, "the picture itself")
    assert "43 accepted" in (picture.get_attribute("alt") or "")


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "*bold* <b>not</b> & </textarea><script>"])
def test_what_people_write_is_never_markup_of_the_page(browser: Browser, text: str) -> None:
    browser.goes_to("gus")
    browser.types(text)
    browser.sees(text.replace("*bold*", "bold"))
    assert not browser.find_all("#messages :is(b.not, script, img[src=x])")


def test_a_dead_demo_is_told_in_words(browser: Browser) -> None:
    browser.goes_to("cora", "messages")
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/type"]})
    try:
        browser.types("/recs")
        browser.sees("Is it still running in its terminal?", "#notice")
    finally:
        browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})


def test_what_cannot_be_taken_back_is_asked_about_first(browser: Browser) -> None:
    browser.goes_to("kim", "messages")
    browser.types("/recs note 15: the words that go")
    browser.sees("Recorded for Kent")
    browser.goes_to("cora", "messages")
    browser.types("/recs history 15 kent")
    browser.sees("the words that go")
    browser.clicks("Redact")
    browser.sees("would be erased for good")
    browser.clicks("Wrong person")
    browser.sees("cannot be brought back", "dialog[open]")
    browser.clicks("Keep", "dialog[open]")
    browser.clicks("Wrong person")
    browser.presses(Keys.ESCAPE)
    assert "are erased" not in browser.text()
    browser.clicks("Wrong person")
    browser.clicks("Erase", "dialog[open]")
    browser.sees("are erased (wrong person)")
