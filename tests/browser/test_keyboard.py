"""Everything without a pointer, and with the focus where one would look for it."""

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser

MOST_TABS = 80
# Between the last field and the first, the focus is on the browser's own controls.
IS_INSIDE = "return document.activeElement.matches('body, dialog *')"


def tabs_to(browser: Browser, name: str) -> None:
    """Goes on with Tab until a control of this name has the focus."""
    for _ in range(MOST_TABS):
        browser.presses(Keys.TAB)
        if name in (browser.focused.accessible_name, browser.focused.text):
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_a_command_is_given_answered_and_acted_on_by_keys_alone(browser: Browser) -> None:
    browser.goes_to("vic", "messages")
    tabs_to(browser, "Message to Direct messages with recbot, or a command that begins with /recs")
    browser.presses("/recs overd")
    browser.sees("/recs overdue", "#suggestions")
    browser.presses(Keys.ARROW_DOWN, Keys.ENTER, Keys.ENTER)
    browser.sees("overdue")
    assert browser.focused.get_attribute("id") == "typed"
    browser.wait_for(lambda: browser.find_all("#messages button"), "buttons in the answer")
    browser.focused.send_keys(Keys.SHIFT, Keys.TAB, Keys.SHIFT)
    assert browser.focused.tag_name in ("button", "a")


def test_the_skip_link_comes_first_and_leads_to_the_messages(browser: Browser) -> None:
    browser.goes_to("vic")
    browser.presses(Keys.TAB)
    assert browser.focused.text == "Skip to the messages"
    browser.presses(Keys.ENTER)
    assert browser.focused.get_attribute("id") == "main"


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(browser: Browser) -> None:
    browser.goes_to("vic", "messages")
    composer = browser.find("#typed")
    composer.send_keys("/recs o")
    browser.sees("/recs overdue", "#suggestions")
    composer.send_keys(Keys.ESCAPE)
    assert not browser.find("#suggestions").is_displayed()
    assert composer.get_attribute("value") == "/recs o"


def test_a_form_takes_the_focus_holds_it_and_gives_it_back(browser: Browser) -> None:
    browser.goes_to("ed", "home")
    browser.wait_for(lambda: browser.find_all("#home button"), "buttons")
    opener = browser.find_all("#home button")[0].get_attribute("id")
    browser.runs("document.getElementById(arguments[0]).focus()", opener)
    browser.presses(Keys.ENTER)
    browser.wait_for(lambda: browser.find_all("dialog select"), "a form")
    browser.wait_for(
        lambda: browser.runs("return document.activeElement.closest('.field') !== null"), "focus"
    )
    for _ in range(25):
        browser.presses(Keys.TAB)
        assert browser.runs(IS_INSIDE), browser.focused.accessible_name
    browser.runs("document.querySelector('dialog select').focus()")
    browser.presses(Keys.ESCAPE)
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")
    browser.wait_for(lambda: browser.focused.get_attribute("id") == opener, "focus on what opened the form")


def test_a_refused_form_puts_the_focus_on_the_field_that_is_wrong(browser: Browser) -> None:
    browser.goes_to("ed", "messages")
    browser.types("/recs update 25")
    browser.sees("Stalking 25, Essex", "dialog")
    browser.field("Note").send_keys(Keys.TAB)
    browser.clicks("Record", "dialog")
    browser.wait_for(lambda: browser.find_all("dialog [aria-invalid=true]"), "a field that is wrong")
    browser.wait_for(lambda: browser.focused.get_attribute("aria-invalid") == "true", "focus on it")
    described = browser.focused.get_attribute("aria-describedby") or ""
    assert browser.text(f"#{described.split()[0]}")
    browser.presses(Keys.ESCAPE)
    browser.wait_for(lambda: not browser.find_all("dialog[open]"), "the end of the form")


def test_a_thread_takes_the_focus_and_escape_closes_it(browser: Browser) -> None:
    browser.goes_to("cora")
    browser.wait_for(lambda: browser.find_all(".answers"), "a thread")
    browser.find_all(".answers")[-1].send_keys(Keys.ENTER)
    browser.wait_for(lambda: browser.focused.get_attribute("id") == "thread", "focus on the thread")
    browser.presses(Keys.ESCAPE)
    browser.wait_for(lambda: not browser.find_all("#thread"), "the end of the thread")


def test_looking_again_takes_no_focus_and_no_words_away(browser: Browser) -> None:
    browser.goes_to("kim", "messages")
    browser.find("#typed").send_keys("half a sent")
    browser.runs("return new Promise(resolve => setTimeout(resolve, 1600))")
    browser.presses("ence")
    assert browser.focused.get_attribute("value") == "half a sentence"
