"""A report asks bodies to publish their response: a coordinator sets it, a body publishes, everybody sees."""

from tests.journeys.office import Office

URL = "https://kent-pcc.example.org/response?id=3"


def test_a_body_publishes_its_response_to_a_report_that_asks_for_it(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    refused = kim.types(f"/recs publish stalking {URL}")
    assert refused.text == "Stalking asks for no published response of Kent."

    look = cora.types("/recs set stalking published by 17 Mar 2025")
    assert look.text.startswith("Stalking would ask 43 bodies to publish their response by 17 March 2025.")
    done = cora.clicks(look, "Record this setting")
    assert done is not None
    assert done.text == "Recorded: stalking asks for published responses by 17 March 2025."
    assert "1 response to publish is open, due 17 March 2025" in kim.types("/recs mine").text

    kim.types("/recs invite stalking by 12 Mar 2025")
    receipt = kim.types(f"/recs publish stalking {URL}")
    assert receipt.text == "Recorded for Kent: the response to stalking is published."
    kim.types("/recs copy stalking: the Home Secretary and HMICFRS")
    shown = vic.types("/recs who has published their response?")
    assert shown.text.startswith("1 of 43 has published its response to stalking")
    assert f"Kent: response published on 10 Mar 2025, {URL}" in shown.all_text
    assert "copied to the Home Secretary and HMICFRS on 10 Mar 2025" in shown.all_text
    assert "response to publish is open" not in kim.types("/recs mine").text

    undone = kim.clicks(receipt, "Undo")
    assert undone is not None
    assert undone.text == "Taken back for Kent: the response to stalking is published."
    assert "1 response to publish is open" in kim.types("/recs mine").text
